using Trabecula.Learning.Preparation;
using Trabecula.Learning.Splitting;

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
/// A screen of many columns lets some pass by chance: the fitted step states how many to expect.
/// </remarks>
public sealed record UnivariateScreening : Transformer
{
    internal const string FieldName = "Univariate screening";

    /// <inheritdoc/>
    public override string Name => FieldName;

    /// <summary>Columns with P below this, adjusted or not, are kept; above 0 and at most 1.</summary>
    public double Alpha { get; init; } = 0.1;

    /// <summary>Adjustment for the number of columns.</summary>
    public PAdjustment Adjustment { get; init; }

    /// <summary>What is kept where few columns pass; null keeps those that pass, be they none.</summary>
    public ScreeningFallback? Fallback { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Validate()
    {
        var problems = new List<string>();
        if (!(Alpha is > 0 and <= 1))
            problems.Add(FormattableString.Invariant($"Alpha is {Alpha}, expected above 0 and at most 1."));
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
        bool[] outcomes = [.. table.Outcomes];
        ColumnMajor columns = ColumnMajor.Of(table, scope);
        var p = new double[scope.Length];
        for (int place = 0; place < scope.Length; place++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            bool[] o = [.. outcomes];
            Span<double> c = columns[place];
            int n = Present.MoveToFront(c, o);
            if (table.Schema[scope[place]].Kind == ColumnKind.Continuous)
                p[place] = RankSum.P(c[..n].ToArray(), o[..n]);
            else
            {
                double[] t = new double[4];
                for (int i = 0; i < n; i++) t[(c[i] == 1 ? 2 : 0) + (o[i] ? 1 : 0)]++;
                p[place] = RankSum.Chi(t[0], t[1], t[2], t[3]);
            }
        }
        int[] passed = [.. Enumerable.Range(0, scope.Length).Where(i => p[i] < Alpha)];
        bool fallback = Fallback is { } f && passed.Length < f.FewerThan;
        int[] chosen = fallback ? [.. Enumerable.Range(0, scope.Length).OrderBy(i => p[i]).Take(Fallback!.Keep)] : passed;
        return new FittedUnivariateScreening(training.Origin, table, scope, [.. chosen.Select(i => scope[i])]) { Passed = passed.Length };
    }
}

/// <summary>x</summary>
public sealed class FittedUnivariateScreening : FittedSelection
{
    internal FittedUnivariateScreening(SplitOrigin? origin, FeatureTable table, int[] scope, int[] chosen)
        : base(origin, table.Schema, WithRest(table, scope, chosen)) { }
    /// <inheritdoc/>
    public override string Name => UnivariateScreening.FieldName;
    /// <summary>x</summary>
    public int Passed { get; init; }
}
