using System.Globalization;
using Trabecula.Learning;
using Trabecula.Learning.SampleSizes;
using Trabecula.Learning.Search;
using Trabecula.Learning.Splitting;
using Trabecula.Workbench.Cohorts;
using Trabecula.Workbench.Tables;

namespace Trabecula.Workbench.Studies;

/// <summary>What a plan and its tables amount to, without a fit.</summary>
/// <param name="Problems">What stops the study; empty where it can run.</param>
/// <param name="Warnings">What its reader should know.</param>
/// <param name="Facts">The subjects at each step, the predictors, the models and the fits planned.</param>
public sealed record StudyCheck(IReadOnlyList<string> Problems, IReadOnlyList<string> Warnings, IReadOnlyList<string> Facts)
{
    /// <summary>Reads a plan and its tables and looks for every problem.</summary>
    /// <exception cref="Plans.PlanException">The plan has problems: all are reported together.</exception>
    /// <exception cref="TableException">A table cannot be read.</exception>
    public static StudyCheck Of(string planPath)
    {
        StudyInputs inputs = StudyInputs.Read(planPath);
        StudyCohort cohort = inputs.Cohort;
        var problems = cohort.Findings.Where(finding => finding.Severity == Severity.Error).Select(finding => finding.ToString()).ToList();
        List<string> warnings =
        [
            .. inputs.Readout.Warnings.Select(warning => warning.ToString()),
            .. cohort.Findings.Where(finding => finding.Severity != Severity.Error).Select(finding => finding.ToString()),
        ];
        var facts = new List<string> { Text($"Screened: {cohort.Flow.Screened}") };
        facts.AddRange(cohort.Flow.Steps.Select(step => Text($"  {step.Description}: {step.ExcludedRows.Count} leave, {step.MissingRows.Count} more without a value; {step.Remaining} remain")));
        if (problems.Count == 0 && cohort.Features is { } features)
            Plan(inputs, features, problems, warnings, facts);
        return new StudyCheck(problems, warnings, facts);
    }

    private static void Plan(StudyInputs inputs, FeatureTable features, List<string> problems, List<string> warnings, List<string> facts)
    {
        int clinical = features.Schema.Count(column => column.Source == ColumnSource.Clinical);
        facts.Add(Text($"Analysed: {features.RowCount} subjects, {features.EventCount} with the event ({100.0 * features.EventCount / features.RowCount:F1} %)"));
        facts.Add(Text($"Predictors: {clinical} clinical, {features.ColumnCount - clinical} radiomic, read by {features.ReadingCount} reader{(features.ReadingCount == 1 ? "" : "s")}"));
        try
        {
            var builder = new DesignBuilder(inputs);
            StudyDesign design = builder.Build();
            warnings.AddRange(builder.Warnings);
            SplitSizes sizes = design.Split.SizesOf(features, design.Seed.Derive("split"));
            int splits = sizes.Count;
            SampleSizes(inputs.Readout.Plan.SampleSize, new AvailableSubjects(
                features.RowCount, sizes.SmallestTraining, sizes.SmallestHeldOut, features.ColumnCount), warnings, facts);
            facts.Add(Text($"Split: {design.Split.Name}, {splits} time{(splits == 1 ? "" : "s")}"));
            facts.AddRange(design.Models.Select(model => Text(
                $"  {model.Name}: {model.Configurations.Count} configurations{(model.Rounds.Count == 0 ? "" : $" of its {model.Configurations[0].Phase}, then at most {model.MostLater} that follow from them")}")));
            facts.AddRange(builder.LeftOut.Select(model => $"  {model.Name}: left out"));
            var checks = SplitChecks.Of(features, design);
            problems.AddRange(checks.Problems);
            warnings.AddRange(checks.Warnings);
            var missing = MissingValueChecks.Of(features, design);
            problems.AddRange(missing.Problems);
            warnings.AddRange(missing.Warnings);
            if (checks.Problems.Count > 0)
                return;
            if (MemoryProblem(features, design, Environment.ProcessorCount) is { } problem)
                problems.Add(problem);
            facts.Add(Fits(features, design));
        }
        catch (Exception fault) when (fault is StudyException or LearningException)
        {
            problems.Add(fault.Message);
        }
    }

    private static void SampleSizes(IReadOnlyList<SampleSizeDesign> designs, AvailableSubjects available, List<string> warnings, List<string> facts)
    {
        facts.AddRange(SampleSizeTable.Lines(designs, available));
        warnings.AddRange(designs.OfType<PredictionModelDevelopment>().Select(design => SampleSizeTable.Parameters(design, available)).OfType<string>());
    }

    /// <summary>How many fits a run makes before it looks at held-out subjects.</summary>
    internal static string Fits(FeatureTable features, StudyDesign design)
    {
        CandidateModel[] searched = [.. design.Models.Where(model => model.Configurations.Count > 1 || model.Rounds.Count > 0)];
        IReadOnlyList<int> folds = Folds(features, design);
        long fits = folds.Sum(count => (long)searched.Sum(model => model.Configurations.Count + model.MostLater) * count) + (long)folds.Count * design.Models.Count;
        return Text($"Fits: {fits} ({FoldsText(folds)}, and one final fit of each model{(folds.Count == 1 ? "" : " in each split")}{(design.Refits == 0 ? "" : Text($"; then {design.Refits} refits of each on bootstrap draws"))})");
    }

    /// <summary>What is wrong where a run would need more memory than there is; else null.</summary>
    internal static string? MemoryProblem(FeatureTable features, StudyDesign design, int jobs)
    {
        int folds = Folds(features, design).DefaultIfEmpty(0).Max();
        SplitSizes sizes = design.Split.SizesOf(features, design.Seed.Derive("split"));
        return WorkingSet.Of(features, design, sizes, folds, jobs).Problem(WorkingSet.Available, sizes.Count, folds, jobs);
    }

    /// <summary>The folds of the search in each split; none where nothing is searched. Folds after sampling part rows that do not exist yet, as many as drawn folds are.</summary>
    private static IReadOnlyList<int> Folds(FeatureTable features, StudyDesign design)
    {
        Seed seed = design.Seed.Derive("split");
        if (!design.Models.Any(model => model.Configurations.Count > 1 || model.Rounds.Count > 0))
            return [.. Enumerable.Repeat(0, design.Split.SizesOf(features, seed).Count)];
        return design is { FoldsAfterSampling: true, Folds: StratifiedKFold drawn }
            ? [.. Enumerable.Repeat(drawn.NSplits, design.Split.SizesOf(features, seed).Count)]
            : design.Split.FoldsOf(features, seed, design.Folds);
    }

    private static string FoldsText(IReadOnlyList<int> folds) =>
        folds.Max() == 0 ? "nothing to choose, so no folds"
        : folds.Min() == folds.Max() ? Text($"{folds[0]} fold{(folds[0] == 1 ? "" : "s")}{(folds.Count == 1 ? "" : " in each split")}")
        : Text($"{folds.Min()} to {folds.Max()} folds in a split");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
