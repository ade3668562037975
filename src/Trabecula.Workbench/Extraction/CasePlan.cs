using System.Globalization;
using Trabecula.Imaging;
using Trabecula.Radiomics;

namespace Trabecula.Workbench.Extraction;

/// <summary>The cases of a run, with those results that the journal has already.</summary>
internal sealed class CasePlan
{
    private CasePlan(IReadOnlyList<PlannedCase> cases) => Cases = cases;

    /// <summary>All cases, in the order of the table.</summary>
    public IReadOnlyList<PlannedCase> Cases { get; }

    /// <summary>How many need no work.</summary>
    public int Finished => Cases.Count(planned => planned.IsFinished);

    /// <summary>Looks up each case in the journal.</summary>
    public static CasePlan Make(CaseTable table, LabelSelection? labels, uint defaultLabel, Journal? journal, FeatureRecorder recorder, CaseCompanions? beside = null)
    {
        var cases = new List<PlannedCase>(table.Rows.Count);
        foreach (CaseRow row in table.Rows)
        {
            IReadOnlyList<string>? names = labels is null ? row.LabelName is { } name ? [name] : null : labels.Names;
            IReadOnlyList<uint>? wanted = names is not null ? null : labels is null ? [row.Label ?? defaultLabel] : labels.Labels;
            var planned = new PlannedCase(row, wanted, names, journal, recorder, beside);
            planned.Recall();
            cases.Add(planned);
        }
        return new CasePlan(cases);
    }

    /// <summary>Unfinished cases; those of the same image and mask together, so that these are read once.</summary>
    /// <param name="all">Finished ones as well.</param>
    public IReadOnlyList<IReadOnlyList<PlannedCase>> Open(bool all = false)
    {
        var groups = new List<List<PlannedCase>>();
        var places = new Dictionary<string, List<PlannedCase>>(StringComparer.Ordinal);
        foreach (PlannedCase planned in Cases)
        {
            if (planned.IsFinished && !all)
                continue;
            string files = $"{planned.Row.ImagePath}\n{planned.Row.MaskPath}";
            if (!places.TryGetValue(files, out List<PlannedCase>? group))
            {
                places[files] = group = [];
                groups.Add(group);
            }
            group.Add(planned);
        }
        return groups;
    }
}

