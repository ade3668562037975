using System.Diagnostics;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Trabecula.Learning.Models;

/// <summary>
/// The dual of a support vector machine, in signed form: minimise <c>½ βᵀKβ - yᵀβ</c> where Σ β = 0, <c>y</c> is 1 for the event and -1
/// otherwise, and β lies between 0 and <c>y C</c>. Holds a feasible point and its residuals <c>f = y - Kβ</c>; a row off its bounds has
/// <c>f = b</c> at the minimum, the intercept.
/// </summary>
internal sealed class DualProblem
{
    private readonly KernelRows _kernel;
    private readonly double[] _lower;
    private readonly double[] _upper;
    private readonly double[] _mayRise;
    private readonly double[] _mayFall;
    private readonly double[] _gains;

    internal DualProblem(KernelRows kernel, IReadOnlyList<bool> outcomes, ClassWeights limits)
    {
        (_kernel, Count) = (kernel, kernel.Count);
        int stride = kernel.Stride;
        (Coefficients, Residuals, _gains) = (new double[stride], new double[stride], new double[stride]);
        (_lower, _upper, _mayRise, _mayFall) = (new double[stride], new double[stride], new double[stride], new double[stride]);
        // What may not move is put out of the running by an infinity, the padding for good.
        Array.Fill(_mayRise, double.NegativeInfinity);
        Array.Fill(_mayFall, double.PositiveInfinity);
        for (int i = 0; i < Count; i++)
        {
            (_lower[i], _upper[i]) = outcomes[i] ? (0.0, limits.Case) : (-limits.Control, 0.0);
            Residuals[i] = outcomes[i] ? 1 : -1;
            Mark(i);
        }
    }

    internal int Count { get; }

    /// <summary>β, padded by zeros.</summary>
    internal double[] Coefficients { get; }

    /// <summary>f, padded.</summary>
    internal double[] Residuals { get; }

    internal bool IsFree(int i) => Coefficients[i] > _lower[i] && Coefficients[i] < _upper[i];

    /// <summary>How far a coefficient can go in the direction of a sign.</summary>
    internal double Room(int i, double direction) => direction > 0 ? _upper[i] - Coefficients[i] : Coefficients[i] - _lower[i];

    /// <summary>Sets a coefficient onto the bound that lies in the direction of a sign.</summary>
    internal void SetToBound(int i, double direction)
    {
        Coefficients[i] = direction > 0 ? _upper[i] : _lower[i];
        Mark(i);
    }

    /// <summary>Changes a coefficient, not beyond its bounds.</summary>
    internal void Move(int i, double by)
    {
        Coefficients[i] = Math.Clamp(Coefficients[i] + by, _lower[i], _upper[i]);
        Mark(i);
    }

    /// <summary>The largest residual among rows that may rise, and the smallest among those that may fall: at the minimum the first is no larger.</summary>
    internal (double Rising, double Falling) Extremes()
    {
        (double rising, double falling) = (double.NegativeInfinity, double.PositiveInfinity);
        for (int i = 0; i < Count; i++)
        {
            rising = Math.Max(rising, Residuals[i] + _mayRise[i]);
            falling = Math.Min(falling, Residuals[i] + _mayFall[i]);
        }
        return (rising, falling);
    }

    /// <summary>Computes the residuals anew, without what rounding has added up.</summary>
    internal void RenewResiduals()
    {
        for (int i = 0; i < Count; i++)
            Residuals[i] = _upper[i] > 0 ? 1 : -1;
        for (int i = 0; i < Count; i++)
        {
            if (Coefficients[i] != 0)
                VectorSums.AddScaled(Residuals, -Coefficients[i], _kernel[i]);
        }
    }

    /// <summary>The row that may rise and has the largest residual.</summary>
    internal int MostRising()
    {
        Vector256<double> most = Vector256.Create(double.NegativeInfinity);
        ReadOnlySpan<Vector256<double>> residuals = Wide(Residuals), mayRise = Wide(_mayRise);
        for (int k = 0; k < residuals.Length; k++)
            most = Vector256.Max(most, residuals[k] + mayRise[k]);
        Vector256<double> value = Vector256.Create(Math.Max(Math.Max(most[0], most[1]), Math.Max(most[2], most[3])));
        for (int k = 0; k < residuals.Length; k++)
        {
            uint equal = Vector256.Equals(residuals[k] + mayRise[k], value).ExtractMostSignificantBits();
            if (equal != 0)
                return k * VectorSums.Lanes + BitOperations.TrailingZeroCount(equal);
        }
        throw new UnreachableException();
    }

