using System.Globalization;
using Trabecula.Learning;
using Trabecula.Learning.Selection;
using Trabecula.Learning.Statistics;

namespace Trabecula.Workbench.Studies;

/// <summary>
/// Principal components of the screened and of the selected radiomic columns, beside what noise would give: a larger share of the first
/// components after selection alone says little, since fewer columns have larger shares whatever they hold.
/// </summary>
internal static class ComponentAnalysis
{
    private const int Draws = 200, FewestColumns = 3, FewestRows = 5;

    /// <summary>The components; null where fewer than three radiomic columns are selected, or no step drops any.</summary>
    internal static ComponentSummary? Of(FeatureTable features, StudyResult result, Seed seed, StageWork? work = null)
    {
        FittedTransformer[] steps = [.. result.BeforeSplit, .. result.Splits[0].Steps];
        int last = Array.FindLastIndex(steps, Drops), screening = Array.FindLastIndex(steps, Screens);
        if (last < 0)
            return null;
        // Without a screening, or with one alone, what stands beside the selected columns is what they were selected from.
        bool screened = screening >= 0 && screening < last;
        int before = screened ? screening : last - 1;
        bool ofTraining = last >= result.BeforeSplit.Count;
        int[] rows = ofTraining ? RowsOf(features, result.Splits[0].Final.Prepared.Table.Subjects) : [.. Enumerable.Range(0, features.RowCount)];
        ComponentSet? first = null, second = null;
        work ??= new StageWork();
        FeatureTable table = features;
        for (int step = -1; step <= last; step++)
        {
            work.Report("Principal components", step + 1, last + 2);
            if (step >= 0)
                table = steps[step].Transform(table);
            if (step == before)
                first = Analyse(screened ? "screened" : "before selection", table, rows, seed, work.CancellationToken);
            if (step == last)
                second = Analyse("selected", table, rows, seed, work.CancellationToken);
        }
        work.Report("Principal components", last + 2, last + 2);
        return first is null || second is null
            ? null
            : new ComponentSummary(ofTraining ? "the training subjects" : "all subjects", [.. rows.Select(row => features.Outcomes[row])], first, second);
    }

    /// <summary>The shares side by side.</summary>
    internal static ReportTable Table(ComponentSummary components)
    {
        ComponentSet a = components.Before, b = components.Selected;
        // Fewer columns are standardised wherever more are.
        string standardised = NoiseComponents.AreStandardised(components.Outcomes.Count, a.Columns) ? "standardised likewise"
            : $"of equal variance ({a.Name}: not in each draw, which makes the shares about a hundredth larger at most)";
        return new ReportTable("pca", "Principal components of the radiomic columns", ["measure", a.Name, b.Name, $"{b.Name} / {a.Name}"],
        [
            ["columns", StudyTables.Whole(a.Columns), StudyTables.Whole(b.Columns), Ratio(a.Columns, b.Columns)],
            Row("PC1, % of variance", set => set.FirstShare),
            Row("PC1 to PC3, % of variance", set => set.ThreeShare),
            Row("PC1 of noise, %", set => set.Noise.Mean),
            Row("PC1 to PC3 of noise, %", set => set.NoiseOfThree.Mean),
            ["PC1 / noise", Ratio(a.Noise.Mean, a.FirstShare), Ratio(b.Noise.Mean, b.FirstShare), ""],
            ["PC1 to PC3 / noise", Ratio(a.NoiseOfThree.Mean, a.ThreeShare), Ratio(b.NoiseOfThree.Mean, b.ThreeShare), ""],
        ])
        {
            Note = $"On {components.FittedOn}, every column at mean 0 and deviation 1, missing values at the mean. Noise: as many rows and columns of independent " +
                $"normal numbers, {standardised}, mean of {StudyTables.Whole(Draws)} draws; PC1 of a single draw varies by {Deviation(a.Noise)} and {Deviation(b.Noise)} percentage points, " +
                $"PC1 to PC3 by {Deviation(a.NoiseOfThree)} and {Deviation(b.NoiseOfThree)} (standard deviations). " +
                "Fewer columns give larger shares whatever they hold: only the ratio to noise says whether columns have something in common.",
        };

        IReadOnlyList<string> Row(string name, Func<ComponentSet, double> share) =>
            [name, StudyTables.Number(100 * share(a)), StudyTables.Number(100 * share(b)), Ratio(share(a), share(b))];
    }

    private static string Ratio(double of, double value) => StudyTables.Number(value / of);

    private static string Deviation(NoiseShare noise) => (100 * noise.Deviation).ToString("0.00", CultureInfo.InvariantCulture);

    private static bool Drops(FittedTransformer step) => step is FittedSelection && Radiomic(step.Output) < Radiomic(step.Input);

    private static bool Screens(FittedTransformer step) => step is FittedUnivariateScreening screening && Drops(step) &&
        screening.Tests.Any(test => test.Test != ScreeningTest.None && step.Input[test.Column].Source == ColumnSource.Radiomic);

    private static int Radiomic(IReadOnlyList<FeatureColumn> columns) => columns.Count(column => column.Source == ColumnSource.Radiomic);

    private static int[] RowsOf(FeatureTable features, IReadOnlyList<string> subjects)
    {
        var rows = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int row = 0; row < features.RowCount; row++)
            rows[features.Subjects[row]] = row;
        return [.. subjects.Select(subject => rows[subject])];
    }

    private static ComponentSet? Analyse(string name, FeatureTable table, int[] rows, Seed seed, CancellationToken cancellationToken)
    {
        double[][] columns = [.. Enumerable.Range(0, table.ColumnCount).Where(c => table.Schema[c].Source == ColumnSource.Radiomic)
            .Select(c => Standardised(table.Column(c), rows)).OfType<double[]>()];
        if (columns.Length < FewestColumns || rows.Length < FewestRows)
            return null;
        var values = new double[rows.Length * columns.Length];
        for (int row = 0, at = 0; row < rows.Length; row++)
        {
            foreach (double[] column in columns)
                values[at++] = column[row];
        }
        PrincipalComponents pca = PrincipalComponents.Of(values, columns.Length, 2, cancellationToken);
        double[] scores = pca.Scores(values);
        NoiseComponents[] noise = NoiseComponents.SharesOfFirst(
            rows.Length, columns.Length, 3, Draws, seed.Derive("noise-components", rows.Length, columns.Length), cancellationToken);
        return new ComponentSet(
            name, columns.Length, pca.ShareOfFirst(1), pca.ShareOfFirst(3), Share(noise[0]), Share(noise[2]), [.. rows.Select((_, row) => Shown(scores[2 * row]))],
            [.. rows.Select((_, row) => Shown(scores[2 * row + 1]))]);

        static NoiseShare Share(NoiseComponents noise) => new(noise.Mean, noise.Deviation);
    }

    /// <summary>The column of some rows at mean 0 and deviation 1, missing values at the mean; null where it does not vary.</summary>
    private static double[]? Standardised(double[] column, int[] rows)
    {
        double[] values = [.. rows.Select(row => column[row])];
        Moments moments = Moments.Of(values);
        return moments.PopulationDeviation > 0
            ? Array.ConvertAll(values, value => double.IsNaN(value) ? 0 : (value - moments.Mean) / moments.PopulationDeviation)
            : null;
    }

    // A picture needs no more digits.
    private static double Shown(double score) => Math.Round(score, 3);
}
