using System.Runtime.CompilerServices;
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
        _weightsX = new double[4 * _row];
        _weightsXY = new double[16 * _row];
        for (int i = 0; i < x.Positions; i++)
        {
            for (int tap = 0; tap < 4; tap++)
                _weightsX[tap * _row + i] = x.Weights(i)[tap];
        }
    }

    /// <summary>Writes the values of all positions, x fastest.</summary>
    public void Evaluate(Span<double> values)
    {
        var row = new double[_row];
        for (int k = 0; k < _z.Positions; k++)
        {
            ReleaseSlicesBut(k);
            double[][] slices = [Arrange(_z.Tap(k, 0)), Arrange(_z.Tap(k, 1)), Arrange(_z.Tap(k, 2)), Arrange(_z.Tap(k, 3))];
            for (int j = 0; j < _y.Positions; j++)
            {
                MultiplyWeights(_y.Weights(j));
                for (int start = 0; start < _row; start += Lanes)
                    EvaluateLanes(slices, j, _z.Weights(k), start, row);
                row.AsSpan(0, _x.Positions).CopyTo(values[((k * _y.Positions + j) * _x.Positions)..]);
            }
        }
    }

    private void MultiplyWeights(ReadOnlySpan<double> weightsY)
    {
        for (int m = 0; m < 4; m++)
        {
            double weight = weightsY[m];
            Span<double> target = _weightsXY.AsSpan(4 * m * _row, 4 * _row);
            for (int i = 0; i < target.Length; i++) target[i] = _weightsX[i] * weight;
        }
    }

    private void EvaluateLanes(double[][] slices, int j, ReadOnlySpan<double> weightsZ, int start, double[] row)
    {
        Vector256<double> a = default, b = default, c = default, d = default;
        for (int n = 0; n < 4; n++)
        {
            Vector256<double> weightZ = Vector256.Create(weightsZ[n]);
            ref double slice = ref MemoryMarshal.GetArrayDataReference(slices[n]);
            for (int m = 0; m < 4; m++)
            {
                ref double coefficient = ref Unsafe.Add(ref slice, _y.Tap(j, m) * 4 * _row + start);
                ref double weight = ref _weightsXY[4 * m * _row + start];
                for (int l = 0; l < 4; l++)
                {
                    nuint at = (nuint)(l * _row);
                    a += Vector256.LoadUnsafe(ref weight, at) * weightZ * Vector256.LoadUnsafe(ref coefficient, at);
                    b += Vector256.LoadUnsafe(ref weight, at + 4) * weightZ * Vector256.LoadUnsafe(ref coefficient, at + 4);
                    c += Vector256.LoadUnsafe(ref weight, at + 8) * weightZ * Vector256.LoadUnsafe(ref coefficient, at + 8);
                    d += Vector256.LoadUnsafe(ref weight, at + 12) * weightZ * Vector256.LoadUnsafe(ref coefficient, at + 12);
                }
            }
        }
        ref double target = ref row[start];
        a.StoreUnsafe(ref target);
        b.StoreUnsafe(ref target, 4);
        c.StoreUnsafe(ref target, 8);
        d.StoreUnsafe(ref target, 12);
    }

    /// <summary>A slice of coefficients as the taps along x meet them: for each row, four rows of positions.</summary>
    private double[] Arrange(int slice)
    {
        if (_arranged.TryGetValue(slice, out double[]? arranged))
            return arranged;
        arranged = _free.TryPop(out double[]? used) ? used : new double[_y.Count * 4 * _row];
        for (int y = 0; y < _y.Count; y++)
        {
            ReadOnlySpan<double> from = _coefficients.AsSpan((slice * _y.Count + y) * _x.Count, _x.Count);
            Span<double> to = arranged.AsSpan(y * 4 * _row, 4 * _row);
            for (int tap = 0; tap < 4; tap++)
            {
                for (int i = 0; i < _x.Positions; i++)
                    to[tap * _row + i] = from[_x.Tap(i, tap)];
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
