using System.Numerics;
using Trabecula.Imaging;
using Trabecula.Radiomics.Features.Blocks;
using Trabecula.Radiomics.Features.FirstOrder;
using Trabecula.Radiomics.Features.Glcm;
using Trabecula.Radiomics.Features.Gldm;
using Trabecula.Radiomics.Features.Glrlm;
using Trabecula.Radiomics.Features.Glszm;
using Trabecula.Radiomics.Features.Ngtdm;
using Trabecula.Radiomics.Filters;
using Trabecula.Radiomics.Parameters;

namespace Trabecula.Radiomics.Features;

/// <summary>
/// Intensity and texture features of one region on image after image. What depends on the region alone is made once, and buffers are
/// reused. Not safe for use by several threads.
/// </summary>
internal sealed class ImageFeatures(RegionGrid region, Vector3D spacingMm)
{
    private const int FewLevels = 2;

    private readonly double[] _voxels = GC.AllocateUninitializedArray<double>(region.VoxelCount);
    private readonly Discretization _levels = new();
    private readonly GlcmFeatures _glcm = new();
    private readonly RunLengthMatrix _runs = new();
    private readonly SizeZoneMatrix _zones = new();
    private readonly DependenceMatrix _dependence = new();
    private readonly NgtdmFeatures _ngtdm = new();
    private readonly LevelSizeMatrix _matrix = new();
    private readonly Dictionary<string, BlockTexture> _anyTextures = [];
    private ExtractionSettings _settings = new();
    private TextureOptions _options = TextureOptions.Of(new ExtractionSettings());
    private LevelBlock? _block;
    private string _imageName = "";
    private double _minimum, _maximum;
    private bool _gridIsFilled;
    private LevelGrid<byte>? _byteGrid;
    private LevelGrid<ushort>? _wideGrid;
    private LevelGrid<int>? _widestGrid;

    /// <summary>Warns where varying intensities fall into one or two grey levels: texture says little then.</summary>
    public void WarnOfFewLevels(List<string> warnings)
    {
        if (_levels.Levels.Length <= FewLevels && _maximum > _minimum)
        {
            string bins = _settings.BinCount is { } count
                ? FormattableString.Invariant($"binCount {count}. Choose a larger binCount.") : FormattableString.Invariant($"binWidth {_settings.BinWidth:R}. {Discretization.NarrowerCure}");
            warnings.Add(FormattableString.Invariant($"Image '{_imageName}': intensities from {_minimum:R} to {_maximum:R} fall into {_levels.Levels.Length} grey {(_levels.Levels.Length == 1 ? "level" : "levels")} of {bins}"));
        }
    }

    /// <summary>Takes up an image: its voxels in the region, and their grey levels.</summary>
    /// <param name="image">The image within the region's box.</param>
    /// <param name="settings">The settings of its image type.</param>
    /// <exception cref="RadiomicsException">The bins give too many grey levels.</exception>
    public void Take(FilteredImage image, ExtractionSettings settings)
    {
        if (!ReferenceEquals(settings, _settings))
            (_settings, _options) = (settings, TextureOptions.Of(settings));
        _imageName = image.Name;
        region.Gather(image.Image.Voxels, _voxels);
        (_minimum, _maximum) = FirstOrderFeatures.Range(_voxels);
        _levels.Apply(_voxels, _minimum, _maximum, Binning.Of(settings, image.Image.VoxelType), image.Name);
        _gridIsFilled = false;
        _block = null;
    }