/// <summary>A case with its labels and what is known of them.</summary>
/// <param name="row">The row of the table.</param>
/// <param name="labels">The labels; null where the mask must tell them.</param>
/// <param name="names">Names of segments whose labels the mask must tell; null where all labels, or those given, are wanted.</param>
/// <param name="journal">Where results are kept, if anywhere.</param>
/// <param name="recorder">Makes records of feature vectors.</param>
/// <param name="beside">What else is made of the case, if anything.</param>
internal sealed class PlannedCase(
    CaseRow row, IReadOnlyList<uint>? labels, IReadOnlyList<string>? names, Journal? journal, FeatureRecorder recorder, CaseCompanions? beside = null)
{
    // Stands for a label in the journal's name of the list of a mask's labels.
    private readonly string _listOfLabels = names is null ? "all" : $"names\n{string.Join('\n', names)}";

    private readonly string? _facts = journal?.FactsOf(row);
    private CaseResult?[] _results = [];

    public CaseRow Row { get; } = row;

    public IReadOnlyList<uint>? Labels { get; private set; } = labels;

    /// <summary>The labels as they are called; 0 for a segment that the mask does not have.</summary>
    public IReadOnlyList<(uint Label, string Title)> TitledLabels => [.. (Labels ?? []).Select((label, i) =>
        (label, names is not null && !LabelSelection.TryParse(names[i], out _) ? names[i] : string.Create(CultureInfo.InvariantCulture, $"label {(names is null ? label : names[i])}")))];

    public bool IsFinished => Labels is not null && _results.All(result => result is not null);

    /// <summary>The results in the order of the labels; complete when the case is finished.</summary>
    public IEnumerable<CaseResult> Results => _results.Where(result => result is not null)!;

    /// <summary>Takes from the journal what it has.</summary>
    public void Recall()
    {
        Labels ??= journal?.FindLabels(Key(_listOfLabels));
        _results = new CaseResult?[Labels?.Count ?? 0];
        for (int i = 0; journal is not null && i < _results.Length; i++)
        {
            uint label = Labels![i];
            if (journal.Find(Key(label)) is { } kept)
                _results[i] = new CaseResult(Row, label, recorder.Record(kept.Features), null) { Segment = kept.Segment };
        }
    }

    /// <summary>Computes the labels that are missing, and makes what else is wanted of all.</summary>
    public void Complete(ICaseFeatures loaded, CancellationToken cancellationToken)
    {
        FindLabels(loaded);
        for (int i = 0; i < _results.Length; i++)
        {
            if (_results[i] is null)
                _results[i] = Extract(Labels![i], loaded, cancellationToken);
            else if (_results[i]!.Features is not null)
                beside?.WriteImages(Row, Labels![i], loaded, cancellationToken);
        }
        beside?.Paint(this, loaded, cancellationToken);
    }

    /// <summary>Asks the mask for the labels that are not given; those that it does not have get their failures.</summary>
    public void FindLabels(ICaseFeatures loaded)
    {
        if (Labels is null && names is not null)
            Labels = Resolve(names, loaded);
        else if (Labels is null)
        {
            Labels = loaded.Labels;
            if (Labels.Count == 0)
            {
                Fail(new RadiomicsException(ExtractionStage.MaskCheck, "The mask holds no label: all of its voxels are 0.", "Check that it is the mask of this image."));
                return;
            }
            journal?.KeepLabels(Key(_listOfLabels), Labels);
            _results = new CaseResult?[Labels.Count];
        }
    }

    /// <summary>Gives each missing label the same failure.</summary>
    public void Fail(Exception exception)
    {
        beside?.Lose(Row, exception.Message);
        if (Labels is not { Count: > 0 })
            (Labels, _results) = ([], [CaseResult.Failed(Row, null, exception)]);
        for (int i = 0; i < _results.Length; i++)
            _results[i] ??= CaseResult.Failed(Row, Labels[i], exception);
    }

    /// <summary>The labels of the named segments; 0, with a failed result, for a name that the mask does not have.</summary>
    private uint[] Resolve(IReadOnlyList<string> wanted, ICaseFeatures loaded)
    {
        _results = new CaseResult?[wanted.Count];
        var found = new uint[wanted.Count];
        for (int i = 0; i < found.Length; i++)
        {
            try
            {
                found[i] = loaded.Resolve(wanted[i]);
            }
            catch (ImagingException exception)
            {
                _results[i] = CaseResult.Failed(Row, null, exception) with { Segment = LabelSelection.IsName(wanted[i]) ? wanted[i] : "" };
            }
        }
        if (!found.Contains(0u))
            journal?.KeepLabels(Key(_listOfLabels), found);
        return found;
    }

    private CaseResult Extract(uint label, ICaseFeatures loaded, CancellationToken cancellationToken)
    {
        FeatureVector features;
        string segment = loaded.NameOf(label);
        try
        {
            features = loaded.Extract(label, beside?.ImagesOf(Row, label, cancellationToken), cancellationToken);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or ExtractionException))
        {
            return CaseResult.Failed(Row, label, exception) with { Segment = segment };
        }
        cancellationToken.ThrowIfCancellationRequested();
        journal?.Keep(Key(label), new(features, segment));
        return new CaseResult(Row, label, recorder.Record(features), null) { Segment = segment };
    }

    private string? Key(uint label) => Key(label.ToString(CultureInfo.InvariantCulture));

    private string? Key(string label) => Journal.KeyOf(_facts, label);
}
