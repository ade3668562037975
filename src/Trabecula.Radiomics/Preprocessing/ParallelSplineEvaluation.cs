using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Trabecula.Radiomics.Preprocessing;

/// <summary>Values of a cubic spline on a grid whose axes are parallel to those of its coefficients.</summary>
/// <remarks>
/// Three passes of one axis each would need a fifth of the products, but ITK adds 64 of them a voxel, in one order, and PyRadiomics' values
/// follow to the last bit: where the image is symmetric or repeats itself, rounding decides which of two equal voxels
/// is above a percentile or a bin's edge. So the 64 products are kept, ((wx wy) wz) c with x fastest. What is the same for
/// many voxels is arranged once: the coefficients of a slice, one copy for each of the four taps along x, so that neighbouring
/// voxels read neighbouring numbers; and the products wx wy of a row.
/// </remarks>
internal sealed class ParallelSplineEvaluation
{
    /// <summary>Voxels that are computed together: four vectors, so that their sums do not wait for one another.</summary>
    private const int Lanes = 16;

    private readonly CubicSplineAxis _x, _y, _z;
    private readonly double[] _coefficients;
    private readonly int _row;
    private readonly int _firstY, _rows;
    private readonly int[] _tapsX;
    private readonly double[] _weightsX;
    private readonly double[] _weightsXY;
    private readonly Dictionary<int, double[]> _arranged = [];
    private readonly Stack<double[]> _free = [];

    /// <param name="x">The axis along rows.</param>
    /// <param name="y">The axis along columns.</param>
    /// <param name="z">The axis across slices.</param>
    /// <param name="coefficients">Spline coefficients of the axes' stretches, x fastest.</param>
    public ParallelSplineEvaluation(CubicSplineAxis x, CubicSplineAxis y, CubicSplineAxis z, double[] coefficients)
    {
        (_x, _y, _z, _coefficients) = (x, y, z, coefficients);
        _row = (x.Positions + Lanes - 1) / Lanes * Lanes;
        int lastY = 0;
        _firstY = y.Count;
        for (int k = 0; k < 4 * y.Positions; k++)
            (_firstY, lastY) = (Math.Min(_firstY, y.Tap(k / 4, k % 4)), Math.Max(lastY, y.Tap(k / 4, k % 4)));
        _rows = lastY - _firstY + 1;
        _tapsX = new int[4 * x.Positions];
        _weightsX = new double[4 * _row];
        _weightsXY = new double[16 * _row];
        for (int i = 0; i < x.Positions; i++)
        {
            for (int tap = 0; tap < 4; tap++)
            {
                _tapsX[tap * x.Positions + i] = x.Tap(i, tap);
                _weightsX[tap * _row + i] = x.Weights(i)[tap];
            }
        }
    }

    /// <summary>Writes the values of all positions, x fastest.</summary>
    public unsafe void Evaluate(Span<double> values)
    {
        var row = new double[_row];
        double** lines = stackalloc double*[16];
        for (int k = 0; k < _z.Positions; k++)
        {
            ReleaseSlicesBut(k);
            fixed (double* first = Arrange(_z.Tap(k, 0)), second = Arrange(_z.Tap(k, 1)), third = Arrange(_z.Tap(k, 2)), fourth = Arrange(_z.Tap(k, 3)))
            fixed (double* weights = _weightsXY, result = row)
            {
                for (int j = 0; j < _y.Positions; j++)
                {
                    MultiplyWeights(_y.Weights(j));
                    for (int m = 0; m < 4; m++)
                    {
                        int line = (_y.Tap(j, m) - _firstY) * 4 * _row;
                        lines[m] = first + line;
                        lines[4 + m] = second + line;
                        lines[8 + m] = third + line;
                        lines[12 + m] = fourth + line;
                    }
                    EvaluateRow(lines, weights, _z.Weights(k), result);
                    row.AsSpan(0, _x.Positions).CopyTo(values[((k * _y.Positions + j) * _x.Positions)..]);
                }
            }
        }
    }

    private void MultiplyWeights(ReadOnlySpan<double> weightsY)
    {
        for (int m = 0; m < 4; m++)
        {
            double weight = weightsY[m];
            ReadOnlySpan<Vector<double>> weightsX = MemoryMarshal.Cast<double, Vector<double>>(_weightsX);
            Span<Vector<double>> target = MemoryMarshal.Cast<double, Vector<double>>(_weightsXY.AsSpan(4 * m * _row, 4 * _row));
            for (int i = 0; i < target.Length; i++) target[i] = weightsX[i] * weight;
        }
    }

    /// <param name="lines">The 16 rows of coefficients around the row, y fastest.</param>
    /// <param name="weights">wx wy: for each tap along y, four rows.</param>
    /// <param name="weightsZ">wz.</param>
    /// <param name="result">Receives the row.</param>
    private unsafe void EvaluateRow(double** lines, double* weights, ReadOnlySpan<double> weightsZ, double* result)
    {
        nint row = _row;
        for (nint start = 0; start < row; start += Lanes)
        {
            Vector256<double> a = default, b = default, c = default, d = default;
            for (int n = 0; n < 4; n++)
            {
                Vector256<double> weightZ = Vector256.Create(weightsZ[n]);
                double* weight = weights + start;
                for (int m = 0; m < 4; m++)
                {
                    double* coefficient = lines[4 * n + m] + start;
                    for (int l = 0; l < 4; l++, weight += row, coefficient += row)
                    {
                        a += Vector256.Load(weight) * weightZ * Vector256.Load(coefficient);
                        b += Vector256.Load(weight + 4) * weightZ * Vector256.Load(coefficient + 4);
                        c += Vector256.Load(weight + 8) * weightZ * Vector256.Load(coefficient + 8);
                        d += Vector256.Load(weight + 12) * weightZ * Vector256.Load(coefficient + 12);
                    }
                }
            }
            a.Store(result + start);
            b.Store(result + start + 4);
            c.Store(result + start + 8);
            d.Store(result + start + 12);
        }
    }

    /// <summary>A slice of coefficients as the taps along x meet them: for each row, four rows of positions.</summary>
    private double[] Arrange(int slice)
    {
        if (_arranged.TryGetValue(slice, out double[]? arranged))
            return arranged;
        arranged = _free.TryPop(out double[]? used) ? used : new double[_rows * 4 * _row];
        for (int y = 0; y < _rows; y++)
        {
            ReadOnlySpan<double> from = _coefficients.AsSpan((slice * _y.Count + _firstY + y) * _x.Count, _x.Count);
            Span<double> to = arranged.AsSpan(y * 4 * _row, 4 * _row);
            for (int tap = 0; tap < 4; tap++)
            {
                ReadOnlySpan<int> taps = _tapsX.AsSpan(tap * _x.Positions, _x.Positions);
                Span<double> target = to.Slice(tap * _row, taps.Length);
                for (int i = 0; i < taps.Length; i++)
                    target[i] = from[taps[i]];
            }
        }
        _arranged.Add(slice, arranged);
        return arranged;
    }

    private void ReleaseSlicesBut(int position)
    {
        foreach (int slice in _arranged.Keys.ToArray())
        {
            bool used = false;
            for (int tap = 0; tap < 4; tap++) used |= _z.Tap(position, tap) == slice;
            if (!used && _arranged.Remove(slice, out double[]? arranged)) _free.Push(arranged);
        }
    }
}
