using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Trabecula.Learning;
using Trabecula.Learning.Interpretation;
using Trabecula.Learning.Splitting;
using Trabecula.Workbench.Cohorts;

namespace Trabecula.Workbench.Studies;

/// <summary>Collects what the fits of a study say that they have seen.</summary>
internal sealed class ProvenanceBuilder
{
    private const int DigestLength = 32;

    private readonly StudyInputs _inputs;
    private readonly Dictionary<string, int> _places;
    private readonly Dictionary<string, int> _sets = new(StringComparer.Ordinal);
    private readonly List<IReadOnlyList<int>> _members = [];

    private ProvenanceBuilder(StudyInputs inputs, FeatureTable features)
    {
        _inputs = inputs;
        _places = features.Subjects.Distinct().Index().ToDictionary(each => each.Item, each => each.Index, StringComparer.Ordinal);
    }

    /// <summary>The provenance of a result; without the hashes of files that are not written yet.</summary>
    internal static StudyProvenance Of(StudyInputs inputs, FeatureTable features, Splitter splitter, StudyResult result, string program)
    {
        var builder = new ProvenanceBuilder(inputs, features);
        ILookup<string, int> rows = Enumerable.Range(0, features.RowCount).ToLookup(row => features.Subjects[row], StringComparer.Ordinal);
        FitRecord[] before = [.. result.BeforeSplit.Select(builder.Fit)];
        SplitRecord[] splits = [.. result.Splits.Select(builder.Split)];
        return new StudyProvenance
        {
            Program = program,
            Inputs = inputs.Files,
            SplitInTime = splitter is TemporalSplit,
            Subjects = [.. features.Subjects.Distinct().Select(subject => builder.Subject(features, subject, rows[subject]))],
            Predictors = builder.Predictors(features),
            BeforeSplit = before,
            Splits = splits,
            Sets = builder._members,
        };
    }

    private SplitRecord Split(SplitResult split)
    {
        // The samplers may have left subjects out of the final fit; the training set has them still.
        int training = Set(split.Final.Prepared.Sources), heldOut = Set(split.HeldOut.Subjects);
        FitRecord[] fits =
        [
            .. split.Steps.Select(Fit),
            .. split.Final.Pipelines.Zip(split.Searches, (pipeline, search) => new FitRecord(search.Model, FitKind.Model, Set(pipeline.Model.FittedOn))),
            .. split.Baselines.Select(baseline => (Name: $"Baseline {baseline.Name}", baseline.Pipeline)).Concat(split.Refitted).SelectMany(other => (FitRecord[])
            [
                // Leaving columns out that were named beforehand learns nothing.
                .. other.Pipeline.Steps.Where(step => step is not ColumnExclusion).Select(Fit).Select(fit => fit with { Name = $"{other.Name}: {fit.Name}" }), new FitRecord(other.Name, FitKind.Model, Set(other.Pipeline.Model.FittedOn)),
            ]),
        ];
        FoldRecord[] folds =
        [
            .. split.Folds.Select(fold => new FoldRecord(
                Set(fold.Validation), [.. fold.Steps.Select(Fit), new FitRecord("every model searched", FitKind.Model, Set(fold.ModelsFittedOn))])),
        ];
        return new SplitRecord(training, heldOut, heldOut, fits, folds);
    }

    private FitRecord Fit(FittedTransformer step) => new(step.Name, KindOf(step), Set(step.FittedOn));

    private static FitKind KindOf(FittedTransformer step)
    {
        HashSet<string> input = [.. step.Input.Select(column => column.Name)];
        return step.Output.Count < input.Count && step.Output.All(column => input.Contains(column.Name)) ? FitKind.Selection : FitKind.Preparation;
    }

    /// <summary>The number of a set. A name that is no subject is a row that a sampler made, and stands for nobody else.</summary>
    private int Set(IReadOnlyList<string> subjects)
    {
        int[] places = [.. subjects.Where(_places.ContainsKey).Select(subject => _places[subject]).Distinct().Order()];
        string key = string.Join(',', places);
        if (!_sets.TryGetValue(key, out int number))
        {
            _sets[key] = number = _members.Count;
            _members.Add(places);
        }
        return number;
    }

    /// <summary>A digest of all predictors of some rows: equal for equal values.</summary>
    internal static string Digest(FeatureTable features, IEnumerable<int> rows)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (int row in rows)
            hash.AppendData(MemoryMarshal.AsBytes(features.Row(row)));
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..DigestLength];
    }

    private SubjectRecord Subject(FeatureTable features, string subject, IEnumerable<int> rows)
    {
        return new SubjectRecord(
            subject, Digest(features, rows), Attribute(_inputs.Readout.Plan.Cohort.Date, subject),
            Attribute(_inputs.Readout.Plan.Cohort.Centre, subject));
    }

    private string? Attribute(string? column, string subject) =>
        column is null || !_inputs.Cohort.Attributes.TryGetValue(column, out IReadOnlyDictionary<string, string>? values) ? null : values.GetValueOrDefault(subject);

    private PredictorRecord[] Predictors(FeatureTable features)
    {
        Dictionary<string, RecordedAt> recorded = StudyInputs.DesignOf(_inputs.Readout.Plan).Clinical
            .ToDictionary(predictor => predictor.Column, predictor => predictor.RecordedAt, StringComparer.Ordinal);
        return [.. features.Schema.Select(column => new PredictorRecord(
            column.Name, column.Source.ToString().ToLowerInvariant(), PredictorRecord.Moment(recorded.GetValueOrDefault(column.Name, RecordedAt.Preoperative))))];
    }
}
