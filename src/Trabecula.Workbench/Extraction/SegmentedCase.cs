using System.Globalization;
using System.Numerics;
using Trabecula.Imaging;
using Trabecula.Imaging.Dicom;
using Trabecula.Imaging.Masks;
using Trabecula.Radiomics;

namespace Trabecula.Workbench.Extraction;

/// <summary>An image with the segments of its mask, which lie in several label volumes where they overlap.</summary>
internal sealed class SegmentedCase : ICaseFeatures
{
    private readonly FeatureExtractor _extractor;
    private readonly Volume _image;
    private readonly Segmentation _mask;
    private readonly string _maskPath;
    private readonly IReadOnlyList<PaddingRange?> _padding;
    private readonly LoadedCase?[] _layers;

    /// <summary>Loads the first label volume; the others follow when one of their segments is asked for.</summary>
    /// <exception cref="ImagingException">The mask holds so many labels that it must be an image.</exception>
    public SegmentedCase(
        FeatureExtractor extractor, Volume image, Segmentation mask, string maskPath, IReadOnlyList<PaddingRange?> padding, CancellationToken cancellationToken)
    {
        (_extractor, _image, _mask, _maskPath, _padding) = (extractor, image, mask, maskPath, padding);
        _layers = new LoadedCase?[mask.Layers.Count];
        IReadOnlyList<uint> first = Layer(0, cancellationToken).Labels;
        Labels = mask.Segments.Count == 0 ? first
            : [.. mask.Segments.Where(segment => Layer(segment.Layer, cancellationToken).Labels.Contains(segment.Value)).Select(segment => segment.Label).Order()];
    }

    /// <inheritdoc/>
    public IReadOnlyList<uint> Labels { get; }

    /// <summary>What is said with the features of every label.</summary>
    public List<string> Warnings { get; } = [];

    /// <inheritdoc/>
    public uint Resolve(string name) => _mask.Require(name, _maskPath).Label;

    /// <inheritdoc/>
    public string NameOf(uint label) => _mask.Find(label)?.Name ?? "";

    /// <inheritdoc/>
    public FeatureMaps ExtractMaps(uint label, CancellationToken cancellationToken)
    {
        MaskSegment segment = Segment(label);
        return Layer(segment.Layer, cancellationToken).ExtractMaps(segment.Value, cancellationToken);
    }

    /// <inheritdoc/>
    public CaseImages ExtractImages(uint label, CancellationToken cancellationToken)
    {
        MaskSegment segment = Segment(label);
        return Layer(segment.Layer, cancellationToken).ExtractImages(segment.Value, cancellationToken);
    }

    /// <inheritdoc/>
    public Volume Image => _image;

    /// <inheritdoc/>
    public VoxelSet Region(uint label) => _mask.Voxels(Segment(label));

    /// <inheritdoc/>
    public FeatureVector Extract(uint label, Action<CaseImage>? onImage, CancellationToken cancellationToken)
    {
        MaskSegment segment = Segment(label);
        FeatureVector features = Layer(segment.Layer, cancellationToken).Extract(segment.Value, onImage, cancellationToken);
        string[] warnings = [.. Warnings, .. PaddingWarning(segment)];
        return warnings.Length == 0 ? features : features with { Warnings = [.. warnings, .. features.Warnings] };
    }

    private MaskSegment Segment(uint label) => _mask.Find(label) ?? throw new RadiomicsException(
        ExtractionStage.MaskCheck, $"Label {label} is not in this mask.", $"Choose one of its segments: {_mask.Names()}.");

    private LoadedCase Layer(int layer, CancellationToken cancellationToken)
    {
        try
        {
            return _layers[layer] ??= _extractor.Load(_image, _mask.Layers[layer], cancellationToken);
        }
        catch (ImagingException exception) when (exception.Path.Length == 0)
        {
            // Volumes in memory have no name; the only such fault is one of the mask's labels.
            throw new ImagingException(_maskPath, exception.Problem, exception.Cure, exception);
        }
    }

    private IEnumerable<string> PaddingWarning(MaskSegment segment)
    {
        Mask layer = _mask.Layers[segment.Layer];
        if (_padding.Count == 0 || layer.Geometry.Size != _image.Geometry.Size)
            yield break;
        int padded = layer.Labels.Accept(new Padded(_image, segment.Value, _padding));
        if (padded == 0)
            yield break;
        PaddingRange[] ranges = [.. _padding.OfType<PaddingRange>()];
        double lowest = ranges.Min(range => range.Lowest), highest = ranges.Max(range => range.Highest);
        yield return string.Create(CultureInfo.InvariantCulture, $"{padded} {(padded == 1 ? "voxel" : "voxels")} of the region {(padded == 1 ? "has" : "have")} ")
            + (lowest == highest ? string.Create(CultureInfo.InvariantCulture, $"the padding value {lowest:0.###}") : string.Create(CultureInfo.InvariantCulture, $"padding values ({lowest:0.###} to {highest:0.###})"))
            + ": what lies outside of what was scanned";
    }

    private readonly struct Padded(Volume image, uint value, IReadOnlyList<PaddingRange?> padding) : IVolumeOperation<int>
    {
        public int Run<T>(Volume<T> labels) where T : unmanaged, INumber<T> => image.Accept(new Among<T>(labels, value, padding));
    }

    private readonly struct Among<TLabel>(Volume<TLabel> labels, uint value, IReadOnlyList<PaddingRange?> padding) : IVolumeOperation<int>
        where TLabel : unmanaged, INumber<TLabel>
    {
        public int Run<T>(Volume<T> volume) where T : unmanaged, INumber<T>
        {
            int count = 0, slice = volume.Voxels.Length / padding.Count;
            for (int z = 0; z < padding.Count; z++)
            {
                if (padding[z] is not { } range)
                    continue;
                for (int i = z * slice; i < (z + 1) * slice; i++)
                {
                    double voxel = double.CreateChecked(volume.Voxels[i]);
                    if (voxel >= range.Lowest && voxel <= range.Highest && Mask.LabelOf(labels.Voxels[i]) == value)
                        count++;
                }
            }
            return count;
        }
    }
}
