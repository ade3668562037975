using System.Globalization;
using Trabecula.Learning;
using Trabecula.Learning.Splitting;
using Trabecula.Learning.Statistics;

namespace Trabecula.Workbench.Studies;

/// <summary>The tables that describe a study's subjects before anything is learned: who they are, by outcome and by side of the split.</summary>
internal static class BaselineTables
{
    private const string Forms = "Mean ± standard deviation where |skewness| is below 2, kurtosis below 7 and at most a tenth of all values are outliers, else " +
        "median [quartiles]; counts (percent of those known).";

    private const string Difference = "The standardised difference is the first group less the second in standard deviations, and has no sign for several levels; " +
        "beyond 0.1 it is commonly called imbalance.";

    /// <summary>The clinical predictors of the subjects with the event against those without.</summary>
    internal static ReportTable ByOutcome(FeatureTable features, string outcome)
    {
        int[] events = [.. Enumerable.Range(0, features.RowCount).Where(row => features.Outcomes[row])];
        int[] others = [.. Enumerable.Range(0, features.RowCount).Where(row => !features.Outcomes[row])];
        return Table("table1", $"Baseline by outcome: {outcome}", features, (outcome, events), ("without", others), null,
            "A P here selects nothing: what the models see is decided by the steps, on training rows.");
    }

    /// <summary>The outcome and the clinical predictors on the two sides of a single split.</summary>
    internal static ReportTable BySide(FeatureTable features, string outcome, Splitter split, SplitResult sides)
    {
        var rows = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int row = 0; row < features.RowCount; row++)
            rows[features.Subjects[row]] = row;
        int[] training = [.. sides.Final.Prepared.Table.Subjects.Distinct(StringComparer.Ordinal).Select(subject => rows[subject])];
        int[] heldOut = [.. sides.HeldOut.Subjects.Select(subject => rows[subject])];
        // A date or a given column may divide subjects who differ; a draw cannot but by chance.
        bool drawn = split is StratifiedHoldOut or BootstrapSplit;
        return Table("tableS1", "Baseline by side of the split", features, ("training", training), ("held out", heldOut), outcome, drawn
            ? "The sides were drawn by chance, so these P only describe that draw: a small one is no flaw of the study, and a large one proves nothing."
            : "The sides were not drawn by chance: what differs here may make results on held-out subjects better or worse than elsewhere.");
    }

    private static ReportTable Table(
        string name, string title, FeatureTable features, (string Name, int[] Rows) first, (string Name, int[] Rows) second, string? outcome, string caveat)
    {
        var rows = new List<IReadOnlyList<string>>();
        var tests = new SortedSet<BaselineTest>();
        bool infinite = false, missing = false;
        if (outcome is not null)
        {
            double[] outcomes = [.. features.Outcomes.Select(value => value ? 1.0 : 0)];
            Add(new FeatureColumn(outcome, ColumnKind.Binary, ColumnSource.Clinical), outcomes, outcome);
        }
        foreach ((int c, FeatureColumn column) in features.Schema.Index())
        {
            if (column.Source == ColumnSource.Clinical)
                Add(column, features.Column(c), column.Kind == ColumnKind.Binary ? $"{column.Name} = 1" : column.Name);
        }
        string used = string.Join("; ", tests.Where(test => test != BaselineTest.None).Select(test => BaselineText.Meaning(test)));
        return new ReportTable(name, title,
            ["variable", Head("all", first.Rows.Length + second.Rows.Length), Head(first.Name, first.Rows.Length), Head(second.Name, second.Rows.Length),
                "missing", "test", "P", "standardised difference"], rows)
        {
            Note = $"{Forms} {(missing ? $"Missing: {first.Name} + {second.Name}. " : "")}{(used.Length == 0 ? "" : $"Tests, two-sided and not adjusted for their number: {used}. ")}{caveat} {Difference}" +
                (infinite ? " Infinity: each group has one value only, and not the same, or they share no level." : ""),
        };

        void Add(FeatureColumn column, double[] values, string label)
        {
            double[] a = [.. first.Rows.Select(row => values[row])], b = [.. second.Rows.Select(row => values[row])];
            BaselineComparison comparison = column.Kind switch
            {
                ColumnKind.Continuous => BaselineComparison.OfValues(a, b),
                ColumnKind.Binary => BaselineComparison.OfLevels(a, b, 2),
                _ => BaselineComparison.OfLevels(a, b, Math.Max(1, column.Levels.Count)),
            };
            tests.Add(comparison.Test);
            missing |= comparison.All.Missing > 0;
            infinite |= double.IsInfinity(comparison.StandardisedDifference);
            bool byLevel = column.Kind == ColumnKind.Categorical;
            IEnumerable<string> Groups(int level) => ((BaselineGroup[])[comparison.All, comparison.First, comparison.Second]).Select(group => BaselineText.Of(comparison, group, level));
            rows.Add(
            [
                label, .. byLevel ? ["", "", ""] : Groups(1), Missing(comparison), BaselineText.Name(comparison.Test),
                StudyTables.Number(comparison.P), StudyTables.Number(comparison.StandardisedDifference),
            ]);
            for (int level = 0; byLevel && level < column.Levels.Count; level++)
                rows.Add([$"{column.Name}: {column.Levels[level]}", .. Groups(level), "", "", "", ""]);
        }
    }

    private static string Missing(BaselineComparison comparison) =>
        comparison.All.Missing == 0 ? "0" : $"{StudyTables.Whole(comparison.First.Missing)} + {StudyTables.Whole(comparison.Second.Missing)}";

    private static string Head(string name, int count) => string.Create(CultureInfo.InvariantCulture, $"{name} (n = {count})");
}
