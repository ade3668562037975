using Trabecula.Learning.Preparation;
using Trabecula.Learning.Splitting;
using Trabecula.Learning.Statistics;

namespace Trabecula.Learning.Selection;

/// <summary>How P values are adjusted for the number of columns.</summary>
public enum PAdjustment
{
    /// <summary>Not at all: of columns without any relation to the outcome, a share of alpha passes.</summary>
    None,

    /// <summary>By Benjamini and Hochberg (1995): alpha is then the expected share of false ones among the columns that pass.</summary>
    BenjaminiHochberg,
}

/// <summary>What is kept where few columns pass, so that a model has something to choose from.</summary>
/// <param name="FewerThan">Applies where fewer columns pass.</param>
/// <param name="Keep">How many columns of the smallest P are kept then; of equal P the first in the table.</param>
public sealed record ScreeningFallback(int FewerThan, int Keep);

/// <summary>Keeps the columns whose test against the outcome gives a P below a limit, one column at a time.</summary>
/// <remarks>
/// Continuous columns: Wilcoxon's rank-sum test, two-sided. Binary and categorical ones: Pearson's chi-square test, or Fisher's exact
/// test. Missing values are left out of their column's test; a column on which no test exists (constant, or without values in one
/// class) has P = 1.
/// A screen of many columns lets some pass by chance: without adjustment the fitted step states how many to expect.
/// </remarks>
public sealed record UnivariateScreening : Transformer
{
    internal const string FieldName = "Univariate screening";

    /// <inheritdoc/>
    public override string Name => FieldName;

    /// <summary>Columns with P below this, adjusted or not, are kept; above 0 and at most 1.</summary>
    public double Alpha { get; init; } = 0.1;

    /// <summary>How the P of a rank sum is obtained. The exact distribution is refused where values are tied.</summary>
    public RankSumMethod RankSum { get; init; } = RankSumMethod.TieAndContinuityCorrected;

    /// <summary>Whether the chi-square of a 2 x 2 table has Yates' correction.</summary>
    public bool Yates { get; init; } = true;

    /// <summary>
    /// A 2 x 2 table with an expected count below this is tested by Fisher's exact test instead; 0 for never, 5 by custom.
    /// </summary>
    public double FisherBelow { get; init; }

    /// <summary>Adjustment for the number of columns that are tested.</summary>
    public PAdjustment Adjustment { get; init; }

    /// <summary>What is kept where few columns pass; null keeps those that pass, be they none.</summary>
    public ScreeningFallback? Fallback { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Validate()
    {
        var problems = new List<string>();
        if (!(Alpha is > 0 and <= 1))
            problems.Add(FormattableString.Invariant($"Alpha is {Alpha}, expected above 0 and at most 1."));
        if (!(FisherBelow >= 0))
            problems.Add(FormattableString.Invariant($"FisherBelow is {FisherBelow}, expected an expected count of at least 0."));
        if (Fallback is { FewerThan: < 1 } or { Keep: < 1 })
            problems.Add($"Fallback keeps {Fallback.Keep} columns where fewer than {Fallback.FewerThan} pass, expected two numbers of at least 1.");
        return problems;
    }

    /// <inheritdoc/>
    protected override FittedUnivariateScreening FitChecked(TrainingSet training, Seed seed, CancellationToken cancellationToken)
    {
        FeatureTable table = training.Table;
        table.RequireBothClasses(Name);
        int[] scope = table.ColumnsOf(Scope);
        bool[] cases = [.. table.Outcomes];
        ColumnMajor columns = ColumnMajor.Of(table, scope);
        var tests = new (ScreeningTest Test, double P)[scope.Length];
        for (int place = 0; place < scope.Length; place++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            tests[place] = Test(columns[place], cases, table.Schema[scope[place]]);
        }
        double[] adjusted = Adjusted(tests);
        ScreenedColumn[] screened = [.. tests.Select((test, place) => new ScreenedColumn(scope[place], test.Test, test.P, adjusted[place]))];
        ScreenedColumn[] passed = [.. screened.Where(column => column.AdjustedP < Alpha)];
        bool fallsBack = Fallback is not null && passed.Length < Fallback.FewerThan;
        // OrderBy is stable: of equal P the first in the table.
        IEnumerable<ScreenedColumn> chosen = fallsBack ? screened.OrderBy(column => column.P).Take(Fallback!.Keep) : passed;
        return new FittedUnivariateScreening(
            training.Origin, table.Schema, this, fallsBack, screened,
            FittedSelection.WithRest(table, scope, chosen.Select(column => column.Column)));
    }

    /// <summary>A column without a test is none of the family of tests that an adjustment counts.</summary>
    private double[] Adjusted((ScreeningTest Test, double P)[] tests)
    {
        if (Adjustment == PAdjustment.None)
            return Array.ConvertAll(tests, test => test.P);
        double[] adjusted = MultipleTesting.BenjaminiHochberg(Array.ConvertAll(tests, test => test.Test == ScreeningTest.None ? double.NaN : test.P));
        return Array.ConvertAll(adjusted, p => double.IsNaN(p) ? 1 : p);
    }

    private (ScreeningTest Test, double P) Test(ReadOnlySpan<double> column, ReadOnlySpan<bool> cases, FeatureColumn schema)
    {
        if (schema.Kind != ColumnKind.Continuous)
            return ColumnTests.Counts(column, cases, schema.Kind == ColumnKind.Binary ? 2 : schema.Levels.Count, Yates, FisherBelow);
        try
        {
            return ColumnTests.RankSums(column, cases, RankSum);
        }
        catch (LearningException refusal)
        {
            throw new LearningException($"{Name}: '{schema.Name}': {refusal.Problem}", refusal.Cure);
        }
    }
}
