namespace Trabecula.Imaging;

/// <summary>
/// The exact Euclidean distance of every voxel to the nearest voxel of a set, on a grid whose spacing may differ between axes.
/// </summary>
/// <remarks>
/// Source: Felzenszwalb and Huttenlocher, Theory of Computing 8 (2012) 415: along one axis after the other, the lower envelope of the
/// parabolas that stand on the distances so far. Linear in the number of voxels.
/// </remarks>
public static class DistanceTransform
{
    /// <summary>Squared distances in square millimetres; infinite throughout for an empty set.</summary>
    /// <param name="inside">Whether each voxel belongs to the set, x fastest.</param>
    /// <param name="size">Voxels along each axis.</param>
    /// <param name="spacingMm">Distance of neighbours along each axis.</param>
    /// <param name="cancellationToken">Checked once a row of rows.</param>
    public static double[] Squared(ReadOnlySpan<bool> inside, VolumeSize size, Vector3D spacingMm, CancellationToken cancellationToken = default)
    {
        if (inside.Length != size.Count)
            throw new ArgumentException($"{inside.Length} voxels for a size of {size}.", nameof(inside));
        var squared = new double[inside.Length];
        for (int i = 0; i < squared.Length; i++)
            squared[i] = inside[i] ? 0 : double.PositiveInfinity;
        var envelope = new Envelope(Math.Max(size.X, Math.Max(size.Y, size.Z)));
        for (int axis = 0; axis < 3; axis++)
        {
            int length = size[axis], step = axis == 0 ? 1 : axis == 1 ? size.X : size.X * size.Y;
            int inner = axis == 0 ? size.Y : size.X, innerStep = axis == 0 ? size.X : 1;
            int outer = axis == 2 ? size.Y : size.Z, outerStep = axis == 2 ? size.X : size.X * size.Y;
            for (int i = 0; i < outer; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                for (int j = 0; j < inner; j++)
                    envelope.Replace(squared.AsSpan(i * outerStep + j * innerStep), length, step, spacingMm[axis]);
            }
        }
        return squared;
    }

    private sealed class Envelope(int longest)
    {
        private readonly double[] _heights = new double[longest];
        private readonly double[] _starts = new double[longest];
        private readonly int[] _feet = new int[longest];

        /// <summary>Replaces the values of a line by their least sum with the squared distance along it.</summary>
        public void Replace(Span<double> line, int length, int step, double spacing)
        {
            int count = 0;
            for (int q = 0; q < length; q++)
            {
                double height = line[q * step];
                _heights[q] = height;
                if (double.IsPositiveInfinity(height))
                    continue;
                double start = double.NegativeInfinity;
                while (count > 0)
                {
                    int foot = _feet[count - 1];
                    start = (q + foot) * 0.5 * spacing + (height - _heights[foot]) / (2 * spacing * (q - foot));
                    if (start > _starts[count - 1])
                        break;
                    count--;
                    start = double.NegativeInfinity;
                }
                (_feet[count], _starts[count]) = (q, start);
                count++;
            }
            if (count == 0)
                return;
            int k = 0;
            for (int q = 0; q < length; q++)
            {
                while (k + 1 < count && _starts[k + 1] < q * spacing)
                    k++;
                double along = (q - _feet[k]) * spacing;
                line[q * step] = along * along + _heights[_feet[k]];
            }
        }
    }
}
