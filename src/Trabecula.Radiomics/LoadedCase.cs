using Trabecula.Imaging;
using Trabecula.Radiomics.Diagnostics;
using Trabecula.Radiomics.Features;
using Trabecula.Radiomics.Features.Maps;
using Trabecula.Radiomics.Filters;
using Trabecula.Radiomics.Parameters;
using Trabecula.Radiomics.Preprocessing;

namespace Trabecula.Radiomics;

/// <summary>
/// An image with its mask, ready for the extraction of any of its labels: what they share is computed once, hashes meanwhile on another
/// thread. Safe for use by several threads.
/// </summary>
public sealed class LoadedCase
{
    private readonly ExtractionParameters _parameters;
    private readonly Volume _image;
    private readonly Mask _mask;
    private readonly MaskRegions _regions;
    private readonly IntensityStatistics _statistics;
    private readonly CasePreparation _preparation;
    private readonly Task<(string Image, string Mask)> _hashes;

    internal LoadedCase(ExtractionParameters parameters, Volume image, Mask mask, CancellationToken cancellationToken)
    {
        (_parameters, _image, _mask) = (parameters, image, mask);
        _hashes = parameters.Settings.AdditionalInfo
            ? Task.Run(() => (VoxelHash.OfImage(image), VoxelHash.OfMask(mask)))
            : Task.FromResult(("", ""));
        _regions = mask.FindRegions(cancellationToken);
        _statistics = IntensityStatistics.Of(image);
        _preparation = new CasePreparation(parameters.Settings, image, mask, _statistics, _regions);
    }

    /// <summary>The labels that occur in the mask, ascending, without 0.</summary>
    public IReadOnlyList<uint> Labels => [.. _regions.Regions.Select(r => r.Label)];

    /// <summary>Computes the features of one label.</summary>
    /// <exception cref="RadiomicsException">The region or the image does not allow it.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; checked before each filtered image.</exception>
    public FeatureVector Extract(uint label, CancellationToken cancellationToken = default) => Extract(label, null, cancellationToken);

    /// <summary>Computes the features of one label, and shows the images that they are computed on: those of <see cref="ExtractImages"/>.</summary>
    /// <param name="label">The label.</param>
    /// <param name="onImage">Is given each image before features are computed on it, by one thread at a time; null where nobody looks.</param>
    /// <param name="cancellationToken">Checked before each filtered image.</param>
    /// <exception cref="RadiomicsException">The region or the image does not allow it.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public FeatureVector Extract(uint label, Action<CaseImage>? onImage, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        PreparedCase prepared = _preparation.Prepare(label), resegmented = _preparation.Resegment(prepared);
        var region = new RegionGrid(resegmented.Mask, resegmented.Box.Size.X, resegmented.Box.Size.Y, resegmented.Box.Size.Z);
        Vector3D spacing = resegmented.ExtentGeometry.SpacingMm;

        var warnings = new List<string>();
        var features = new List<FeatureValue>(1223);
        foreach (FeatureClassSelection selection in _parameters.FeatureClasses.Where(c => c.IsOfMaskAlone))
            RegionShapes.Compute(selection, _parameters.Settings, prepared, resegmented, region, features, warnings);
        FeatureClassSelection[] ofImages = [.. _parameters.FeatureClasses.Where(c => !c.IsOfMaskAlone)];
        foreach (CaseImage image in onImage is null ? [] : StageImages.Prepared(resegmented, _parameters.Settings))
            onImage!(image);
        if (ofImages.Length > 0)
            new SharedImages(region, spacing, ofImages, Filtered, cancellationToken).Compute(mayShare: _parameters.ImageTypes is not [OriginalImageType], features, warnings);
        else if (onImage is not null)
            _ = Filtered(warnings).Count();
        warnings.AddRange(MissingValues.Describe(features));
        return new FeatureVector(_parameters.Settings.AdditionalInfo ? Describe(label, prepared, resegmented, region) : [], features, warnings);

