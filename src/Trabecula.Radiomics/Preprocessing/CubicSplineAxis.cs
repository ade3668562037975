using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Trabecula.Radiomics.Preprocessing;

/// <summary>
/// Cubic spline interpolation along one axis at given positions: the stretch of source samples that is needed, and four taps and
/// weights for each position. Samples are mirrored at the volume's ends without repeating the end.
/// </summary>
/// <remarks>Every operation stands in ITK's order, so that coefficients and weights are equal to the last bit. Source: Unser, Splines: a perfect fit for signal and image processing, IEEE SPM 16 (1999), box 2; as ITK computes it.</remarks>
internal sealed class CubicSplineAxis
{
    /// <summary>Samples beyond the taps that still move a coefficient by more than 1e-16: 0.268^30 is 7e-18.</summary>
    private const int Margin = 30;

    /// <summary>Lanes handled at a time, so that a block stays in the cache.</summary>
    private const int LaneBlock = 128;

    private static readonly double Pole = Math.Sqrt(3.0) - 2.0;
    private static readonly double Gain = (1.0 - Pole) * (1.0 - 1.0 / Pole);

    // ITK cuts the sum over mirrored samples at a tolerance of 1e-10 on lines that are longer than this.
    private static readonly int Horizon = (int)Math.Ceiling(Math.Log(1e-10) / Math.Log(Math.Abs(Pole)));

    private readonly int[] _taps;
    private readonly double[] _weights;

    /// <summary>Plans the interpolation at continuous indices of an axis.</summary>
    public CubicSplineAxis(int length, ReadOnlySpan<double> positions)
    {
        Length = length;
        _taps = new int[4 * positions.Length];
        _weights = new double[4 * positions.Length];
        int first = length, last = -1;
        for (int i = 0; i < positions.Length; i++)
        {
            int start = Weigh(positions[i], _weights.AsSpan(4 * i, 4));
            for (int k = 0; k < 4; k++)
            {
                int tap = Mirror(start + k, length);
                _taps[4 * i + k] = tap;
                (first, last) = (Math.Min(first, tap), Math.Max(last, tap));
            }
        }
        First = Math.Max(first - Margin, 0);
        Count = Math.Min(last + Margin, length - 1) - First + 1;
        for (int i = 0; i < _taps.Length; i++) _taps[i] -= First;
    }

    /// <summary>Samples of the whole axis.</summary>
    public int Length { get; }

    /// <summary>The first sample that is needed.</summary>
    public int First { get; }

    /// <summary>The number of samples needed.</summary>
    public int Count { get; }

    /// <summary>The number of positions.</summary>
    public int Positions => _weights.Length / 4;

    /// <summary>The weights of the four samples around a position; returns the index of the first of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Weigh(double position, Span<double> weights)
    {
        // ITK takes the floor in single precision: just below a whole index the taps are one further, which the spline allows.
        int first = (int)Math.Floor((float)position) - 1;
        double w = position - (first + 1);
        weights[3] = 1.0 / 6.0 * w * w * w;
        weights[0] = 1.0 / 6.0 + 0.5 * w * (w - 1.0) - weights[3];
        weights[2] = w + weights[0] - 2.0 * weights[3];
        weights[1] = 1.0 - weights[0] - weights[2] - weights[3];
        return first;
    }

    /// <summary>The same for four positions, to the same bits: the weights of a tap side by side.</summary>
    public static Vector128<int> Weigh(Vector256<double> position, Span<double> weights)
    {
        Vector128<float> floor = Vector128.Floor(Vector128.Narrow(position.GetLower(), position.GetUpper()));
        (Vector128<double> low, Vector128<double> high) = Vector128.Widen(floor);
        Vector256<double> w = position - Vector256.Create(low, high), sixth = Vector256.Create(1.0 / 6.0), one = Vector256<double>.One;
        Vector256<double> fourth = sixth * w * w * w;
        Vector256<double> first = sixth + 0.5 * w * (w - one) - fourth;
        Vector256<double> third = w + first - 2.0 * fourth;
        Vector256<double> second = one - first - third - fourth;
        first.CopyTo(weights);
        second.CopyTo(weights[4..]);
        third.CopyTo(weights[8..]);
        fourth.CopyTo(weights[12..]);
        return Vector128.ConvertToInt32(floor) - Vector128<int>.One;
    }

    /// <summary>The index within 0 to length - 1 that a mirrored index stands for.</summary>
    public static int Mirror(int index, int length)
    {
        if (length == 1) return 0;
        while (index < 0 || index >= length) index = index < 0 ? -index : 2 * (length - 1) - index;
        return index;
    }

