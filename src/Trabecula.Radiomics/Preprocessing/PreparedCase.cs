using Trabecula.Imaging;

namespace Trabecula.Radiomics.Preprocessing;

/// <summary>An image around a region, and where the region's box lies in it.</summary>
internal readonly record struct ImageRegion(WorkingImage Image, VoxelBox Box);

/// <summary>How far around a voxel a filter looks.</summary>
internal enum FilterReach
{
    /// <summary>The voxel alone.</summary>
    Voxel,
    /// <summary>Direct neighbours; edge voxels are repeated beyond the border.</summary>
    Neighbours,
    /// <summary>A few voxels; the image goes on periodically beyond the border.</summary>
    Periodic,
    /// <summary>All voxels.</summary>
    Everything,
}

/// <summary>
/// A region and its image after normalisation, resampling and the mask checks: what filters and features start from. The extent
/// is what PyRadiomics' filters see: the padded box with resampling, the whole file without.
/// </summary>
internal sealed class PreparedCase
{
    /// <summary>Voxels that the wavelet reaches to the one and the other side, the larger of the two.</summary>
    private const int PeriodicMargin = 3;

    private readonly IntensitySource? _source;
    private WorkingImage? _extent;

    /// <summary>A region whose extent is computed already.</summary>
    public PreparedCase(WorkingImage extent, VoxelBox box, byte[] mask)
    {
        (_extent, ExtentGeometry, Box, Mask) = (extent, extent.Geometry, box, mask);
        VoxelCount = CountOf(mask);
    }

    /// <summary>A region whose extent is a whole file, read where it is needed.</summary>
    public PreparedCase(IntensitySource source, VoxelBox box, byte[] mask)
    {
        (_source, ExtentGeometry, Box, Mask) = (source, source.Geometry, box, mask);
        VoxelCount = CountOf(mask);
    }

    /// <summary>Geometry of the extent.</summary>
    public VolumeGeometry ExtentGeometry { get; }

    /// <summary>The region's bounding box in the extent.</summary>
    public VoxelBox Box { get; }

    /// <summary>The region within its box, x fastest: 1 inside, 0 outside.</summary>
    public byte[] Mask { get; }

    /// <summary>Voxels of the region.</summary>
    public int VoxelCount { get; }

    /// <summary>Whether PyRadiomics writes its <c>interpolated</c> diagnostics: resampling was asked for, if only to crop.</summary>
    public bool Interpolated { get; init; }

    /// <summary>Whether PyRadiomics writes its <c>corrected</c> diagnostics: the mask was put on the image's grid.</summary>
    public bool Corrected { get; init; }

    /// <summary>The image of the whole extent.</summary>
    public WorkingImage Extent => _extent ??= _source!.Read(VoxelBox.Whole(ExtentGeometry.Size));

    /// <summary>An image large enough that a filter gives the same values in the region's box as on the whole extent.</summary>
    public ImageRegion Region(FilterReach reach)
    {
        VolumeSize size = ExtentGeometry.Size;
        if (_extent is not null || reach == FilterReach.Everything
            || (reach == FilterReach.Periodic && !Box.FitsWithMargin(PeriodicMargin, size)))
            return new(Extent, Box);
        if (reach == FilterReach.Voxel)
            return new(_source!.Read(Box, Mask), Box.Within(Box));
        VoxelBox part = Box.Expand(reach switch { FilterReach.Neighbours => 1, _ => PeriodicMargin }, size);
        return new(_source!.Read(part), Box.Within(part));
    }

    private static int CountOf(byte[] mask)
    {
        int count = 0;
        foreach (byte inside in mask) count += inside;
        return count;
    }
}
