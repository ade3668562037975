using System.Buffers;
using System.Numerics;
using Trabecula.Imaging;

namespace Trabecula.Radiomics.Preprocessing;

/// <summary>
/// Resamples intensities onto a grid by the cubic interpolating spline (ITK's BSplineInterpolateImageFunction of order 3):
/// points outside the image, that is beyond half a voxel from its border, give 0; the result is cast back to the image's type.
/// Only the samples that reach the grid are read.
/// </summary>
internal static class SplineResampler
{
    /// <summary>Lines along x that are transposed and filtered at a time.</summary>
    private const int LineBlock = 16;

    /// <summary>Resamples onto a grid.</summary>
    /// <exception cref="RadiomicsException">A voxel that is needed is infinite or not a number.</exception>
    public static WorkingImage Resample(IntensitySource source, VolumeGeometry grid)
    {
        var mapping = new GridMapping(grid, source.Geometry);
        double[] voxels = mapping.IsSeparable
            ? ResampleParallel(source, grid, mapping)
            : ResampleOblique(source, grid, mapping);
        ClearOutside(voxels, grid.Size, source.Geometry.Size, mapping);
        CastTo(source.VoxelType, voxels);
        return new WorkingImage(grid, source.VoxelType, voxels);
    }

    /// <summary>Axes of the grid along those of the image: positions along an axis are the same for all lines.</summary>
    private static double[] ResampleParallel(IntensitySource source, VolumeGeometry grid, GridMapping mapping)
    {
        VolumeSize size = source.Geometry.Size;
        CubicSplineAxis x = Axis(size.X, grid.Size.X, i => mapping.Line(0, 0).At(i).X);
        CubicSplineAxis y = Axis(size.Y, grid.Size.Y, i => mapping.Line(i, 0).Start.Y);
        CubicSplineAxis z = Axis(size.Z, grid.Size.Z, i => mapping.Line(0, i).Start.Z);

        double[] coefficients = Coefficients(source, x, y, z);
        var result = GC.AllocateUninitializedArray<double>(checked((int)grid.Size.Count));
        new ParallelSplineEvaluation(x, y, z, coefficients).Evaluate(result);
        ArrayPool<double>.Shared.Return(coefficients);
        return result;
    }

    /// <summary>Axes of the grid across those of the image: every point has its own 4 x 4 x 4 neighbourhood.</summary>
    private static double[] ResampleOblique(IntensitySource source, VolumeGeometry grid, GridMapping mapping)
    {
        VolumeSize size = source.Geometry.Size;
        var result = new double[checked((int)grid.Size.Count)];
        if (NearestNeighbour.Reach(VoxelBox.Whole(grid.Size), grid, source.Geometry) is not VoxelBox reach) return result;
        CubicSplineAxis x = Axis(size.X, reach.Size.X, i => reach.X + i);
        CubicSplineAxis y = Axis(size.Y, reach.Size.Y, i => reach.Y + i);
        CubicSplineAxis z = Axis(size.Z, reach.Size.Z, i => reach.Z + i);
        double[] coefficients = Coefficients(source, x, y, z);
        var evaluation = new ObliqueSplineEvaluation(x, y, z, coefficients);
        int row = grid.Size.X;
        for (int k = 0; k < grid.Size.Z; k++)
        {
            for (int j = 0; j < grid.Size.Y; j++)
                evaluation.EvaluateLine(mapping.Line(j, k), result.AsSpan((k * grid.Size.Y + j) * row, row));
        }
        ArrayPool<double>.Shared.Return(coefficients);
        return result;
    }

