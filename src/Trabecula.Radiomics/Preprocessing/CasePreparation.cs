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
        PreparedCase prepared = _settings.ResampledPixelSpacingMm is null ? Keep(region) : Resample(region);
        MaskCheck.RequireExtent(_settings, prepared.Box, prepared.VoxelCount);
        return prepared;
    }

    private PreparedCase Keep(MaskRegion region)
    {
        VolumeGeometry image = _source.Geometry, mask = _mask.Geometry;
        if (MaskCheck.Mismatch(image, mask, _settings.GeometryTolerance) is not string mismatch)
            return new PreparedCase(_source, region.Box, NearestNeighbour.Cut(_mask, region));
        if (!_settings.CorrectMask) throw MaskCheck.Refusal(mismatch);
        MaskCheck.RequireInside(image, mask, region.Box);
        (VoxelBox box, byte[] inside) = Shrink(OnGrid(region, image), region.Label, image);
        return new PreparedCase(_source, box, inside) { Corrected = true };
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
        return new PreparedCase(SplineResampler.Resample(_source, grid), newBox, newInside) { Interpolated = true };
    }

    private RegionOnGrid OnGrid(MaskRegion region, VolumeGeometry grid) =>
        NearestNeighbour.Reach(region.Box, _mask.Geometry, grid) is VoxelBox part
            ? NearestNeighbour.Resample(_mask, region, grid, part)
            : throw Lost(region.Label, grid);

    /// <summary>Cuts a resampled region to its own box.</summary>
    private static (VoxelBox Box, byte[] Inside) Shrink(RegionOnGrid region, uint label, VolumeGeometry grid)
    {
        VolumeSize size = region.Part.Size;
        (int X, int Y, int Z) first = (int.MaxValue, int.MaxValue, int.MaxValue), last = (-1, -1, -1);
        for (int z = 0; z < size.Z; z++)
        {
            for (int y = 0; y < size.Y; y++)
            {
                ReadOnlySpan<byte> row = region.Inside.AsSpan((z * size.Y + y) * size.X, size.X);
                int start = row.IndexOf((byte)1);
                if (start < 0) continue;
                int end = row.LastIndexOf((byte)1);
                first = (Math.Min(first.X, start), Math.Min(first.Y, y), Math.Min(first.Z, z));
                last = (Math.Max(last.X, end), Math.Max(last.Y, y), Math.Max(last.Z, z));
            }
        }
        if (last.X < 0) throw Lost(label, grid);
        VoxelBox box = VoxelBox.Between(first, last);
        var inside = new byte[box.Count];
        for (int z = 0; z < box.Size.Z; z++)
        {
            for (int y = 0; y < box.Size.Y; y++)
                region.Inside.AsSpan(((box.Z + z) * size.Y + box.Y + y) * size.X + box.X, box.Size.X).CopyTo(inside.AsSpan((z * box.Size.Y + y) * box.Size.X));
        }
        return (new VoxelBox(box.X + region.Part.X, box.Y + region.Part.Y, box.Z + region.Part.Z, box.Size), inside);
    }

    private static RadiomicsException Lost(uint label, VolumeGeometry grid) => new(ExtractionStage.MaskCheck,
        FormattableString.Invariant($"Label {label} takes no voxel of the grid with spacing {grid.SpacingMm} mm: the region is too small."),
        "Resample more finely or draw a larger region.");
}
