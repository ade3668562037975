using Trabecula.Imaging;
using Trabecula.Radiomics.Parameters;

namespace Trabecula.Radiomics.Preprocessing;

/// <summary>PyRadiomics' resampling grid: the region's box with a padding, corner-aligned with the mask's grid.</summary>
internal static class ResamplingGrid
{
    /// <summary>
    /// The spacing to resample to: 0 stands for the mask's spacing, and an axis on which the region is one voxel thick keeps it.
    /// </summary>
    public static Vector3D Spacing(ExtractionSettings settings, VolumeGeometry mask, VoxelBox region)
    {
        Vector3D asked = settings.ResampledPixelSpacingMm!.Value;
        double Along(int axis) => asked[axis] == 0 || region.Size[axis] == 1 ? mask.SpacingMm[axis] : asked[axis];
        return new(Along(0), Along(1), Along(2));
    }

    /// <summary>Whether the image has this spacing already (NumPy's allclose, in its argument order).</summary>
    public static bool IsImageSpacing(VolumeGeometry image, Vector3D spacing)
    {
        bool Along(int axis) => Math.Abs(image.SpacingMm[axis] - spacing[axis]) <= 1e-8 + 1e-5 * Math.Abs(spacing[axis]);
        return Along(0) && Along(1) && Along(2);
    }

    /// <summary>The grid for a region of a mask.</summary>
    /// <param name="mask">The mask's geometry.</param>
    /// <param name="region">The box of the label in the mask.</param>
    /// <param name="spacing">The new spacing in millimetres.</param>
    /// <param name="padDistance">New voxels kept around the region.</param>
    public static VolumeGeometry Around(VolumeGeometry mask, VoxelBox region, Vector3D spacing, int padDistance)
    {
        Span<double> originIndex = stackalloc double[3];
        Span<double> count = stackalloc double[3];
        Span<int> size = stackalloc int[3];
        for (int axis = 0; axis < 3; axis++)
        {
            double ratio = mask.SpacingMm[axis] / spacing[axis];
            double lower = Math.Floor((region.First(axis) - 0.5) * ratio - padDistance);
            double upper = Math.Ceiling((region.First(axis) + region.Size[axis] - 0.5) * ratio + padDistance);
            double last = Math.Ceiling(mask.Size[axis] * ratio) - 1;
            if (lower < 0) lower = 0;
            if (upper > last) upper = last;
            count[axis] = upper - lower + 1;
            size[axis] = (int)count[axis];
            originIndex[axis] = 0.5 * (spacing[axis] - mask.SpacingMm[axis]) / mask.SpacingMm[axis] + lower / ratio;
        }
        // In double, because a spacing from a damaged header can take the product beyond 64 bits.
        if (!(count[0] * count[1] * count[2] <= Array.MaxLength))
            throw new RadiomicsException(ExtractionStage.Resampling,
                FormattableString.Invariant($"Resampling to {spacing} mm would give {count[0]} x {count[1]} x {count[2]} voxels, too many to hold."),
                "Set a coarser 'resampledPixelSpacing'.");
        Vector3D origin = GridMapping.ContinuousIndexToPoint(mask, new(originIndex[0], originIndex[1], originIndex[2]));
        return new(new(size[0], size[1], size[2]), spacing, origin, mask.Direction);
    }
}
