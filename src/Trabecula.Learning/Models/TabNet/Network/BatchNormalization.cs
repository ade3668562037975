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

    /// <summary>Normalises by the rows' own statistics, in place, and moves the running statistics towards them.</summary>
    /// <param name="values">Rows of numbers, which become normalised.</param>
    /// <param name="rows">Number of rows, at least 2.</param>
    /// <param name="stride">From one row to the next.</param>
    /// <param name="width">Columns, a multiple of <see cref="Axis.Lanes"/>.</param>
    /// <param name="inverse">Receives 1 / √(variance + 1e-5), with the biased variance.</param>
    /// <param name="mean">Running mean.</param>
    /// <param name="variance">Running variance, unbiased.</param>
    /// <param name="momentum">How far they move.</param>
    internal static void Normalize<T>(T* values, int rows, int stride, int width, T* inverse, T* mean, T* variance, double momentum)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Vector256<T> count = Vector256.Create(T.CreateTruncating(rows)), epsilon = Vector256.Create(T.CreateTruncating(Epsilon));
        Vector256<T> move = Vector256.Create(T.CreateTruncating(momentum)), keep = Vector256<T>.One - move;
        Vector256<T> unbiased = Vector256.Create(T.CreateTruncating(rows / (rows - 1.0)));
        for (int column = 0; column < width; column += Vector256<T>.Count)
        {
            T* first = values + column, end = first + (nint)rows * stride;
            Vector256<T> sum = Vector256<T>.Zero;
            for (T* at = first; at < end; at += stride)
                sum += Vector256.Load(at);
            Vector256<T> centre = sum / count, squares = Vector256<T>.Zero;
            for (T* at = first; at < end; at += stride)
            {
                Vector256<T> deviation = Vector256.Load(at) - centre;
                squares += deviation * deviation;
            }
            Vector256<T> spread = squares / count, scale = Vector256<T>.One / Vector256.Sqrt(spread + epsilon);
            for (T* at = first; at < end; at += stride)
                ((Vector256.Load(at) - centre) * scale).Store(at);
            scale.Store(inverse + column);
            (keep * Vector256.Load(mean + column) + move * centre).Store(mean + column);
            (keep * Vector256.Load(variance + column) + move * (spread * unbiased)).Store(variance + column);
        }
    }

    /// <summary>Normalises by the running statistics, in place.</summary>
    internal static void NormalizeByRunning<T>(T* values, int rows, int stride, int width, T* mean, T* variance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Vector256<T> epsilon = Vector256.Create(T.CreateTruncating(Epsilon));
        for (int column = 0; column < width; column += Vector256<T>.Count)
        {
            T* first = values + column, end = first + (nint)rows * stride;
            Vector256<T> centre = Vector256.Load(mean + column);
            Vector256<T> scale = Vector256<T>.One / Vector256.Sqrt(Vector256.Load(variance + column) + epsilon);
            for (T* at = first; at < end; at += stride)
                ((Vector256.Load(at) - centre) * scale).Store(at);
        }
    }

    /// <summary>
    /// From the gradient of <c>scale * normalised + shift</c> to that of the values before <see cref="Normalize"/>, in place; adds the
    /// gradients of scale and shift.
    /// </summary>
    internal static void Differentiate<T>(
        T* gradient, T* normalized, int rows, int stride, int width, T* inverse, T* scale, T* scaleGradient, T* shiftGradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Vector256<T> count = Vector256.Create(T.CreateTruncating(rows));
        for (int column = 0; column < width; column += Vector256<T>.Count)
        {
            T* g = gradient + column, x = normalized + column;
            Vector256<T> sum = Vector256<T>.Zero, product = Vector256<T>.Zero;
            for (int row = 0; row < rows; row++, g += stride, x += stride)
            {
                Vector256<T> at = Vector256.Load(g);
                sum += at;
                product += at * Vector256.Load(x);
            }
            (Vector256.Load(shiftGradient + column) + sum).Store(shiftGradient + column);
            (Vector256.Load(scaleGradient + column) + product).Store(scaleGradient + column);

            Vector256<T> factor = Vector256.Load(scale + column) * Vector256.Load(inverse + column);
            sum /= count;
            product /= count;
            g = gradient + column;
            x = normalized + column;
            for (int row = 0; row < rows; row++, g += stride, x += stride)
                (factor * (Vector256.Load(g) - sum - Vector256.Load(x) * product)).Store(g);
        }
    }
}
