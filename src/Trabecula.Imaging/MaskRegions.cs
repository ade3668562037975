namespace Trabecula.Imaging;

/// <summary>What a mask holds of one label.</summary>
/// <param name="Label">The label; never 0.</param>
/// <param name="VoxelCount">Voxels with this label.</param>
/// <param name="Box">The smallest box around them.</param>
/// <param name="IndexSum">Sums of their x, y and z indices: divided by the count, the index of the centre of mass.</param>
public sealed record MaskRegion(uint Label, long VoxelCount, VoxelBox Box, (long X, long Y, long Z) IndexSum)
{
    /// <summary>Mean index of the voxels along x, y and z.</summary>
    public Vector3D CenterOfMassIndex => new(
        IndexSum.X / (double)VoxelCount, IndexSum.Y / (double)VoxelCount, IndexSum.Z / (double)VoxelCount);
}

/// <summary>All labels of a mask.</summary>
/// <param name="Regions">The labels in ascending order, without 0.</param>
/// <param name="HasOneValue">Whether every voxel has the same label, which may be 0: PyRadiomics refuses such a mask.</param>
public sealed record MaskRegions(IReadOnlyList<MaskRegion> Regions, bool HasOneValue)
{
    /// <summary>The region of a label, or null where no voxel has it.</summary>
    public MaskRegion? Find(uint label)
    {
        foreach (MaskRegion region in Regions)
        {
            if (region.Label == label)
                return region;
        }
        return null;
    }
}
