using Trabecula.Imaging;
using Trabecula.Radiomics;

namespace Trabecula.Workbench.Extraction;

/// <summary>What one label of one case gave: features or a failure.</summary>
/// <param name="Row">The row of the table.</param>
/// <param name="Label">The label; null where the mask's labels could not be read.</param>
/// <param name="Features">The features; null where the case failed.</param>
/// <param name="Failure">Why there are none.</param>
internal sealed record CaseResult(CaseRow Row, uint? Label, FeatureRecord? Features, CaseFailure? Failure)
{
    /// <summary>The segment's name in the mask, or that asked for where the mask has none of it; empty for labels without names.</summary>
    public string Segment { get; init; } = "";

    /// <summary>A failed label; the exception's own words where it is one of ours.</summary>
    public static CaseResult Failed(CaseRow row, uint? label, Exception exception)
    {
        (string stage, string reason, string cure) = exception switch
        {
            RadiomicsException radiomics => (radiomics.Stage.ToString(), radiomics.Problem, radiomics.Cure),
            ImagingException imaging => (nameof(ExtractionStage.Reading), imaging.Message[..^imaging.Cure.Length].TrimEnd(), imaging.Cure),
            OutOfMemoryException => (nameof(ExtractionStage.Reading), "Not enough memory for this case.", "Use fewer --jobs."),
            _ => ("Unexpected", $"{exception.GetType().Name}: {exception.Message}", "Report this as a fault of Trabecula, with the image if you can."),
        };
        return new CaseResult(row, label, null, new CaseFailure(row.Title, label, stage, OneLine(reason), OneLine(cure)));
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}

/// <summary>The values of one feature vector. The names are shared by all records that have the same, which saves most of the memory of a
/// large cohort.</summary>
internal sealed record FeatureRecord(FeatureLayout Layout, DiagnosticValue[] Diagnostics, double[] Features, IReadOnlyList<string> Warnings);

/// <summary>Names of diagnostics and features, in order.</summary>
internal sealed class FeatureLayout(string[] diagnostics, string[] features)
{
    public string[] Diagnostics { get; } = diagnostics;

    public string[] Features { get; } = features;

    private readonly Lazy<Dictionary<string, int>> _diagnosticPlaces = new(() => Places(diagnostics));
    private readonly Lazy<Dictionary<string, int>> _featurePlaces = new(() => Places(features));

    public bool HasNamesOf(FeatureVector vector) =>
        Diagnostics.SequenceEqual(vector.Diagnostics.Select(d => d.Name)) && Features.SequenceEqual(vector.Features.Select(f => f.Name));

    public bool TryFindDiagnostic(string name, out int place) => _diagnosticPlaces.Value.TryGetValue(name, out place);

    public bool TryFindFeature(string name, out int place) => _featurePlaces.Value.TryGetValue(name, out place);

    private static Dictionary<string, int> Places(string[] names) =>
        names.Select(KeyValuePair.Create<string, int>).ToDictionary(StringComparer.Ordinal);
}

/// <summary>Makes records, with one layout for all vectors of the same names.</summary>
internal sealed class FeatureRecorder
{
    private readonly List<FeatureLayout> _layouts = [];

    public FeatureRecord Record(FeatureVector vector)
    {
        FeatureLayout? layout;
        lock (_layouts)
        {
            layout = _layouts.Find(known => known.HasNamesOf(vector));
            if (layout is null)
            {
                layout = new FeatureLayout([.. vector.Diagnostics.Select(d => d.Name)], [.. vector.Features.Select(f => f.Name)]);
                _layouts.Add(layout);
            }
        }
        return new FeatureRecord(layout, [.. vector.Diagnostics.Select(d => d.Value)], [.. vector.Features.Select(f => f.Value)], vector.Warnings);
    }
}
