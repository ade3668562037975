using System.Globalization;
using Trabecula.Imaging;
using Trabecula.Imaging.Agreement;
using Trabecula.Imaging.Masks;
using Trabecula.Workbench.Extraction;

namespace Trabecula.Workbench.Readers;

/// <summary>Compares the masks of all pairs of readers, case by case; a case that cannot be compared does not stop the others.</summary>
internal sealed class MaskComparison(LabelSelection? labels)
{
    private readonly List<MaskPair> _pairs = [];
    private readonly List<string> _failures = [];

    public IReadOnlyList<MaskPair> Pairs => _pairs;

    public IReadOnlyList<string> Failures => _failures;

    public void Add(CaseTable table, Action<string>? progress, CancellationToken cancellationToken)
    {
        IGrouping<int, CaseRow>[] cases = [.. table.Rows.GroupBy(row => row.Number)];
        for (int i = 0; i < cases.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            CaseRow[] readers = [.. cases[i]];
            try
            {
                if (readers.Length < 2)
                    throw new ImagingException("", "only one reader has a mask.", "Fill Mask2, or delete the row.");
                Compare(readers, cancellationToken);
            }
            catch (ImagingException exception)
            {
                _failures.Add($"{readers[0].Subject}: {exception.Message}");
            }
            progress?.Invoke(string.Create(CultureInfo.InvariantCulture, $"{i + 1}/{cases.Length} cases, {readers[0].Subject}"));
        }
    }

    private void Compare(CaseRow[] readers, CancellationToken cancellationToken)
    {
        VolumeGeometry grid = VolumeFile.Read(readers[0].ImagePath, cancellationToken).Geometry;
        Segmentation[] masks = Array.ConvertAll(readers, row => MaskFile.Read(row.MaskPath, grid, cancellationToken));
        foreach (string label in LabelsOf(readers[0], masks, cancellationToken))
        {
            VoxelSet[] regions = Array.ConvertAll(masks, mask => Region(mask, label));
            if (regions.All(region => region.Count == 0))
                throw new ImagingException("", $"no reader's mask has the label {label}.", "Give a label that they have with --label.");
            for (int first = 0; first < regions.Length; first++)
            {
                for (int second = first + 1; second < regions.Length; second++)
                {
                    _pairs.Add(new MaskPair(readers[0].Subject, label, readers[first].Reader!.Value, readers[second].Reader!.Value,
                        MaskAgreement.Of(regions[first], regions[second], cancellationToken)));
                }
            }
        }
    }

    private string[] LabelsOf(CaseRow row, Segmentation[] masks, CancellationToken cancellationToken)
    {
        if (labels?.Names is { } names)
            return [.. names];
        if (labels?.Labels is { } numbers)
            return [.. numbers.Select(Text)];
        if (labels is null && row.LabelName is { } name)
            return [name];
        if (labels is null && row.Label is { } label)
            return [Text(label)];
        return [.. masks.SelectMany(mask => mask.Segments.Count > 0
            ? mask.Segments.Select(segment => segment.Label)
            : mask.Layers[0].FindRegions(cancellationToken).Regions.Select(region => region.Label)).Distinct().Order().Select(Text)];

        static string Text(uint label) => label.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>A segment by its name or number; empty where a reader did not draw it.</summary>
    private static VoxelSet Region(Segmentation mask, string label)
    {
        bool isNumber = LabelSelection.TryParse(label, out uint number);
        if (mask.Segments.Count == 0)
            return VoxelSet.Of(mask.Layers[0], isNumber ? number : throw new ImagingException("", $"the mask has no segment '{label}', for its format has no names.", "Give a label's number."));
        MaskSegment? segment = mask.Find(label) ?? mask.Segments.FirstOrDefault(each => isNumber && each.Label == number);
        return segment is null
            ? VoxelSet.Of(mask.Layers[0].Geometry, new bool[mask.Layers[0].Geometry.Size.Count])
            : VoxelSet.Of(mask.Layers[segment.Layer], segment.Value);
    }
}
