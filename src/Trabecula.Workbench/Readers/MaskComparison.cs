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
    private readonly List<string> _failures = [], _notes = [];

    public IReadOnlyList<MaskPair> Pairs => _pairs;

    public IReadOnlyList<string> Failures => _failures;

    /// <summary>What was passed over, and where numbers and names of segments do not go together.</summary>
    public IReadOnlyList<string> Notes => _notes;

    public void Add(CaseTable table, Action<string>? progress, CancellationToken cancellationToken)
    {
        ILookup<bool, CaseRow[]> byReaders = table.Rows.GroupBy(row => row.Number, (_, readers) => readers.ToArray()).ToLookup(readers => readers.Length > 1);
        CaseRow[][] alone = [.. byReaders[false]], cases = [.. byReaders[true]];
        if (alone.Length > 0)
            _notes.Add(string.Create(CultureInfo.InvariantCulture,
                $"{alone.Length} {(alone.Length == 1 ? "case has" : "cases have")} one reader's mask alone: {PlainText.List([.. alone.Select(readers => readers[0].Subject)])}."));
        for (int i = 0; i < cases.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            CaseRow[] readers = cases[i];
            try
            {
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
        int before = _pairs.Count;
        foreach (RegionChoice choice in RegionChoice.Of(labels, readers[0], masks, cancellationToken))
        {
            VoxelSet[] regions = Array.ConvertAll(masks, choice.In);
            if (regions.All(region => region.Count == 0))
            {
                if (choice.IsAskedFor)
                    _notes.Add($"{readers[0].Subject}: no reader's mask has {choice.Label}; it was passed over.");
                continue;
            }
            if (choice.DoubtIn(masks) is { } doubt)
                _notes.Add($"{readers[0].Subject}: {doubt}");
            for (int first = 0; first < regions.Length; first++)
            {
                for (int second = first + 1; second < regions.Length; second++)
                {
                    _pairs.Add(new MaskPair(readers[0].Subject, choice.Label, readers[first].Reader!.Value, readers[second].Reader!.Value,
                        MaskAgreement.Of(regions[first], regions[second], cancellationToken)));
                }
            }
        }
        if (_pairs.Count == before)
            throw new ImagingException("", "no reader's mask has a voxel of the regions to compare.", "Give a label that they have with --label.");
    }
}