    /// <summary>The spline coefficients of the stretch that is needed, x fastest; the array is rented and may be longer.</summary>
    private static double[] Coefficients(IntensitySource source, CubicSplineAxis x, CubicSplineAxis y, CubicSplineAxis z)
    {
        int row = x.Count, plane = row * y.Count;
        double[] coefficients = ArrayPool<double>.Shared.Rent(checked(z.Count * plane));
        var samples = new double[row * LineBlock];
        var block = new double[row * LineBlock];
        for (int k = 0; k < z.Count; k++)
        {
            Span<double> slice = coefficients.AsSpan(k * plane, plane);
            for (int j = 0; j < y.Count; j += LineBlock)
            {
                int lines = Math.Min(LineBlock, y.Count - j);
                for (int line = 0; line < lines; line++)
                    source.ReadRow(x.First, y.First + j + line, z.First + k, samples.AsSpan(line * row, row));
                LineTransposition.Gather(samples, row, lines, row, block, LineBlock);
                x.Prefilter(block, LineBlock);
                LineTransposition.Scatter(block, LineBlock, lines, row, slice[(j * row)..], row);
            }
            y.Prefilter(slice, row);
        }
        z.Prefilter(coefficients.AsSpan(0, z.Count * plane), plane);
        return coefficients;
    }

    /// <summary>Sets points outside the image to 0; nothing to do where the corners of the grid lie well inside.</summary>
    private static void ClearOutside(double[] voxels, VolumeSize grid, VolumeSize size, GridMapping mapping)
    {
        const double safe = 1e-6;
        bool allInside = true;
        foreach (int y in (int[])[0, grid.Y - 1])
        {
            foreach (int z in (int[])[0, grid.Z - 1])
            {
                GridMapping.Scanline line = mapping.Line(y, z);
                foreach (Vector3D c in (Vector3D[])[line.At(0), line.At(grid.X - 1)])
                {
                    for (int axis = 0; axis < 3; axis++)
                        allInside &= c[axis] >= -0.5 + safe && c[axis] < size[axis] - 0.5 - safe;
                }
            }
        }
        if (allInside) return;
        int target = 0;
        for (int z = 0; z < grid.Z; z++)
        {
            for (int y = 0; y < grid.Y; y++)
            {
                GridMapping.Scanline line = mapping.Line(y, z);
                for (int x = 0; x < grid.X; x++, target++)
                {
                    if (!IsInside(line.At(x), size)) voxels[target] = 0;
                }
            }
        }
    }

    private static bool IsInside(Vector3D c, VolumeSize size) =>
        c.X >= -0.5 && c.X < size.X - 0.5 && c.Y >= -0.5 && c.Y < size.Y - 0.5 && c.Z >= -0.5 && c.Z < size.Z - 0.5;

    /// <summary>ITK's cast: integers are clamped and cut off towards zero, not rounded.</summary>
    public static void CastTo(VoxelType type, Span<double> voxels)
    {
        switch (type)
        {
            case VoxelType.Float64: break;
            case VoxelType.Float32:
                foreach (ref double v in voxels) v = (float)v;
                break;
            case VoxelType.Int8: Truncate<sbyte>(voxels); break;
            case VoxelType.UInt8: Truncate<byte>(voxels); break;
            case VoxelType.Int16: Truncate<short>(voxels); break;
            case VoxelType.UInt16: Truncate<ushort>(voxels); break;
            case VoxelType.Int32: Truncate<int>(voxels); break;
            case VoxelType.UInt32: Truncate<uint>(voxels); break;
            case VoxelType.Int64: Truncate<long>(voxels); break;
            case VoxelType.UInt64: Truncate<ulong>(voxels); break;
            default: throw new ArgumentOutOfRangeException(nameof(type));
        }
    }

    private static void Truncate<T>(Span<double> voxels) where T : IBinaryInteger<T>, IMinMaxValue<T>
    {
        foreach (ref double v in voxels) v = double.CreateTruncating(T.CreateSaturating(v));
    }

    private static CubicSplineAxis Axis(int length, int positions, Func<int, double> position)
    {
        var at = new double[positions];
        // Beyond the image the value is cleared afterwards; holding such positions at the border keeps their taps in the line.
        for (int i = 0; i < positions; i++) at[i] = Math.Clamp(position(i), -0.5, length - 0.5);
        return new CubicSplineAxis(length, at);
    }
}
