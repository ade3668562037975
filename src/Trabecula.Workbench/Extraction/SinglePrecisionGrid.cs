using System.Numerics;
using Trabecula.Imaging;
using Trabecula.Imaging.Masks;

namespace Trabecula.Workbench.Extraction;

/// <summary>
/// NIfTI keeps positions as 32-bit floats, DICOM as decimals: a mask drawn on a DICOM series and saved as NIfTI lies on the same grid but for
/// that rounding, which is more than the tolerance of PyRadiomics' check allows far from the scanner's centre.
/// </summary>
internal static class SinglePrecisionGrid
{
    // One unit in the last place of a 32-bit float; spacing and cosines come from products of rounded numbers.
    private const double Place = 1.0 / (1 << 23), Product = 4 * Place, Cosine = 1e-6;

    /// <summary>The label volume on the image's grid where rounding alone tells the grids apart; else null.</summary>
    public static Segmentation? Put(Segmentation mask, VolumeGeometry image)
    {
        VolumeGeometry grid = mask.Layers[0].Geometry;
        return mask.Segments.Count == 0 && mask.Layers.Count == 1 && grid != image && IsRounded(grid, image)
            ? MaskFile.Of(mask.Layers[0].Labels.Accept(new Moved(image))) : null;
    }

    private static bool IsRounded(VolumeGeometry mask, VolumeGeometry image)
    {
        if (mask.Size != image.Size)
            return false;
        for (int axis = 0; axis < 3; axis++)
        {
            if (Math.Abs(mask.OriginMm[axis] - image.OriginMm[axis]) > Place * Math.Abs(image.OriginMm[axis])
                || Math.Abs(mask.SpacingMm[axis] - image.SpacingMm[axis]) > Product * image.SpacingMm[axis])
                return false;
            for (int column = 0; column < 3; column++)
            {
                if (Math.Abs(mask.Direction[axis, column] - image.Direction[axis, column]) > Cosine)
                    return false;
            }
        }
        return true;
    }

    private readonly struct Moved(VolumeGeometry image) : IVolumeOperation<Volume>
    {
        public Volume Run<T>(Volume<T> volume) where T : unmanaged, INumber<T> => Volume.Create(image, volume.Voxels.ToArray());
    }
}
