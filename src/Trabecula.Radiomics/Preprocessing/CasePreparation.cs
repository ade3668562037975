using Trabecula.Imaging;
using Trabecula.Radiomics.Parameters;

namespace Trabecula.Radiomics.Preprocessing;

/// <summary>
/// PyRadiomics' way from a loaded image and mask to the region that features are computed on: normalise, resample (or keep the
/// file), check the mask and correct it where asked.
/// </summary>
internal sealed class CasePreparation
{
    private readonly ExtractionSettings _settings;
    private readonly Mask _mask;
    private readonly MaskRegions _labels;
    private readonly IntensitySource _source;

    /// <summary>Prepares what all labels of a case share.</summary>
    /// <param name="settings">The general settings.</param>
    /// <param name="image">The image as read.</param>
    /// <param name="mask">The mask as read.</param>
    /// <param name="statistics">Statistics of the whole image.</param>
    /// <param name="labels">The labels of the mask.</param>
    /// <exception cref="RadiomicsException">The image cannot be normalised.</exception>
    public CasePreparation(ExtractionSettings settings, Volume image, Mask mask, IntensityStatistics statistics, MaskRegions labels)
    {
        (_settings, _mask, _labels) = (settings, mask, labels);
        _source = IntensitySource.Of(image, IntensityNormalization.From(settings, statistics, image.Geometry));
    }

    /// <summary>Prepares the region of one label.</summary>
    /// <exception cref="RadiomicsException">The mask does not fit the image, or the region its limits.</exception>
    public PreparedCase Prepare(uint label)
    {
        MaskRegion region = MaskCheck.RequireLabel(_labels, label);
        PreparedCase prepared = _settings.ResampledPixelSpacingMm is null || _settings.Interpolator is null ? Keep(region) : Resample(region);
        MaskCheck.RequireExtent(_settings, prepared.Box, prepared.VoxelCount);
        return prepared;
    }

    /// <summary>The region that <c>resegmentRange</c> leaves; the same region where it is not given.</summary>
    /// <exception cref="RadiomicsException">Too little is left.</exception>
    public PreparedCase Resegment(PreparedCase prepared)
    {
        if (_settings.ResegmentRange is null)
            return prepared;
        PreparedCase left = Resegmentation.Apply(prepared, _settings);
        MaskCheck.RequireExtent(_settings, left.Box, left.VoxelCount);
        return left;
    }

    private PreparedCase Keep(MaskRegion region)
    {
        VolumeGeometry image = _source.Geometry, mask = _mask.Geometry;
        if (MaskCheck.Mismatch(image, mask, _settings.GeometryTolerance) is not string mismatch)
            return Crop(region.Box, NearestNeighbour.Cut(_mask, region));
        if (!_settings.CorrectMask) throw MaskCheck.Refusal(mismatch);
        MaskCheck.RequireInside(image, mask, region.Box);
        (VoxelBox box, byte[] inside) = Shrink(OnGrid(region, image), region.Label, image);
        // After preCrop PyRadiomics checks a mask that is corrected already, and does not report it.
        return _settings.PreCrop ? Crop(box, inside) : new PreparedCase(_source, box, inside) { Corrected = true };
    }

    /// <summary>The file, or with <c>preCrop</c> the region's box and a margin of it.</summary>
    private PreparedCase Crop(VoxelBox box, byte[] inside)
    {
        if (!_settings.PreCrop)
            return new PreparedCase(_source, box, inside);
        VoxelBox extent = box.Expand(_settings.PadDistance, _source.Geometry.Size);
        return new PreparedCase(_source.Read(extent), box.Within(extent), inside);
    }

    private PreparedCase Resample(MaskRegion region)
    {
        VolumeGeometry image = _source.Geometry, mask = _mask.Geometry;
        MaskCheck.RequireInside(image, mask, region.Box);
        Vector3D spacing = ResamplingGrid.Spacing(_settings, mask, region.Box);
        if (ResamplingGrid.IsImageSpacing(image, spacing))
        {
            (VoxelBox box, byte[] inside) = Shrink(OnGrid(region, image), region.Label, image);
            VoxelBox extent = box.Expand(_settings.PadDistance, image.Size);
            return new PreparedCase(_source.Read(extent), box.Within(extent), inside) { Interpolated = true };
        }
        VolumeGeometry grid = ResamplingGrid.Around(mask, region.Box, spacing, _settings.PadDistance);
        (VoxelBox newBox, byte[] newInside) = Shrink(OnGrid(region, grid), region.Label, grid);
        return new PreparedCase(ImageResampler.Resample(_source, grid, _settings.Interpolator!.Value), newBox, newInside) { Interpolated = true };
    }

    private RegionOnGrid OnGrid(MaskRegion region, VolumeGeometry grid) =>
        NearestNeighbour.Reach(region.Box, _mask.Geometry, grid) is VoxelBox part
            ? NearestNeighbour.Resample(_mask, region, grid, part)
            : throw Lost(region.Label, grid);

    private static (VoxelBox Box, byte[] Inside) Shrink(RegionOnGrid region, uint label, VolumeGeometry grid) =>
        region.Inside.AsSpan().Contains((byte)1) ? RegionOnGrid.Shrink(region.Inside, region.Part) : throw Lost(label, grid);

    private static RadiomicsException Lost(uint label, VolumeGeometry grid) => new(ExtractionStage.MaskCheck,
        FormattableString.Invariant($"Label {label} takes no voxel of the grid with spacing {grid.SpacingMm} mm: the region is too small."),
        "Resample more finely or draw a larger region.");
}