    /// <summary>Computes a class of intensities on the image taken up, and adds the values that are wanted in order.</summary>
    public void Compute(FeatureClassSelection selection, List<FeatureValue> output)
    {
        Span<double> values = stackalloc double[FeatureNames.Computed(selection.Class).Count];
        if (selection.Class == FeatureClass.FirstOrder)
        {
            ReadOnlySpan<double> numbers = _voxels.AsSpan().Contains(double.NaN) ? [.. _voxels.Where(voxel => !double.IsNaN(voxel))] : _voxels;
            FirstOrderFeatures.Compute(
                numbers, _minimum, _maximum, _levels.Histogram, spacingMm.X * spacingMm.Y * spacingMm.Z, _settings.VoxelArrayShift, values);
        }
        else if (!_options.AreDefault)
        {
            ComputeAnyTexture(selection.Class, values);
        }
        else if (selection.Class == FeatureClass.Ngtdm)
        {
            _ngtdm.Compute(region, _levels, values);
        }
        else if (_levels.Levels.Length <= byte.MaxValue && region.LongestAxis <= byte.MaxValue)
        {
            _byteGrid ??= new LevelGrid<byte>(region);
            ComputeTexture(_byteGrid, selection.Class, values);
        }
        else if (_levels.Levels.Length <= ushort.MaxValue && region.LongestAxis <= ushort.MaxValue)
        {
            _wideGrid ??= new LevelGrid<ushort>(region);
            ComputeTexture(_wideGrid, selection.Class, values);
        }
        else
        {
            _widestGrid ??= new LevelGrid<int>(region);
            ComputeTexture(_widestGrid, selection.Class, values);
        }
        AddValues(_imageName, selection, values, output);
    }

    private void ComputeAnyTexture(FeatureClass featureClass, Span<double> values)
    {
        if (featureClass == FeatureClass.Glcm)
            RequireFewLevels();
        _block ??= LevelBlock.Of(region, _levels);
        string key = FormattableString.Invariant($"{string.Join(' ', _options.Distances)}|{_options.PlanarAxis}|{_options.Norm}|{_options.Symmetrical}|{_options.Alpha}");
        if (!_anyTextures.TryGetValue(key, out BlockTexture? texture))
            _anyTextures[key] = texture = new BlockTexture(_options, new(region.Nx, region.Ny, region.Nz), spacingMm);
        texture.Compute(_block, featureClass, null, PairFeatures.All, values);
    }

    /// <summary>Adds a class's values that are wanted, under their full names, in the order in which they were asked for.</summary>
    public static void AddValues(string imageName, FeatureClassSelection selection, ReadOnlySpan<double> values, List<FeatureValue> output)
    {
        string prefix = $"{imageName}_{FeatureNames.NameOf(selection.Class)}_";
        IReadOnlyList<string> names = FeatureNames.Computed(selection.Class);
        if (selection.Features is null)
        {
            for (int k = 0; k < FeatureNames.Of(selection.Class).Count; k++)
                output.Add(new FeatureValue(prefix + names[k], values[k]));
            return;
        }
        foreach (string wanted in selection.Features)
        {
            int k = 0;
            while (names[k] != wanted)
                k++;
            output.Add(new FeatureValue(prefix + wanted, values[k]));
        }
    }

    private void ComputeTexture<T>(LevelGrid<T> grid, FeatureClass featureClass, Span<double> values)
        where T : unmanaged, IBinaryInteger<T>
    {
        if (!_gridIsFilled)
            grid.Fill(_levels.Ranks);
        _gridIsFilled = true;
        switch (featureClass)
        {
            case FeatureClass.Glcm:
                RequireFewLevels();
                _glcm.Compute(grid, _levels, values);
                break;
            case FeatureClass.Glrlm:
                GlrlmFeatures.Compute(grid, _levels, _runs, _matrix, values);
                break;
            case FeatureClass.Glszm:
                GlszmFeatures.Compute(grid, _levels, _zones, _matrix, values);
                break;
            case FeatureClass.Gldm:
                GldmFeatures.Compute(grid, _levels, _dependence, _matrix, values);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(featureClass));
        }
    }

    private void RequireFewLevels()
    {
        if (_levels.Levels.Length > CooccurrenceMatrix.MaximumLevels)
        {
            throw new RadiomicsException(
                ExtractionStage.Discretization,
                FormattableString.Invariant($"Image '{_imageName}': {_levels.Levels.Length} grey levels, more than the {CooccurrenceMatrix.MaximumLevels} that a co-occurrence matrix is made for."),
                Discretization.Cure);
        }
    }
}
