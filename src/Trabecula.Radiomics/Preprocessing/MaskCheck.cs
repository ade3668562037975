using Trabecula.Imaging;
using Trabecula.Radiomics.Parameters;

namespace Trabecula.Radiomics.Preprocessing;

/// <summary>PyRadiomics' checks of a mask against its image and of a region against its limits.</summary>
internal static class MaskCheck
{
    /// <summary>PyRadiomics' tolerance, in voxels, for a region that reaches to the image's border.</summary>
    private const double BorderTolerance = 1e-3;

    /// <summary>The region of a label.</summary>
    /// <exception cref="RadiomicsException">The mask holds one value only, or not this label.</exception>
    public static MaskRegion RequireLabel(MaskRegions mask, uint label)
    {
        // PyRadiomics counts distinct values and refuses a single one even when it is the label.
        if (mask.HasOneValue)
        {
            throw mask.Regions.Count == 0
                ? new RadiomicsException(ExtractionStage.MaskCheck,
                    "No labels found in this mask: every voxel is 0, or below 1, which counts as 0.",
                    "Give the mask in which the region is drawn; if it holds probabilities or shares, threshold it to whole labels first.")
                : new RadiomicsException(ExtractionStage.MaskCheck,
                    $"No labels found in this mask: every voxel is {mask.Regions[0].Label}, there is no background.",
                    "PyRadiomics refuses a mask without background; pad image and mask by a voxel of 0.");
        }
        return mask.Find(label) ?? throw new RadiomicsException(ExtractionStage.MaskCheck,
            $"Label {label} is not in this mask.", Choose(mask));
    }

    private static string Choose(MaskRegions mask)
    {
        const int shown = 20, usual = 1000;
        int count = mask.Regions.Count;
        string labels = string.Join(", ", mask.Regions.Take(shown).Select(region => region.Label));
        return (count > shown ? FormattableString.Invariant($"Choose one of its {count} labels: {labels}, and {count - shown} more.") : $"Choose one of its labels: {labels}.")
            + (count > usual ? " So many labels look like an image: are image and mask swapped?" : "");
    }

    /// <summary>
    /// What differs between the geometries, or null: sizes, origins and spacings (within the tolerance times the image's first
    /// spacing, as ITK scales it) and directions (within the tolerance).
    /// </summary>
    public static string? Mismatch(VolumeGeometry image, VolumeGeometry mask, double? geometryTolerance)
    {
        double tolerance = geometryTolerance ?? 1e-6, millimetres = Math.Abs(tolerance * image.SpacingMm.X);
        if (image.Size != mask.Size) return $"the mask has {mask.Size} voxels, the image {image.Size}";
        if (!Near(image.OriginMm, mask.OriginMm, millimetres)) return $"the mask's origin is {mask.OriginMm} mm, the image's {image.OriginMm} mm";
        if (!Near(image.SpacingMm, mask.SpacingMm, millimetres)) return $"the mask's spacing is {mask.SpacingMm} mm, the image's {image.SpacingMm} mm";
        for (int row = 0; row < 3; row++)
        {
            for (int column = 0; column < 3; column++)
            {
                if (!(Math.Abs(image.Direction[row, column] - mask.Direction[row, column]) <= tolerance))
                    return FormattableString.Invariant(
                        $"their direction cosines differ by {Math.Abs(image.Direction[row, column] - mask.Direction[row, column]):R} along voxel axis {column}");
            }
        }
        return null;
    }

    /// <summary>The refusal of a mask whose geometry is not the image's.</summary>
    public static RadiomicsException Refusal(string mismatch) => new(ExtractionStage.MaskCheck,
        $"Image and mask do not lie on the same grid: {mismatch}.",
        "Check that the mask belongs to this image; if it does, set 'correctMask: true' (puts the mask on the image's grid), 'resampledPixelSpacing', or a larger 'geometryTolerance'.");

    /// <summary>Refuses a region that reaches beyond the image.</summary>
    /// <exception cref="RadiomicsException">The region's box is not within the image.</exception>
    public static void RequireInside(VolumeGeometry image, VolumeGeometry mask, VoxelBox region)
    {
        Vector3D Corner(double x, double y, double z) =>
            GridMapping.PointToIndex(image, GridMapping.ContinuousIndexToPoint(mask, new(x, y, z)));
        Vector3D a = Corner(region.X - 0.5, region.Y - 0.5, region.Z - 0.5);
        Vector3D b = Corner(region.Last(0) + 0.5, region.Last(1) + 0.5, region.Last(2) + 0.5);
        for (int axis = 0; axis < 3; axis++)
        {
            double lower = Math.Min(a[axis], b[axis]), upper = Math.Max(a[axis], b[axis]);
            if (lower < -0.5 - BorderTolerance || upper > image.Size[axis] - 0.5 + BorderTolerance)
                throw new RadiomicsException(ExtractionStage.MaskCheck,
                    FormattableString.Invariant(
                        $"The region reaches beyond the image: along voxel axis {"xyz"[axis]} it spans {lower:0.###} to {upper:0.###}, the image -0.5 to {image.Size[axis] - 0.5:0.###}."),
                    "Check that the mask belongs to this image, or crop the region to it.");
        }
    }

    /// <summary>Refuses a region that is too flat or too small.</summary>
    /// <exception cref="RadiomicsException">The region has a single voxel, too few dimensions or too few voxels.</exception>
    public static void RequireExtent(ExtractionSettings settings, VoxelBox region, long count)
    {
        if (region.Dimensions == 0)
            throw new RadiomicsException(ExtractionStage.MaskCheck,
                "The region is a single voxel: features need more.", "Draw a larger region or resample more finely.");
        if (region.Dimensions < settings.MinimumRoiDimensions)
            throw new RadiomicsException(ExtractionStage.MaskCheck,
                FormattableString.Invariant(
                    $"The region extends along {region.Dimensions} of 3 axes (its box is {region.Size} voxels), fewer than the {settings.MinimumRoiDimensions} that 'minimumROIDimensions' asks for."),
                "Draw a larger region, resample more finely, or lower 'minimumROIDimensions'.");
        if (settings.MinimumRoiSize is int minimum && count <= minimum)
            throw new RadiomicsException(ExtractionStage.MaskCheck,
                FormattableString.Invariant($"The region has {count} voxels; 'minimumROISize' asks for more than {minimum}."),
                "Draw a larger region, resample more finely, or lower 'minimumROISize'.");
    }

    private static bool Near(Vector3D a, Vector3D b, double tolerance) =>
        Math.Abs(a.X - b.X) <= tolerance && Math.Abs(a.Y - b.Y) <= tolerance && Math.Abs(a.Z - b.Z) <= tolerance;
}