    /// <summary>
    /// The partner that may fall and lowers the objective most with a rising row, its bounds left aside (Fan, Chen and Lin 2005); and by how
    /// much the rising row's residual exceeds the smallest among those that may fall.
    /// </summary>
    internal (int Partner, double Violation) BestPartner(int rising, ReadOnlySpan<double> row)
    {
        Vector256<double> residual = Vector256.Create(Residuals[rising]), own = Vector256.Create(_kernel.Diagonal[rising]);
        Vector256<double> least = Vector256.Create(double.PositiveInfinity), best = Vector256<double>.Zero;
        Vector256<double> floor = Vector256.Create(LeastCurvature), two = Vector256.Create(2.0);
        ReadOnlySpan<Vector256<double>> residuals = Wide(Residuals), mayFall = Wide(_mayFall), diagonal = Wide(_kernel.Diagonal);
        ReadOnlySpan<Vector256<double>> line = MemoryMarshal.Cast<double, Vector256<double>>(row);
        Span<Vector256<double>> gains = MemoryMarshal.Cast<double, Vector256<double>>(_gains.AsSpan());
        for (int k = 0; k < gains.Length; k++)
        {
            Vector256<double> falling = residuals[k] + mayFall[k];
            least = Vector256.Min(least, falling);
            Vector256<double> gap = Vector256.Max(residual - falling, Vector256<double>.Zero);
            Vector256<double> gain = gap * gap / Vector256.Max(own + diagonal[k] - two * line[k], floor);
            best = Vector256.Max(best, gain);
            gains[k] = gain;
        }
        double violation = Residuals[rising] - Math.Min(Math.Min(least[0], least[1]), Math.Min(least[2], least[3]));
        double value = Math.Max(Math.Max(best[0], best[1]), Math.Max(best[2], best[3]));
        if (!(value > 0))
            return (-1, violation);
        best = Vector256.Create(value);
        for (int k = 0; ; k++)
        {
            uint equal = Vector256.Equals(gains[k], best).ExtractMostSignificantBits();
            if (equal != 0)
                return (k * VectorSums.Lanes + BitOperations.TrailingZeroCount(equal), violation);
        }
    }

    /// <summary>Least second derivative along a pair: kernels that are not positive definite, and copies of rows, have none above it.</summary>
    internal const double LeastCurvature = 1e-12;

    /// <summary>Moves a pair to the minimum along it, within its bounds.</summary>
    /// <returns>Whether it moved in double precision.</returns>
    internal bool StepPair(int rising, int falling, ReadOnlySpan<double> rowRising, ReadOnlySpan<double> rowFalling)
    {
        double curvature = Math.Max(_kernel.Diagonal[rising] + _kernel.Diagonal[falling] - 2 * rowRising[falling], LeastCurvature);
        double step = (Residuals[rising] - Residuals[falling]) / curvature, roomUp = Room(rising, 1), roomDown = Room(falling, -1);
        double before = Coefficients[rising], beforeFalling = Coefficients[falling];
        if (step >= roomUp || step >= roomDown)
            step = Math.Min(roomUp, roomDown);
        Coefficients[rising] = step == roomUp ? _upper[rising] : before + step;
        Coefficients[falling] = step == roomDown ? _lower[falling] : beforeFalling - step;
        Mark(rising);
        Mark(falling);
        Vector256<double> by = Vector256.Create(step);
        Span<Vector256<double>> residuals = MemoryMarshal.Cast<double, Vector256<double>>(Residuals.AsSpan());
        ReadOnlySpan<Vector256<double>> up = MemoryMarshal.Cast<double, Vector256<double>>(rowRising);
        ReadOnlySpan<Vector256<double>> down = MemoryMarshal.Cast<double, Vector256<double>>(rowFalling);
        for (int k = 0; k < residuals.Length; k++)
            residuals[k] -= by * (up[k] - down[k]);
        return Coefficients[rising] != before || Coefficients[falling] != beforeFalling;
    }

    private void Mark(int i)
    {
        _mayRise[i] = Coefficients[i] < _upper[i] ? 0 : double.NegativeInfinity;
        _mayFall[i] = Coefficients[i] > _lower[i] ? 0 : double.PositiveInfinity;
    }

    private static ReadOnlySpan<Vector256<double>> Wide(double[] values) => MemoryMarshal.Cast<double, Vector256<double>>(values.AsSpan());
}
