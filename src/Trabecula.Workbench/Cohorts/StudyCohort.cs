using System.Globalization;
using Trabecula.Learning;
using Trabecula.Workbench.Tables;

namespace Trabecula.Workbench.Cohorts;

/// <summary>The subjects of a study, from tables to features with outcomes, with everything that was found on the way.</summary>
public sealed record StudyCohort
{
    internal StudyCohort()
    {
    }

    /// <summary>From the screened to the analysed.</summary>
    public required CohortFlow Flow { get; init; }

    /// <summary>The subjects analysed; null where errors leave nothing to build.</summary>
    public required FeatureTable? Features { get; init; }

    /// <summary>The scores of each day by group; empty where a column holds the outcome.</summary>
    public IReadOnlyList<ScoreSummary> Scores { get; init; } = [];

    /// <summary>By the name of its column, each attribute's value for each subject that has one.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Attributes { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, string>>();

    /// <summary>The clinical predictors with what was found out about their kinds and values, by which another table is coded alike.</summary>
    public IReadOnlyList<PredictorColumn> Coding { get; init; } = [];

    /// <summary>Everything found, errors first.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>Whether an error was found: the study must not go on.</summary>
    public bool HasErrors => Findings.Any(finding => finding.Severity == Severity.Error);

    /// <summary>The cohort with what was found elsewhere; errors first.</summary>
    internal StudyCohort With(IReadOnlyList<Finding> findings) =>
        findings.Count == 0 ? this : this with { Findings = [.. Findings.Concat(findings).OrderByDescending(finding => finding.Severity)] };

    /// <summary>An attribute as dates, for a split in time.</summary>
    /// <param name="column">One of <see cref="CohortDesign.Attributes"/>.</param>
    /// <param name="findings">Receives the values that are no dates. Days stand as in 2024-05-17.</param>
    public IReadOnlyDictionary<string, DateOnly> Dates(string column, ICollection<Finding> findings)
    {
        var dates = new Dictionary<string, DateOnly>(StringComparer.Ordinal);
        foreach ((string subject, string text) in Attributes[column])
        {
            // Excel adds a time where the cell has one.
            if (DateOnly.TryParseExact(text.Length > 10 ? text[..10] : text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date))
                dates[subject] = date;
            else
                findings.Add(new Finding(Severity.Error, $"'{text}' of {subject} is no date.", "Write dates as in 2024-05-17.") { Code = "not-a-date", Column = column });
        }
        return dates;
    }

    /// <summary>Makes the cohort: eligibility, outcome, features, and the checks for leaks.</summary>
    /// <param name="design">What is wanted.</param>
    /// <param name="clinical">The screened subjects.</param>
    /// <param name="readers">The readers' features, the first being those that models see; empty for a clinical study.</param>
    public static StudyCohort Build(CohortDesign design, DataTable clinical, IReadOnlyList<RadiomicTable> readers)
    {
        var findings = new List<Finding>();
        var steps = new List<FlowStep>();
        int subjectColumn = ColumnSearch.Require(clinical, design.SubjectColumn, "the subjects' ids", findings);
        IReadOnlyList<int> rows = subjectColumn < 0 ? [] : SubjectRows.Distinct(clinical, subjectColumn, findings);
        rows = Eligibility.Apply(clinical, rows, design.Criteria, steps, findings);
        (rows, bool[] outcomes) = KeepKnown(design.Outcome, clinical, rows, steps, findings);

        ReaderJoin? join = subjectColumn < 0 || readers.Count == 0 ? null : ReaderJoin.Of(clinical, subjectColumn, rows, readers, findings);
        if (join != null)
        {
            int[] kept = [.. Enumerable.Range(0, rows.Count).Where(i => join.RowsOf(0)[i] >= 0)];
            int[] lost = [.. Enumerable.Range(0, rows.Count).Where(i => join.RowsOf(0)[i] < 0).Select(i => clinical.RowNumber(rows[i]))];
            steps.Add(new FlowStep(FlowReason.Features, $"No features by {readers[0].Reader}", [], lost, kept.Length));
            join = join.Take(kept);
            (rows, outcomes) = ([.. kept.Select(i => rows[i])], [.. kept.Select(i => outcomes[i])]);
        }

        string[] subjects = [.. rows.Select(row => clinical.Text(row, subjectColumn))];
        var attributes = new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal);
        foreach (string column in design.Attributes)
        {
            int place = ColumnSearch.Require(clinical, column, "dates, centres or subgroups", findings);
            if (place >= 0)
                attributes[column] = rows.Where(row => !clinical.IsMissing(row, place)).ToDictionary(row => clinical.Text(row, subjectColumn), row => clinical.Text(row, place), StringComparer.Ordinal);
        }
        LeakageChecks.OfDesign(design, clinical, readers, findings);
        CodedColumn[] coded = FeatureAssembly.Code(design, clinical, rows, findings);
        FeatureTable? features = FeatureAssembly.Build(coded, clinical, rows, subjects, outcomes, join, findings);
        if (features != null)
        {
            LeakageChecks.OfFeatures(features, design.LeastPerClass, findings);
            ColumnChecks.Run(features, findings);
        }
        return new StudyCohort
        {
            Flow = new CohortFlow(clinical.RowCount, steps),
            Features = features,
            Scores = design.Outcome is RepeatedScores scores ? scores.Summarise(clinical, rows, outcomes) : [],
            Attributes = attributes,
            Coding = [.. coded.Select(column => column.Coding)],
            Findings = [.. CellFindings.Merged(findings, CureOf).OrderByDescending(finding => finding.Severity)],
        };

        // Words in a column that was called numbers are mostly no mistake of the cells.
        string CureOf(string column) => design.Clinical.Any(predictor => predictor.Column == column && predictor.Kind is ColumnKind.Continuous or null)
            ? "If the column holds words, give it the kind categorical." : "";
    }

    private static (IReadOnlyList<int> Rows, bool[] Outcomes) KeepKnown(
        OutcomeRule rule, DataTable clinical, IReadOnlyList<int> rows, List<FlowStep> steps, List<Finding> findings)
    {
        IReadOnlyList<bool?> outcomes = rule.OutcomesOf(clinical, rows, findings);
        int[] known = [.. Enumerable.Range(0, rows.Count).Where(i => outcomes[i] is not null)];
        int[] unknown = [.. Enumerable.Range(0, rows.Count).Where(i => outcomes[i] is null).Select(i => clinical.RowNumber(rows[i]))];
        steps.Add(new FlowStep(FlowReason.Outcome, $"{rule.Name} not known", [], unknown, known.Length));
        return ([.. known.Select(i => rows[i])], [.. known.Select(i => outcomes[i]!.Value)]);
    }
}
