using Trabecula.Imaging;

namespace Trabecula.Radiomics;

/// <summary>A feature of the surroundings of each voxel (PyRadiomics' voxel-based extraction).</summary>
/// <param name="Name">Image type, class and feature, as in <c>original_glcm_Contrast</c>.</param>
/// <param name="Image">
/// One value a voxel, in double precision, on the grid of the region's box (after resampling, if there is one) with a margin of
/// <c>kernelRadius</c>; <c>initValue</c> outside the region.
/// </param>
public sealed record FeatureMap(string Name, Volume Image);

/// <summary>The feature maps of one region.</summary>
/// <param name="Diagnostics">Where the values come from, named as PyRadiomics names them.</param>
/// <param name="Maps">The maps in PyRadiomics' order; computed class by class as they are asked for, so that few are in memory at a time.</param>
/// <param name="Warnings">What was left out and why; complete when all maps have been asked for.</param>
public sealed record FeatureMaps(IReadOnlyList<Diagnostic> Diagnostics, IEnumerable<FeatureMap> Maps, IReadOnlyList<string> Warnings);
