using System.Numerics;
using Trabecula.Imaging;
using Trabecula.Workbench.Reports;

namespace Trabecula.Workbench.Overlays;

/// <summary>The values of an image at the places of a picture, between the voxel centres of one slice by bilinear interpolation; NaN outside.</summary>
/// <param name="axes">The image's axes.</param>
/// <param name="plane">The plane.</param>
/// <param name="slice">Index of the slice along the plane's normal.</param>
/// <param name="across">Places along the picture's width, in millimetres.</param>
/// <param name="down">Places along its height.</param>
internal sealed class SliceSampling(PatientAxes axes, OverlayPlane plane, int slice, double[] across, double[] down) : IVolumeOperation<double[]>
{
    public double[] Run<T>(Volume<T> volume) where T : unmanaged, INumber<T>
    {
        VolumeSize size = volume.Geometry.Size;
        long[] strides = [1, size.X, (long)size.X * size.Y];
        int u = axes.VoxelAxis(plane.Across), v = axes.VoxelAxis(plane.Down), w = axes.VoxelAxis(plane.Normal);
        (int First, int Second, double Share)[] columns = [.. across.Select(mm => Neighbours(axes.Index(plane.Across, mm), size[u]))];
        var values = new double[across.Length * down.Length];
        for (int y = 0; y < down.Length; y++)
        {
            (int first, int second, double share) = Neighbours(axes.Index(plane.Down, down[y]), size[v]);
            for (int x = 0; x < across.Length; x++)
            {
                (int left, int right, double part) = columns[x];
                values[y * across.Length + x] = first < 0 || left < 0 ? double.NaN
                    : (1 - share) * ((1 - part) * At(left, first) + part * At(right, first)) + share * ((1 - part) * At(left, second) + part * At(right, second));
            }
        }
        return values;

        double At(int x, int y) => double.CreateTruncating(volume.Voxels[(int)(x * strides[u] + y * strides[v] + slice * strides[w])]);
    }

    /// <summary>The voxels on both sides of a place and the share of the second; -1 outside of the image.</summary>
    private static (int First, int Second, double Share) Neighbours(double index, int count)
    {
        if (!(index >= -0.5 && index < count - 0.5))
            return (-1, -1, 0);
        double inside = Math.Clamp(index, 0, count - 1);
        int first = (int)inside;
        return (first, Math.Min(first + 1, count - 1), inside - first);
    }
}
