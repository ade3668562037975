using System.Security.Cryptography;
using Trabecula.Workbench.Cohorts;
using Trabecula.Workbench.Studies.Plans;
using Trabecula.Workbench.Tables;

namespace Trabecula.Workbench.Studies;

/// <summary>A plan with the tables that it names, read and checked.</summary>
/// <param name="Readout">The plan.</param>
/// <param name="Cohort">The subjects, with everything found on the way.</param>
/// <param name="Files">Every file read, with its hash; the plan is the first.</param>
public sealed record StudyInputs(PlanReadout Readout, StudyCohort Cohort, IReadOnlyList<InputFile> Files)
{
    /// <summary>Folds from files of their own.</summary>
    internal FoldTables Folds { get; init; } = new();

    /// <summary>The case whose segmentation the report shows; null for none.</summary>
    internal SegmentationSummary? Segmentation { get; init; }

    /// <summary>Reads a plan and its tables.</summary>
    /// <exception cref="PlanException">The plan has problems: all are reported together.</exception>
    /// <exception cref="TableException">A table cannot be read.</exception>
    /// <exception cref="StudyException">The case whose segmentation is to be shown cannot be read.</exception>
    public static StudyInputs Read(string planPath)
    {
        PlanReadout readout = PlanFile.Read(planPath);
        StudyPlan plan = readout.Plan;
        var files = new List<InputFile> { Hash(planPath, Path.GetFileName(planPath)) };
        files.AddRange(readout.Files);
        DataTable clinical = Table(plan.Cohort.Table, plan.Cohort);
        RadiomicTable[] readers = plan.Predictors.Radiomic is not { } radiomic ? [] :
        [
            .. radiomic.Readers.Select(file => RadiomicTable.Of(
                file, Table(file, radiomic), radiomic.Id ?? plan.Cohort.Id, radiomic.Columns, radiomic.Exclude.Count == 0 ? null : radiomic.Exclude)),
        ];
        StudyCohort cohort = StudyCohort.Build(DesignOf(plan), clinical, readers);
        var findings = new List<Finding>();
        var folds = new FoldTables();
        foreach (SplitPlan.Given given in GivenIn(plan).Where(given => given.Table is not null))
            folds.Add(given, Table(given.Table!, given.Format with { Missing = given.Format.Missing ?? plan.Cohort.Missing }), plan.Cohort.Id, cohort.Features?.Subjects ?? [], findings);
        if (plan.Predictors.Radiomic?.Example is { } example)
            files.AddRange(((string[])[example.Image, example.Mask]).Where(file => File.Exists(readout.PathOf(file))).Select(file => Hash(readout.PathOf(file), file)));
        return new StudyInputs(readout, cohort.With(findings), files) { Folds = folds, Segmentation = SegmentationSummary.Of(readout, default) };

        DataTable Table(string file, TableFormatPlan format)
        {
            string path = readout.PathOf(file);
            if (File.Exists(path) && WorkingSet.ProblemOfFile(new FileInfo(path).Length, WorkingSet.Available) is { } problem)
                throw new TableException(path, problem, "Leave out the columns that the study does not need, or use a machine with more memory.");
            DataTable table = TableFile.Read(path, FormatOf(format));
            if (!files.Exists(known => known.Name == file))
                files.Add(Hash(path, file));
            return table;
        }
    }

    /// <summary>How a plan's cohort is made from its tables.</summary>
    internal static CohortDesign DesignOf(StudyPlan plan)
    {
        OutcomeRule outcome = plan.Outcome.Column is { } column
            ? new OutcomeColumn(column) { Name = plan.Outcome.Name, Positive = plan.Outcome.Positive, Negative = plan.Outcome.Negative }
            : new RepeatedScores(plan.Outcome.Scores, plan.Outcome.AtLeast!.Value, plan.Outcome.OnDays) { Name = plan.Outcome.Name };
        return new CohortDesign(plan.Cohort.Id, outcome)
        {
            Criteria = [.. plan.Eligibility.Select(CriterionOf)],
            Clinical = [.. plan.Predictors.Clinical.Select(predictor => new PredictorColumn(predictor.Column, predictor.Kind) { Levels = predictor.Levels, RecordedAt = predictor.RecordedAt })],
            Attributes = [.. ((string?[])[plan.Cohort.Centre, plan.Cohort.Date, .. GivenColumns(plan)]).OfType<string>().Distinct()],
        };
    }

    /// <summary>Columns of the cohort's table that hold given folds or groups, or by which subjects are looked at apart.</summary>
    private static IEnumerable<string> GivenColumns(StudyPlan plan) =>
        GivenIn(plan).Where(given => given.Table is null).SelectMany(given => given.Columns)
            .Concat(plan.Split is SplitPlan.StratifiedGroupKFold { Groups: var groups } ? [groups] : (string[])[])
            .Concat(plan.Metrics.Subgroups.Select(subgroup => subgroup.Column));

    private static IEnumerable<SplitPlan.Given> GivenIn(StudyPlan plan) => ((SplitPlan?[])[plan.Split, plan.Search.GivenFolds]).OfType<SplitPlan.Given>();

    private static Criterion CriterionOf(EligibilityPlan plan)
    {
        ColumnTest[] tests = [.. plan.Conditions.Select(condition => new ColumnTest(condition.Column)
        {
            EqualTo = condition.EqualTo,
            AtLeast = condition.AtLeast,
            AtMost = condition.AtMost,
            Above = condition.Above,
            Below = condition.Below,
            Missing = condition.Missing,
        })];
        return plan.Include is { } include ? Criterion.Include(include, tests) : Criterion.Exclude(plan.Exclude!, tests);
    }

    internal static TableFormat FormatOf(TableFormatPlan plan) => new()
    {
        Delimiter = plan.Delimiter switch { Delimiter.Comma => ',', Delimiter.Semicolon => ';', Delimiter.Tab => '\t', Delimiter.Bar => '|', _ => null },
        DecimalMark = plan.Decimal switch { DecimalMark.Point => '.', DecimalMark.Comma => ',', _ => null },
        Sheet = plan.Sheet,
        Missing = plan.Missing is { } words ? ["", .. words] : TableFormat.UsualMissing,
    };

    internal static InputFile Hash(string path, string name)
    {
        using FileStream stream = File.OpenRead(path);
        return new InputFile(name, Convert.ToHexStringLower(SHA256.HashData(stream)));
    }
}
