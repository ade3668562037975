using Trabecula.Imaging;

namespace Trabecula.Radiomics;

/// <summary>An image of an extraction between its steps.</summary>
/// <param name="Name">
/// <c>image</c> and <c>mask</c> (normalised, resampled, resegmented), or the name of an image type, as in <c>wavelet-LLH</c>.
/// </param>
/// <param name="Image">
/// Its voxels. <c>image</c> and <c>mask</c> have the grid of the region's box with <c>padDistance</c> voxels of the file around it, cut off at the
/// border; the images that features are computed on have that of the box itself.
/// </param>
public sealed record CaseImage(string Name, Volume Image);

/// <summary>The images of one region.</summary>
/// <param name="Images">The images, computed one by one as they are asked for.</param>
/// <param name="Warnings">What was left out and why; complete when all images have been asked for.</param>
public sealed record CaseImages(IEnumerable<CaseImage> Images, IReadOnlyList<string> Warnings);
