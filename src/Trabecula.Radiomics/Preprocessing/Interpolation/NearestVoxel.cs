using Trabecula.Imaging;

namespace Trabecula.Radiomics.Preprocessing;

/// <summary><c>sitkNearestNeighbor</c>: the voxel whose index is nearest, halves rounded up.</summary>
internal sealed class NearestVoxel(WorkingImage image) : IInterpolation
{
    public double At(Vector3D index)
    {
        VolumeSize size = image.Size;
        int x = (int)Math.Floor(index.X + 0.5), y = (int)Math.Floor(index.Y + 0.5), z = (int)Math.Floor(index.Z + 0.5);
        return image.Voxels[(z * size.Y + y) * size.X + x];
    }
}

/// <summary><c>sitkLinear</c>: along x, then y, then z; constant beyond the outermost voxel centres.</summary>
internal sealed class TrilinearInterpolation(WorkingImage image) : IInterpolation
{
    public double At(Vector3D index)
    {
        VolumeSize size = image.Size;
        (int x0, int x1, double dx) = Between(index.X, size.X);
        (int y0, int y1, double dy) = Between(index.Y, size.Y);
        (int z0, int z1, double dz) = Between(index.Z, size.Z);
        double near = Plane(z0), far = Plane(z1);
        return near + (far - near) * dz;

        double Plane(int z)
        {
            double first = Row(y0, z), second = Row(y1, z);
            return first + (second - first) * dy;
        }

        double Row(int y, int z)
        {
            int row = (z * size.Y + y) * size.X;
            double left = image.Voxels[row + x0];
            return left + (image.Voxels[row + x1] - left) * dx;
        }
    }

    private static (int Lower, int Upper, double Distance) Between(double position, int size)
    {
        int lower = Math.Max((int)Math.Floor(position), 0);
        return (lower, Math.Min(lower + 1, size - 1), Math.Max(position - lower, 0));
    }
}
