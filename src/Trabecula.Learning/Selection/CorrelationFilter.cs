using Trabecula.Learning.Preparation;
using Trabecula.Learning.Splitting;
using Trabecula.Learning.Statistics;

namespace Trabecula.Learning.Selection;

/// <summary>The correlation of two columns.</summary>
public enum CorrelationKind
{
    /// <summary>Pearson's, of the values.</summary>
    Pearson,

    /// <summary>Spearman's, of the ranks, equal values sharing theirs.</summary>
    Spearman,
}

/// <summary>Which of two correlated columns stays.</summary>
public enum CorrelationPreference
{
    /// <summary>The first in the table.</summary>
    First,

    /// <summary>
    /// The one of larger F between the outcomes, of values or ranks as the correlation is; of equal F the first in the table.
    /// </summary>
    MoreRelevant,
}

/// <summary>Keeps columns so that no two of them are strongly correlated on the training rows.</summary>
/// <remarks>
/// Goes through the columns in the order of preference and keeps each that has |r| of at most <see cref="MaxCorrelation"/> with all kept
/// before, so that a column is never dropped for the sake of one that was dropped itself. Constant columns correlate with nothing
/// and stay. Missing values and categorical columns are refused.
/// Cost: rows x columns x kept columns.
/// </remarks>
public sealed record CorrelationFilter : Transformer
{
    internal const string FieldName = "Correlation filter";

    /// <inheritdoc/>
    public override string Name => FieldName;

    /// <summary>The correlation that is looked at.</summary>
    public CorrelationKind Method { get; init; } = CorrelationKind.Pearson;

    /// <summary>The largest |r| that two kept columns may have, 0 to 1.</summary>
    public double MaxCorrelation { get; init; } = 0.9;

    /// <summary>Which of two correlated columns stays.</summary>
    public CorrelationPreference Keep { get; init; } = CorrelationPreference.First;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Validate() => MaxCorrelation is >= 0 and <= 1
        ? []
        : [FormattableString.Invariant($"MaxCorrelation is {MaxCorrelation}, expected 0 to 1.")];

    /// <inheritdoc/>
    protected override FittedCorrelationFilter FitChecked(TrainingSet training, Seed seed, CancellationToken cancellationToken)
    {
        FeatureTable table = training.Table;
        int[] scope = table.ColumnsOf(Scope);
        ScopedColumns.RequireNumeric(table, scope, Name);
        ScopedColumns.RequireComplete(table, scope, Name);
        ColumnMajor columns = ColumnMajor.Of(table, scope, lanes: UnitColumns.Lanes);
        for (int place = 0; Method == CorrelationKind.Spearman && place < scope.Length; place++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Midranks.Of(columns[place]).CopyTo(columns[place]);
        }
        ColumnMajor units = UnitColumns.Of(columns, scope.Length);
        IEnumerable<int> order = Enumerable.Range(0, scope.Length);
        if (Keep == CorrelationPreference.MoreRelevant)
        {
            table.RequireBothClasses(Name);
            double[] f = TwoGroupF.Of(units, scope.Length, table.Outcomes);
            // OrderBy is stable: of equal F the first in the table.
            order = order.OrderByDescending(place => f[place]);
        }

        var kept = new List<int>();
        var dropped = new List<DroppedColumn>();
        foreach (int place in order)
        {
            cancellationToken.ThrowIfCancellationRequested();
            (int partner, double r) = FirstAbove(units, kept, place);
            if (partner < 0)
                kept.Add(place);
            else
                dropped.Add(new DroppedColumn(scope[place], scope[partner], r));
        }
        return new FittedCorrelationFilter(
            training.Origin, table.Schema, [.. dropped.OrderBy(column => column.Column)],
            FittedSelection.WithRest(table, scope, kept.Select(place => scope[place])));
    }

    private (int Partner, double R) FirstAbove(ColumnMajor units, List<int> kept, int place)
    {
        ReadOnlySpan<double> column = units.Padded(place);
        foreach (int other in kept)
        {
            // Rounding may pass 1, and copies must not pass a limit of 1.
            double r = Math.Clamp(UnitColumns.Dot(column, units.Padded(other)), -1, 1);
            if (Math.Abs(r) > MaxCorrelation)
                return (other, r);
        }
        return (-1, 0);
    }
}
