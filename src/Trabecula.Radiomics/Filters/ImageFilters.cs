using System.Globalization;
using Trabecula.Imaging;
using Trabecula.Radiomics.Parameters;
using Trabecula.Radiomics.Preprocessing;

namespace Trabecula.Radiomics.Filters;

/// <summary>The images of an image type, in PyRadiomics' order and under its names.</summary>
internal static class ImageFilters
{
    /// <summary>
    /// Computes the images one by one, as they are asked for. What PyRadiomics leaves out with a warning is left out, and its
    /// reason added to the warnings.
    /// </summary>
    public static IEnumerable<FilteredImage> Apply(PreparedCase prepared, ImageTypeSelection type, ICollection<string> warnings) => type switch
    {
        OriginalImageType => [new("original", Original(prepared))],
        LogImageType log => Log(prepared, log, warnings),
        WaveletImageType wavelet => Wavelet(prepared, wavelet),
        GradientImageType gradient => [new("gradient", Gradient(prepared, gradient.UseSpacing))],
        PointwiseImageType pointwise => [new(PointwiseFilter.NameOf(pointwise.Function), PointwiseFilter.Apply(Original(prepared), pointwise.Function, prepared.LargestMagnitude()))],
        Lbp2DImageType lbp => [new("lbp-2D", PlanarBinaryPattern(prepared, lbp))],
        Lbp3DImageType lbp => new SphericalBinaryPattern(lbp).Apply(prepared),
        _ => throw new ArgumentException($"Image type {type.GetType().Name} is not known.", nameof(type)),
    };

    private static WorkingImage Original(PreparedCase prepared)
    {
        ImageRegion region = prepared.Region(FilterReach.Voxel);
        return region.Image.Crop(region.Box);
    }

    private static WorkingImage Gradient(PreparedCase prepared, bool useSpacing)
    {
        ImageRegion region = prepared.Region(FilterReach.Neighbours);
        return GradientMagnitude.Apply(region.Image, region.Box, useSpacing);
    }

    private static WorkingImage PlanarBinaryPattern(PreparedCase prepared, Lbp2DImageType type)
    {
        ImageRegion region = prepared.Around((int)Math.Ceiling(type.Radius) + 1);
        return LocalBinaryPattern.Apply(region.Image, region.Box, type);
    }

    private static IEnumerable<FilteredImage> Wavelet(PreparedCase prepared, WaveletImageType type)
    {
        if (type is { Wavelet: StationaryWavelet.Name, StartLevel: 0, Levels: 1, Settings.Force2D: false })
        {
            ImageRegion near = prepared.Region(FilterReach.Periodic);
            return StationaryWavelet.Apply(near.Image, near.Box).Select(s => new FilteredImage($"wavelet-{s.Letters}", s.Image));
        }
        WaveletFilters filters = WaveletFilters.Of(type.Wavelet);
        int levels = type.StartLevel + type.Levels;
        int[] axes = WaveletNames.Axes(type.Settings);
        ImageRegion region = prepared.AroundPeriodic(levels * (filters.Length / 2));
        return region.Image.VoxelType == VoxelType.Float32
            ? new WaveletTransform<float>(region.Image, region.Box, [filters.LowSingle, filters.HighSingle], axes, VoxelType.Float32).Apply(region.Image, type.StartLevel, type.Levels)
            : new WaveletTransform<double>(region.Image, region.Box, [filters.Low, filters.High], axes, VoxelType.Float64).Apply(region.Image, type.StartLevel, type.Levels);
    }

    private static IEnumerable<FilteredImage> Log(PreparedCase prepared, LogImageType type, ICollection<string> warnings)
    {
        var geometry = prepared.ExtentGeometry;
        if (Math.Min(Math.Min(geometry.Size.X, geometry.Size.Y), geometry.Size.Z) < LaplacianOfGaussian.ShortestAxis)
        {
            warnings.Add($"No LoG image: the image of {geometry.Size} voxels is shorter than {LaplacianOfGaussian.ShortestAxis} voxels along an axis.");
            yield break;
        }
        foreach (LogSigma sigma in type.Sigmas)
        {
            if (!(sigma.Mm > 0))
            {
                warnings.Add($"No LoG image for sigma {sigma.Text}: it must be above 0.");
                continue;
            }
            if (!LaplacianOfGaussian.Fits(geometry, sigma.Mm))
            {
                warnings.Add(string.Create(CultureInfo.InvariantCulture,
                    $"No LoG image for sigma {sigma.Text} mm: the image of {geometry.Size} voxels of {geometry.SpacingMm} mm is too small for it."));
                continue;
            }
            ImageRegion region = prepared.Region(FilterReach.Everything);
            yield return new(sigma.ImageName, LaplacianOfGaussian.Apply(region.Image, region.Box, sigma.Mm));
        }
    }
}
