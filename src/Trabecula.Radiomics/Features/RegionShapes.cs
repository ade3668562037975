using Trabecula.Imaging;
using Trabecula.Radiomics.Features.Shape;
using Trabecula.Radiomics.Parameters;
using Trabecula.Radiomics.Preprocessing;

namespace Trabecula.Radiomics.Features;

/// <summary>The classes of the mask alone: which mask they take, and when PyRadiomics gives none.</summary>
internal static class RegionShapes
{
    /// <summary>Computes <c>shape</c> or <c>shape2D</c> and adds the values that are wanted in order.</summary>
    /// <param name="selection">The class.</param>
    /// <param name="settings">The general settings.</param>
    /// <param name="whole">The region before resegmentation.</param>
    /// <param name="resegmented">The region after it; the same where there is none.</param>
    /// <param name="region">The grid of <paramref name="resegmented"/>.</param>
    /// <param name="output">Receives the values.</param>
    /// <param name="warnings">Receives why there are none.</param>
    /// <exception cref="RadiomicsException">A region of several slices has no planar shape.</exception>
    public static void Compute(
        FeatureClassSelection selection, ExtractionSettings settings, PreparedCase whole, PreparedCase resegmented, RegionGrid region,
        List<FeatureValue> output, List<string> warnings)
    {
        VoxelBox box = resegmented.Box;
        // The mask before resegmentation, but cut to the box of the mask after it: so PyRadiomics does it.
        byte[] mask = settings.ResegmentShape || ReferenceEquals(whole, resegmented)
            ? resegmented.Mask
            : RegionOnGrid.Cut(whole.Mask, whole.Box.Size, box.Within(whole.Box));
        Vector3D spacing = whole.ExtentGeometry.SpacingMm;
        Span<double> values = stackalloc double[FeatureNames.Computed(selection.Class).Count];
        if (selection.Class == FeatureClass.Shape)
            ShapeFeatures.Compute(mask, ReferenceEquals(mask, resegmented.Mask) ? region : new RegionGrid(mask, box.Size.X, box.Size.Y, box.Size.Z), spacing, values);
        else if (!ComputePlanar(settings, box, mask, spacing, values, warnings))
            return;
        ImageFeatures.AddValues("original", selection, values, output);
    }

    private static bool ComputePlanar(
        ExtractionSettings settings, VoxelBox box, byte[] mask, Vector3D spacing, Span<double> values, List<string> warnings)
    {
        int across = settings.Force2DDimension;
        if (!settings.Force2D)
        {
            warnings.Add("No shape2D features: they need force2D: true.");
            return false;
        }
        // PyRadiomics' first look takes the array axis for a voxel axis; regions one voxel wide there get no features.
        if (box.Size[across] == 1)
        {
            warnings.Add(FormattableString.Invariant($"No shape2D features: the region is one voxel wide along voxel axis {"xyz"[across]}, which PyRadiomics refuses for force2Ddimension {across}."));
            return false;
        }
        int slices = box.Size[2 - across];
        if (slices > 1)
        {
            throw new RadiomicsException(ExtractionStage.Features,
                FormattableString.Invariant($"shape2D needs a region of one slice across force2Ddimension {across}; this one has {slices}."),
                "Leave shape2D out, or choose the force2Ddimension that the slice lies across (0 is z, 1 is y, 2 is x).");
        }
        (int column, int row) = across switch { 0 => (0, 1), 1 => (0, 2), _ => (1, 2) };
        // Without the one axis the box's memory order is that of the plane.
        PlanarShapeFeatures.Compute(mask, box.Size[column], box.Size[row], spacing[column], spacing[row], values);
        return true;
    }
}
