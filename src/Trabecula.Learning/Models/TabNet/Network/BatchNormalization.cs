using System.Numerics;
using System.Runtime.Intrinsics;

namespace Trabecula.Learning.Models.Network;

/// <summary>
/// Batch normalisation of the columns of a matrix: <c>(x - mean) / √(variance + 1e-5)</c>; the scale and shift that follow belong to what
/// reads it. Each column's sums run from the first row to the last.
/// </summary>
/// <remarks>Source: Ioffe and Szegedy, ICML 2015; over parts of a batch, as ghost batch normalisation, Hoffer, Hubara and Soudry, NIPS 2017.</remarks>
internal static unsafe class BatchNormalization
{
    internal const double Epsilon = 1e-5;

    /// <summary>Measures the rows' own statistics and moves the running ones towards them.</summary>
    /// <param name="values">Rows of numbers.</param>
    /// <param name="rows">Number of rows, at least 2.</param>
    /// <param name="stride">From one row to the next.</param>
    /// <param name="width">Columns, a multiple of <see cref="Axis.Lanes"/>.</param>
    /// <param name="centre">Receives the mean.</param>
    /// <param name="inverse">Receives 1 / √(variance + 1e-5), with the biased variance.</param>
    /// <param name="mean">Running mean.</param>
    /// <param name="variance">Running variance, unbiased.</param>
    /// <param name="momentum">How far they move.</param>
    internal static void Measure<T>(T* values, int rows, int stride, int width, T* centre, T* inverse, T* mean, T* variance, double momentum)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int column = 0, lanes = Vector256<T>.Count;
        // Four columns of lanes at once: whole cache lines, and sums that do not wait for each other.
        for (; column + 4 * lanes <= width; column += 4 * lanes)
            MeasureFour(values + column, rows, stride, centre + column, inverse + column);
        for (; column < width; column += lanes)
            MeasureOne(values + column, rows, stride, centre + column, inverse + column);