    /// <summary>The index among the samples needed of a position's tap, 0 to 3.</summary>
    public int Tap(int position, int tap) => _taps[4 * position + tap];

    /// <summary>The four weights of a position.</summary>
    public ReadOnlySpan<double> Weights(int position) => _weights.AsSpan(4 * position, 4);

    /// <summary>
    /// Turns samples into spline coefficients. Lines run across rows: the sample i of the line l is <c>samples[i * lanes + l]</c>,
    /// which is overwritten.
    /// </summary>
    public void Prefilter(Span<double> samples, int lanes)
    {
        for (int lane = 0; lane < lanes && Length > 1; lane += LaneBlock)
            PrefilterBlock(samples[lane..], lanes, Math.Min(LaneBlock, lanes - lane));
    }

    private void PrefilterBlock(Span<double> samples, int stride, int lanes)
    {
        for (int i = 0; i < Count; i++) Scale(Row(samples, i, stride, lanes), Gain);
        StartCausal(samples, stride, lanes);
        for (int i = 1; i < Count; i++)
            AddScaled(Row(samples, i, stride, lanes), Row(samples, i - 1, stride, lanes), Pole);
        StartAntiCausal(samples, stride, lanes);
        for (int i = Count - 2; i >= 0; i--)
            Recede(Row(samples, i, stride, lanes), Row(samples, i + 1, stride, lanes));
    }

    private void StartCausal(Span<double> samples, int stride, int lanes)
    {
        Span<double> start = Row(samples, 0, stride, lanes);
        if (First > 0)
        {
            // A cut line: as if the first sample went on for ever. What this gets wrong has died out after the margin.
            Scale(start, 1.0 / (1.0 - Pole));
            return;
        }
        double power = Pole;
        if (Horizon < Length)
        {
            for (int i = 1; i < Horizon; i++, power *= Pole) AddScaled(start, Row(samples, i, stride, lanes), power);
            return;
        }
        double mirrored = Math.Pow(Pole, Length - 1), perPole = 1.0 / Pole;
        AddScaled(start, Row(samples, Length - 1, stride, lanes), mirrored);
        mirrored *= mirrored * perPole;
        for (int i = 1; i <= Length - 2; i++, power *= Pole, mirrored *= perPole)
            AddScaled(start, Row(samples, i, stride, lanes), power + mirrored);
        // Divided, not multiplied by the inverse: the last bit decides ties further on.
        foreach (ref double value in start) value /= 1.0 - power * power;
    }

    private void StartAntiCausal(Span<double> samples, int stride, int lanes)
    {
        Span<double> end = Row(samples, Count - 1, stride, lanes);
        if (First + Count < Length)
        {
            Scale(end, -Pole / (1.0 - Pole));
            return;
        }
        AddScaled(end, Row(samples, Count - 2, stride, lanes), Pole);
        Scale(end, Pole / (Pole * Pole - 1.0));
    }

    private static Span<double> Row(Span<double> samples, int row, int stride, int lanes) => samples.Slice(row * stride, lanes);

    private static void Scale(Span<double> row, double factor)
    {
        Span<Vector<double>> vectors = MemoryMarshal.Cast<double, Vector<double>>(row);
        for (int i = 0; i < vectors.Length; i++) vectors[i] *= factor;
        for (int i = vectors.Length * Vector<double>.Count; i < row.Length; i++) row[i] *= factor;
    }

    private static void AddScaled(Span<double> row, ReadOnlySpan<double> other, double factor)
    {
        Span<Vector<double>> vectors = MemoryMarshal.Cast<double, Vector<double>>(row);
        ReadOnlySpan<Vector<double>> others = MemoryMarshal.Cast<double, Vector<double>>(other);
        for (int i = 0; i < vectors.Length; i++) vectors[i] += factor * others[i];
        for (int i = vectors.Length * Vector<double>.Count; i < row.Length; i++) row[i] += factor * other[i];
    }

    private static void Recede(Span<double> row, ReadOnlySpan<double> next)
    {
        Span<Vector<double>> vectors = MemoryMarshal.Cast<double, Vector<double>>(row);
        ReadOnlySpan<Vector<double>> others = MemoryMarshal.Cast<double, Vector<double>>(next);
        for (int i = 0; i < vectors.Length; i++) vectors[i] = Pole * (others[i] - vectors[i]);
        for (int i = vectors.Length * Vector<double>.Count; i < row.Length; i++) row[i] = Pole * (next[i] - row[i]);
    }
}
