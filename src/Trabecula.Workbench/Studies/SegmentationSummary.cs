using Trabecula.Imaging;
using Trabecula.Imaging.Masks;
using Trabecula.Workbench.Reports;
using Trabecula.Workbench.Studies.Plans;

namespace Trabecula.Workbench.Studies;

/// <summary>A segmentation as the report shows it: slices through its middle.</summary>
/// <param name="Caption">What the plan says about the case.</param>
/// <param name="Slices">The slices.</param>
public sealed record SegmentationSummary(string Caption, IReadOnlyList<SlicePicture> Slices)
{
    /// <summary>Reads the case that a plan names.</summary>
    /// <exception cref="StudyException">The image or its mask cannot be read, or the mask is empty.</exception>
    internal static SegmentationSummary? Of(PlanReadout readout, CancellationToken cancellationToken)
    {
        if (readout.Plan.Predictors.Radiomic?.Example is not { } example)
            return null;
        try
        {
            string image = readout.PathOf(example.Image), mask = readout.PathOf(example.Mask);
            Volume volume = VolumeFile.Read(image, cancellationToken);
            Segmentation segmentation = MaskFile.Read(mask, volume.Geometry, cancellationToken);
            return new SegmentationSummary(example.Caption, [.. Enum.GetValues<SlicePlane>().Select(plane => SlicePicture.Of(volume, segmentation.Layers[0], plane))]);
        }
        catch (ImagingException fault)
        {
            throw new StudyException($"predictors.radiomic.example: {fault.Message}", fault);
        }
    }
}