        IEnumerable<(FilteredImage Image, ImageTypeSelection Type)> Filtered(List<string> left)
        {
            foreach (ImageTypeSelection type in _parameters.ImageTypes)
            {
                foreach (FilteredImage image in ImageFilters.Apply(resegmented, type, left))
                {
                    onImage?.Invoke(StageImages.Of(image));
                    yield return (image, type);
                }
            }
        }
    }

    /// <summary>Prepares the feature maps of one label; the maps are computed as they are asked for. Classes of the mask alone have none.</summary>
    /// <exception cref="RadiomicsException">The region or the image does not allow it.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; checked between some voxels.</exception>
    public FeatureMaps ExtractMaps(uint label, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        PreparedCase prepared = _preparation.Prepare(label), resegmented = _preparation.Resegment(prepared);
        VoxelBox box = resegmented.Box, crop = box.Expand(_parameters.Settings.Voxel.KernelRadius, resegmented.ExtentGeometry.Size);
        PreparedCase cropped = resegmented.WithRegion(crop, RegionOnGrid.Place(resegmented.Mask, box, crop));
        var region = new RegionGrid(resegmented.Mask, box.Size.X, box.Size.Y, box.Size.Z);
        var warnings = new List<string>();
        return new FeatureMaps(_parameters.Settings.AdditionalInfo ? Describe(label, prepared, resegmented, region) : [], Maps(), warnings);

        IEnumerable<FeatureMap> Maps()
        {
            FeatureClassSelection[] classes = [.. _parameters.FeatureClasses.Where(c => !c.IsOfMaskAlone)];
            var missing = new List<(string Map, int Voxels)>();
            foreach (ImageTypeSelection type in classes.Length == 0 ? [] : _parameters.ImageTypes)
            {
                var kernels = new MapKernels(cropped.Mask, crop.Size, box.Size, type.Settings);
                foreach (FilteredImage image in ImageFilters.Apply(cropped, type, warnings))
                {
                    var maps = new ImageMaps(kernels, image, type.Settings);
                    foreach (FeatureMap map in classes.SelectMany(selection => maps.Compute(selection, cancellationToken)))
                    {
                        if (kernels.WithoutValue(map) is > 0 and int voxels)
                            missing.Add((map.Name, voxels));
                        yield return map;
                    }
                }
            }
            warnings.AddRange(MissingValues.DescribeMaps(missing, region.VoxelCount));
        }
    }

    /// <summary>
    /// Prepares what an extraction of one label sees: image and mask after normalisation, resampling and resegmentation, and every image that
    /// features are computed on. They are computed as they are asked for.
    /// </summary>
    /// <exception cref="RadiomicsException">The region or the image does not allow it.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; checked before each image.</exception>
    public CaseImages ExtractImages(uint label, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        PreparedCase region = _preparation.Resegment(_preparation.Prepare(label));
        var warnings = new List<string>();
        return new CaseImages(StageImages.Of(region, _parameters, warnings, cancellationToken), warnings);
    }

    /// <summary>PyRadiomics' diagnostics, in its order; versions are ours.</summary>
    private List<Diagnostic> Describe(uint label, PreparedCase prepared, PreparedCase resegmented, RegionGrid region)
    {
        MaskRegion original = MaskCheck.RequireLabel(_regions, label);
        VoxelBox box = original.Box;
        var originalRegion = new RegionGrid(NearestNeighbour.Cut(_mask, original), box.Size.X, box.Size.Y, box.Size.Z);
        (string imageHash, string maskHash) = _hashes.GetAwaiter().GetResult();
        List<Diagnostic> diagnostics =
        [
            new("diagnostics_Versions_Trabecula", DiagnosticValue.Text(TrabeculaVersion.Text)),
            new("diagnostics_Versions_DotNet", DiagnosticValue.Text(Environment.Version.ToString())),
            new("diagnostics_Configuration_Settings", _parameters.SettingsDiagnosticFor(label)),
            new("diagnostics_Configuration_EnabledImageTypes", _parameters.ImageTypesDiagnostic),
            new("diagnostics_Image-original_Hash", DiagnosticValue.Text(imageHash)),
            new("diagnostics_Image-original_Dimensionality", DiagnosticValue.Text("3D")),
            new("diagnostics_Image-original_Spacing", Columns.Of(_image.Geometry.SpacingMm)),
            new("diagnostics_Image-original_Size", Columns.Of(_image.Geometry.Size)),
            new("diagnostics_Image-original_Mean", DiagnosticValue.Float(_statistics.Mean)),
            new("diagnostics_Image-original_Minimum", DiagnosticValue.Float(_statistics.Minimum)),
            new("diagnostics_Image-original_Maximum", DiagnosticValue.Float(_statistics.Maximum)),
            new("diagnostics_Mask-original_Hash", DiagnosticValue.Text(maskHash)),
            .. new RegionDescription(_mask.Geometry, box.X, box.Y, box.Z, originalRegion).Describe("original"),
        ];
        if (prepared.Interpolated)
        {
            WorkingImage extent = prepared.Extent;
            diagnostics.Add(new("diagnostics_Image-interpolated_Spacing", Columns.Of(extent.Geometry.SpacingMm)));
            diagnostics.Add(new("diagnostics_Image-interpolated_Size", Columns.Of(extent.Size)));
            diagnostics.AddRange(Columns.Intensities("diagnostics_Image-interpolated_", extent.Voxels));
            diagnostics.AddRange(Describe("interpolated", prepared, GridOf(prepared)));
        }
        if (prepared.Corrected)
            diagnostics.AddRange(Describe("corrected", prepared, GridOf(prepared)));
        if (!ReferenceEquals(prepared, resegmented))
            diagnostics.AddRange(Describe("resegmented", resegmented, region));
        return diagnostics;

        RegionGrid GridOf(PreparedCase stage) =>
            ReferenceEquals(stage, resegmented) ? region : new RegionGrid(stage.Mask, stage.Box.Size.X, stage.Box.Size.Y, stage.Box.Size.Z);
    }

    private static IEnumerable<Diagnostic> Describe(string stage, PreparedCase prepared, RegionGrid region)
    {
        VoxelBox box = prepared.Box;
        return [.. new RegionDescription(prepared.ExtentGeometry, box.X, box.Y, box.Z, region).Describe(stage), .. RegionIntensities(stage, prepared, region)];
    }

    private static IEnumerable<Diagnostic> RegionIntensities(string stage, PreparedCase prepared, RegionGrid region)
    {
        ImageRegion image = prepared.Region(FilterReach.Voxel);
        var voxels = new double[region.VoxelCount];
        region.Gather(image.Image.Crop(image.Box).Voxels, voxels);
        return Columns.Intensities($"diagnostics_Mask-{stage}_", voxels);
    }
}