        Vector256<T> count = Vector256.Create(T.CreateTruncating(rows)), epsilon = Vector256.Create(T.CreateTruncating(Epsilon));
        Vector256<T> move = Vector256.Create(T.CreateTruncating(momentum)), keep = Vector256<T>.One - move;
        Vector256<T> unbiased = Vector256.Create(T.CreateTruncating(rows / (rows - 1.0)));
        for (int i = 0; i < width; i += lanes)
        {
            Vector256<T> spread = Vector256.Load(inverse + i) / count;
            (Vector256<T>.One / Vector256.Sqrt(spread + epsilon)).Store(inverse + i);
            (keep * Vector256.Load(mean + i) + move * Vector256.Load(centre + i)).Store(mean + i);
            (keep * Vector256.Load(variance + i) + move * (spread * unbiased)).Store(variance + i);
        }
    }

    /// <summary>Takes the running statistics for those of the rows.</summary>
    internal static void MeasureByRunning<T>(int width, T* centre, T* inverse, T* mean, T* variance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Vector256<T> epsilon = Vector256.Create(T.CreateTruncating(Epsilon));
        for (int i = 0; i < width; i += Vector256<T>.Count)
        {
            Vector256.Load(mean + i).Store(centre + i);
            (Vector256<T>.One / Vector256.Sqrt(Vector256.Load(variance + i) + epsilon)).Store(inverse + i);
        }
    }

    /// <summary>Normalises by what was measured, in place, and writes <c>scale * normalised + shift</c>, apart or over it.</summary>
    internal static void Normalize<T>(
        T* values, int rows, int stride, int width, T* centre, T* inverse, T* scale, T* shift, T* scaled, int scaledStride)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // Column by column, so that its four numbers stay in registers.
        for (int i = 0; i < width; i += Vector256<T>.Count)
        {
            Vector256<T> c = Vector256.Load(centre + i), f = Vector256.Load(inverse + i), a = Vector256.Load(scale + i), b = Vector256.Load(shift + i);
            T* x = values + i, to = scaled + i;
            for (int row = 0; row < rows; row++, x += stride, to += scaledStride)
            {
                Vector256<T> normalized = (Vector256.Load(x) - c) * f;
                normalized.Store(x);
                (normalized * a + b).Store(to);
            }
        }
    }

    /// <summary>
    /// From the gradient of <c>scale * normalised + shift</c> to that of the values before normalisation, in place; adds the gradients of
    /// scale and shift.
    /// </summary>
    internal static void Differentiate<T>(
        T* gradient, T* normalized, int rows, int stride, int width, T* inverse, T* scale, T* scaleGradient, T* shiftGradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int lanes = Vector256<T>.Count, column = 0;
        for (; column + 2 * lanes <= width; column += 2 * lanes)
            DifferentiateTwo(gradient + column, normalized + column, rows, stride, inverse + column, scale + column, scaleGradient + column, shiftGradient + column);
        if (column < width)
            DifferentiateOne(gradient + column, normalized + column, rows, stride, inverse + column, scale + column, scaleGradient + column, shiftGradient + column);
    }

    private static void DifferentiateTwo<T>(
        T* gradient, T* normalized, int rows, int stride, T* inverse, T* scale, T* scaleGradient, T* shiftGradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int lanes = Vector256<T>.Count;
        T* g = gradient, x = normalized;
        Vector256<T> s0 = Vector256<T>.Zero, s1 = s0, p0 = s0, p1 = s0;
        for (int row = 0; row < rows; row++, g += stride, x += stride)
        {
            Vector256<T> g0 = Vector256.Load(g), g1 = Vector256.Load(g + lanes);
            s0 += g0;
            s1 += g1;
            p0 += g0 * Vector256.Load(x);
            p1 += g1 * Vector256.Load(x + lanes);
        }
        (Vector256.Load(shiftGradient) + s0).Store(shiftGradient);
        (Vector256.Load(shiftGradient + lanes) + s1).Store(shiftGradient + lanes);
        (Vector256.Load(scaleGradient) + p0).Store(scaleGradient);
        (Vector256.Load(scaleGradient + lanes) + p1).Store(scaleGradient + lanes);

        Vector256<T> count = Vector256.Create(T.CreateTruncating(rows));
        Vector256<T> f0 = Vector256.Load(scale) * Vector256.Load(inverse), f1 = Vector256.Load(scale + lanes) * Vector256.Load(inverse + lanes);
        s0 /= count;
        s1 /= count;
        p0 /= count;
        p1 /= count;
        g = gradient;
        x = normalized;
        for (int row = 0; row < rows; row++, g += stride, x += stride)
        {
            (f0 * (Vector256.Load(g) - s0 - Vector256.Load(x) * p0)).Store(g);
            (f1 * (Vector256.Load(g + lanes) - s1 - Vector256.Load(x + lanes) * p1)).Store(g + lanes);
        }
    }

    private static void DifferentiateOne<T>(
        T* gradient, T* normalized, int rows, int stride, T* inverse, T* scale, T* scaleGradient, T* shiftGradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T* g = gradient, x = normalized;
        Vector256<T> sum = Vector256<T>.Zero, product = Vector256<T>.Zero;
        for (int row = 0; row < rows; row++, g += stride, x += stride)
        {
            Vector256<T> at = Vector256.Load(g);
            sum += at;
            product += at * Vector256.Load(x);
        }
        (Vector256.Load(shiftGradient) + sum).Store(shiftGradient);
        (Vector256.Load(scaleGradient) + product).Store(scaleGradient);

        Vector256<T> count = Vector256.Create(T.CreateTruncating(rows)), factor = Vector256.Load(scale) * Vector256.Load(inverse);
        sum /= count;
        product /= count;
        g = gradient;
        x = normalized;
        for (int row = 0; row < rows; row++, g += stride, x += stride)
            (factor * (Vector256.Load(g) - sum - Vector256.Load(x) * product)).Store(g);
    }

    /// <summary>The mean of four columns of lanes, and in place of the inverse the sum of squared deviations.</summary>
    private static void MeasureFour<T>(T* first, int rows, int stride, T* centre, T* squares)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int lanes = Vector256<T>.Count;
        T* at = first;
        Vector256<T> s0 = Vector256<T>.Zero, s1 = s0, s2 = s0, s3 = s0;
        for (int row = 0; row < rows; row++, at += stride)
        {
            s0 += Vector256.Load(at);
            s1 += Vector256.Load(at + lanes);
            s2 += Vector256.Load(at + 2 * lanes);
            s3 += Vector256.Load(at + 3 * lanes);
        }
        Vector256<T> count = Vector256.Create(T.CreateTruncating(rows));
        Vector256<T> c0 = s0 / count, c1 = s1 / count, c2 = s2 / count, c3 = s3 / count;
        at = first;
        s0 = s1 = s2 = s3 = Vector256<T>.Zero;
        for (int row = 0; row < rows; row++, at += stride)
        {
            Vector256<T> d0 = Vector256.Load(at) - c0, d1 = Vector256.Load(at + lanes) - c1;
            Vector256<T> d2 = Vector256.Load(at + 2 * lanes) - c2, d3 = Vector256.Load(at + 3 * lanes) - c3;
            s0 += d0 * d0;
            s1 += d1 * d1;
            s2 += d2 * d2;
            s3 += d3 * d3;
        }
        c0.Store(centre);
        c1.Store(centre + lanes);
        c2.Store(centre + 2 * lanes);
        c3.Store(centre + 3 * lanes);
        s0.Store(squares);
        s1.Store(squares + lanes);
        s2.Store(squares + 2 * lanes);
        s3.Store(squares + 3 * lanes);
    }

    private static void MeasureOne<T>(T* first, int rows, int stride, T* centre, T* squares)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T* end = first + (nint)rows * stride;
        Vector256<T> sum = Vector256<T>.Zero;
        for (T* at = first; at < end; at += stride)
            sum += Vector256.Load(at);
        Vector256<T> mean = sum / Vector256.Create(T.CreateTruncating(rows));
        sum = Vector256<T>.Zero;
        for (T* at = first; at < end; at += stride)
        {
            Vector256<T> deviation = Vector256.Load(at) - mean;
            sum += deviation * deviation;
        }
        mean.Store(centre);
        sum.Store(squares);
    }
}
