using Trabecula.Imaging;
using Trabecula.Radiomics.Filters;
using Trabecula.Radiomics.Parameters;

namespace Trabecula.Radiomics.Preprocessing;

/// <summary>What an extraction sees of a region, as volumes to look at.</summary>
internal static class StageImages
{
    /// <summary>Image and mask after preparation, then every image that features are computed on.</summary>
    public static IEnumerable<CaseImage> Of(
        PreparedCase region, ExtractionParameters parameters, List<string> warnings, CancellationToken cancellationToken)
    {
        foreach (CaseImage prepared in Prepared(region, parameters.Settings))
            yield return prepared;
        foreach (FilteredImage filtered in parameters.ImageTypes.SelectMany(type => ImageFilters.Apply(region, type, warnings)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return Of(filtered);
        }
    }

    /// <summary>Image and mask after preparation.</summary>
    public static IEnumerable<CaseImage> Prepared(PreparedCase region, ExtractionSettings settings)
    {
        VolumeSize extent = region.ExtentGeometry.Size;
        VoxelBox box = region.Box, shown = region.Interpolated ? VoxelBox.Whole(extent) : box.Expand(settings.PadDistance, extent);
        yield return new CaseImage("image", VolumeOf(Part(region, shown)));
        byte[] mask = RegionOnGrid.Place(region.Mask, box, shown);
        yield return new CaseImage("mask", Volume.Create(shown.GeometryIn(region.ExtentGeometry), mask));
    }

    /// <summary>An image that features are computed on.</summary>
    public static CaseImage Of(FilteredImage filtered) => new(filtered.Name, VolumeOf(filtered.Image));

    private static WorkingImage Part(PreparedCase region, VoxelBox shown)
    {
        PreparedCase around = region.WithRegion(shown, RegionOnGrid.Place(region.Mask, region.Box, shown));
        ImageRegion part = around.Around(0);
        return part.Image.Crop(part.Box);
    }

    /// <summary>Voxels in 32 bits where they are exact in them; whole numbers keep their type.</summary>
    private static Volume VolumeOf(WorkingImage image) => image.VoxelType switch
    {
        VoxelType.Float64 or VoxelType.UInt64 or VoxelType.Int64 => Volume.Create(image.Geometry, image.Voxels),
        VoxelType.Float32 => Volume.Create(image.Geometry, Array.ConvertAll(image.Voxels, voxel => (float)voxel)),
        VoxelType.UInt8 => Volume.Create(image.Geometry, Array.ConvertAll(image.Voxels, voxel => (byte)voxel)),
        VoxelType.Int8 or VoxelType.Int16 => Volume.Create(image.Geometry, Array.ConvertAll(image.Voxels, voxel => (short)voxel)),
        VoxelType.UInt16 or VoxelType.Int32 => Volume.Create(image.Geometry, Array.ConvertAll(image.Voxels, voxel => (int)voxel)),
        _ => Volume.Create(image.Geometry, image.Voxels),
    };
}
