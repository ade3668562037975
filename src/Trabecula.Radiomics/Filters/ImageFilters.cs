using System.Globalization;
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
        WaveletImageType => Wavelet(prepared),
        GradientImageType => [new("gradient", Gradient(prepared))],
        _ => throw new ArgumentException($"Image type {type.GetType().Name} is not known.", nameof(type)),
    };

    private static WorkingImage Original(PreparedCase prepared)
    {
        ImageRegion region = prepared.Region(FilterReach.Voxel);
        return region.Image.Crop(region.Box);
    }

    private static WorkingImage Gradient(PreparedCase prepared)
    {
        ImageRegion region = prepared.Region(FilterReach.Neighbours);
        return GradientMagnitude.Apply(region.Image, region.Box);
    }

    private static IEnumerable<FilteredImage> Wavelet(PreparedCase prepared)
    {
        ImageRegion region = prepared.Region(FilterReach.Periodic);
        return StationaryWavelet.Apply(region.Image, region.Box).Select(s => new FilteredImage($"wavelet-{s.Letters}", s.Image));
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
