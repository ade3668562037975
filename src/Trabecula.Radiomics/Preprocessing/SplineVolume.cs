using Trabecula.Imaging;

namespace Trabecula.Radiomics.Preprocessing;

/// <summary>A cubic spline through an image's voxels, mirrored at its border, for values at single points; 0 beyond the outermost voxel centres.</summary>
/// <remarks>As SciPy's <c>map_coordinates(order=3)</c> with its default mode.</remarks>
internal sealed class SplineVolume
{
    /// <summary>Voxels beyond the points that still move a value: 0.268^30 is 7e-18.</summary>
    public const int Margin = 30;

    private readonly VolumeSize _size;
    private readonly int[] _first = new int[3], _count = new int[3];
    private readonly double[] _coefficients;

    /// <summary>Makes the coefficients for points of a box and a reach around it.</summary>
    public SplineVolume(WorkingImage image, VoxelBox box, int reach)
    {
        _size = image.Size;
        var axes = new CubicSplineAxis[3];
        for (int axis = 0; axis < 3; axis++)
        {
            int first = Math.Max(box.First(axis) - reach, 0), last = Math.Min(box.Last(axis) + reach, _size[axis] - 1);
            axes[axis] = new CubicSplineAxis(_size[axis], [.. Enumerable.Range(first, last - first + 1).Select(i => (double)i)]);
            (_first[axis], _count[axis]) = (axes[axis].First, axes[axis].Count);
        }
        int row = _count[0], plane = row * _count[1];
        _coefficients = new double[plane * _count[2]];
        for (int z = 0; z < _count[2]; z++)
        {
            for (int y = 0; y < _count[1]; y++)
            {
                Span<double> line = _coefficients.AsSpan(z * plane + y * row, row);
                image.Voxels.AsSpan(((_first[2] + z) * _size.Y + _first[1] + y) * _size.X + _first[0], row).CopyTo(line);
                axes[0].Prefilter(line, 1);
            }
            axes[1].Prefilter(_coefficients.AsSpan(z * plane, plane), row);
        }
        axes[2].Prefilter(_coefficients, plane);
    }

    /// <summary>The value at a point, in voxel indices of the image.</summary>
    public double At(double x, double y, double z)
    {
        if (!(x >= 0 && x <= _size.X - 1 && y >= 0 && y <= _size.Y - 1 && z >= 0 && z <= _size.Z - 1))
            return 0;
        Span<double> weights = stackalloc double[12];
        Span<int> taps = stackalloc int[12];
        Weigh(0, x, weights, taps);
        Weigh(1, y, weights, taps);
        Weigh(2, z, weights, taps);
        double sum = 0;
        for (int k = 8; k < 12; k++)
        {
            for (int j = 4; j < 8; j++)
            {
                int line = (taps[k] * _count[1] + taps[j]) * _count[0];
                for (int i = 0; i < 4; i++)
                    sum += _coefficients[line + taps[i]] * weights[i] * weights[j] * weights[k];
            }
        }
        return sum;
    }

    private void Weigh(int axis, double position, Span<double> weights, Span<int> taps)
    {
        int start = CubicSplineAxis.Weigh(position, weights.Slice(4 * axis, 4));
        for (int k = 0; k < 4; k++)
            taps[4 * axis + k] = CubicSplineAxis.Mirror(start + k, _size[axis]) - _first[axis];
    }
}
