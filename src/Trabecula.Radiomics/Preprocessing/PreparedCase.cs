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

    private PreparedCase(PreparedCase other, VoxelBox box, byte[] mask)
    {
        (_source, _extent, ExtentGeometry, Box, Mask) = (other._source, other._extent, other.ExtentGeometry, box, mask);
        (Interpolated, Corrected) = (other.Interpolated, other.Corrected);
        VoxelCount = CountOf(mask);
    }

    /// <summary>Another region of the same extent.</summary>
    public PreparedCase WithRegion(VoxelBox box, byte[] mask) => new(this, box, mask);

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
    public ImageRegion Region(FilterReach reach) => reach switch
    {
        FilterReach.Everything => new(Extent, Box),
        FilterReach.Voxel when _extent is null => new(_source!.Read(Box, Mask), Box.Within(Box)),
        FilterReach.Voxel => new(_extent, Box),
        FilterReach.Neighbours => Around(1),
        _ => AroundPeriodic(PeriodicMargin),
    };

    /// <summary>The box with a margin, cut off at the extent's border: for filters that continue the image there by a rule of their own.</summary>
    public ImageRegion Around(int margin)
    {
        if (_extent is not null)
            return new(_extent, Box);
        VoxelBox part = Box.Expand(margin, ExtentGeometry.Size);
        return new(_source!.Read(part), Box.Within(part));
    }

    /// <summary>The box with a margin where that lies within the extent, else the whole extent: for filters that continue it periodically.</summary>
    public ImageRegion AroundPeriodic(int margin) =>
        Box.FitsWithMargin(margin, ExtentGeometry.Size) ? Around(margin) : new(Extent, Box);

    /// <summary>The largest magnitude of the extent, which some filters scale by.</summary>
    public double LargestMagnitude()
    {
        double largest = 0;
        if (_extent is not null)
        {
            foreach (double voxel in _extent.Voxels)
                largest = Math.Max(largest, Math.Abs(voxel));
            return largest;
        }
        VolumeSize size = ExtentGeometry.Size;
        var row = new double[size.X];
        for (int z = 0; z < size.Z; z++)
        {
            for (int y = 0; y < size.Y; y++)
            {
                _source!.ReadRow(0, y, z, row);
                foreach (double voxel in row)
                    largest = Math.Max(largest, Math.Abs(voxel));
            }
        }
        return largest;
    }

    private static int CountOf(byte[] mask)
    {
        int count = 0;
        foreach (byte inside in mask) count += inside;
        return count;
    }
}
