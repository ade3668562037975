using Trabecula.Imaging;
using Trabecula.Radiomics.Parameters;

namespace Trabecula.Radiomics.Preprocessing;

/// <summary>PyRadiomics' <c>resegmentRange</c>: the region keeps the voxels whose unfiltered intensity lies in a closed range.</summary>
internal static class Resegmentation
{
    /// <summary>The region that is left, in its own, smaller box.</summary>
    /// <exception cref="RadiomicsException">At most one voxel is left.</exception>
    public static PreparedCase Apply(PreparedCase prepared, ExtractionSettings settings)
    {
        ImageRegion region = prepared.Region(FilterReach.Voxel);
        WorkingImage image = region.Image.Crop(region.Box);
        (double lower, double upper) = Bounds(image, prepared.Mask, settings);
        var inside = new byte[prepared.Mask.Length];
        int left = 0;
        for (int i = 0; i < inside.Length; i++)
        {
            if (prepared.Mask[i] != 0 && image.Voxels[i] >= lower && image.Voxels[i] <= upper)
            {
                inside[i] = 1;
                left++;
            }
        }
        if (left <= 1)
        {
            throw new RadiomicsException(ExtractionStage.MaskCheck,
                FormattableString.Invariant($"Resegmentation to {lower:R} to {upper:R} leaves {left} of the region's {prepared.VoxelCount} voxels."),
                "Widen 'resegmentRange', and check that it is in the units of 'resegmentMode' (after normalisation, if there is one).");
        }
        (VoxelBox box, byte[] shrunk) = RegionOnGrid.Shrink(inside, prepared.Box);
        return prepared.WithRegion(box, shrunk);
    }

    private static (double Lower, double Upper) Bounds(WorkingImage image, byte[] mask, ExtractionSettings settings)
    {
        double[] range = [.. settings.ResegmentRange!.Order()];
        double[] voxels = [.. image.Voxels.Where((_, i) => mask[i] != 0)];
        bool single = image.VoxelType == VoxelType.Float32;
        switch (settings.ResegmentMode)
        {
            case ResegmentMode.Relative:
                double maximum = voxels.Max();
                range = [.. range.Select(part => maximum * part)];
                break;
            case ResegmentMode.Sigma:
                (double mean, double deviation) = single ? PairwiseSum.StatisticsSingle(voxels) : PairwiseSum.Statistics(voxels);
                range = [.. range.Select(sigmas => mean + deviation * sigmas)];
                break;
        }
        // NumPy compares an array of single precision with a number in single precision.
        if (single)
            range = [.. range.Select(bound => (double)(float)bound)];
        return (range[0], range.Length == 2 ? range[1] : double.PositiveInfinity);
    }
}
