using Trabecula.Imaging;

namespace Trabecula.Radiomics.Preprocessing;

/// <summary>The value of an image between its voxels.</summary>
internal interface IInterpolation
{
    /// <summary>The value at a continuous index, which lies within half a voxel of the image's border.</summary>
    double At(Vector3D index);
}

/// <summary>Resamples point by point; only the voxels that the grid reaches are read.</summary>
internal static class PointResampler
{
    /// <summary>Resamples intensities onto a grid.</summary>
    /// <param name="source">The image.</param>
    /// <param name="grid">The new grid.</param>
    /// <param name="reach">Voxels around a point that its value needs.</param>
    /// <param name="interpolation">Makes the interpolation of the voxels that are read.</param>
    /// <exception cref="RadiomicsException">A voxel that is needed is infinite or not a number.</exception>
    public static WorkingImage Resample(IntensitySource source, VolumeGeometry grid, int reach, Func<WorkingImage, IInterpolation> interpolation)
    {
        var voxels = new double[checked((int)grid.Size.Count)];
        VolumeSize size = source.Geometry.Size;
        if (NearestNeighbour.Reach(VoxelBox.Whole(grid.Size), grid, source.Geometry) is VoxelBox near)
        {
            VoxelBox part = near.Expand(reach, size);
            IInterpolation image = interpolation(source.Read(part));
            var mapping = new GridMapping(grid, source.Geometry);
            int row = grid.Size.X;
            Parallel.For(0, grid.Size.Y * grid.Size.Z, line =>
            {
                GridMapping.Scanline scanline = mapping.Line(line % grid.Size.Y, line / grid.Size.Y);
                for (int x = 0; x < row; x++)
                {
                    Vector3D c = scanline.At(x);
                    if (IsInside(c, size))
                        voxels[line * row + x] = image.At(new(c.X - part.X, c.Y - part.Y, c.Z - part.Z));
                }
            });
        }
        SplineResampler.CastTo(source.VoxelType, voxels);
        return new WorkingImage(grid, source.VoxelType, voxels);
    }

    private static bool IsInside(Vector3D c, VolumeSize size) =>
        c.X >= -0.5 && c.X < size.X - 0.5 && c.Y >= -0.5 && c.Y < size.Y - 0.5 && c.Z >= -0.5 && c.Z < size.Z - 0.5;
}
