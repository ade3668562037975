using Trabecula.Radiomics.Preprocessing;

namespace Trabecula.Radiomics.Filters;

/// <summary>An image that features are computed on, cut to the region's box.</summary>
/// <param name="Name">PyRadiomics' name, as in <c>wavelet-LLH</c>.</param>
/// <param name="Image">The intensities within the region's box.</param>
internal sealed record FilteredImage(string Name, WorkingImage Image);
