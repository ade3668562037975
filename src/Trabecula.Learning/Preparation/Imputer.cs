using Trabecula.Learning.Splitting;
using Trabecula.Learning.Statistics;

namespace Trabecula.Learning.Preparation;

/// <summary>What stands in for a missing measurement.</summary>
public enum ImputationStrategy
{
    /// <summary>The median of the training rows.</summary>
    Median,

    /// <summary>The mean of the training rows.</summary>
    Mean,

    /// <summary>The most frequent value of the training rows; of equally frequent ones the smallest.</summary>
    Mode,
}

/// <summary>
/// Fills missing values of the first reading with one value a column, learned from the training rows. Columns without missing values
/// there learn one too, for rows to come.
/// </summary>
/// <remarks>
/// Binary and categorical columns always take the mode: a median or mean of categories means nothing.
/// Further readings stay as they are, since a missing value there says that a column was not read again.
/// One value for all ignores what the other columns tell about a row, and narrows the column's spread: with more than a few missing
/// values a multiple imputation outside this pipeline is the better choice.
/// </remarks>
public sealed record Imputer : Transformer
{
    internal const string FieldName = "Imputer";

    /// <inheritdoc/>
    public override string Name => FieldName;

    /// <summary>What stands in for a missing value of a continuous column.</summary>
    public ImputationStrategy Strategy { get; init; } = ImputationStrategy.Median;

    /// <summary>
    /// Adds, after all columns, a 0/1 column <c>name missing</c> for each column with missing values in the training rows.
    /// </summary>
    public bool AddIndicators { get; init; }

    /// <inheritdoc/>
    protected override FittedImputer FitChecked(TrainingSet training, Seed seed, CancellationToken cancellationToken)
    {
        FeatureTable table = training.Table;
        int[] scope = table.ColumnsOf(Scope);
        ScopedColumns.RequireAnyValue(table, scope, Name);
        var fills = new double[table.ColumnCount];
        Array.Fill(fills, double.NaN);
        var indicated = new List<int>();
        ColumnMajor columns = ColumnMajor.Of(table, scope);
        for (int place = 0; place < scope.Length; place++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Span<double> column = columns[place], values = column[..Present.MoveToFront(column)];
            if (AddIndicators && values.Length < column.Length)
                indicated.Add(scope[place]);
            fills[scope[place]] = table.Schema[scope[place]].Kind == ColumnKind.Continuous ? Fill(values, Strategy) : Fill(values, ImputationStrategy.Mode);
        }
        var names = new HashSet<string>(table.Columns, StringComparer.Ordinal);
        foreach (int column in indicated)
        {
            if (!names.Add(FittedImputer.IndicatorName(table.Columns[column])))
                throw new LearningException(
                    $"{Name}: there is a column '{FittedImputer.IndicatorName(table.Columns[column])}' already.", "Rename it, or leave indicators out.");
        }
        return new FittedImputer(training.Origin, table.Schema, fills, [.. indicated]);
    }

    private static double Fill(Span<double> values, ImputationStrategy strategy)
    {
        values.Sort();
        return strategy switch
        {
            ImputationStrategy.Median => Quantiles.OfSorted(values, 0.5),
            ImputationStrategy.Mean => Moments.Of(values).Mean,
            _ => Mode(values),
        };
    }

    private static double Mode(ReadOnlySpan<double> sorted)
    {
        double mode = double.NaN;
        for (int start = 0, most = 0; start < sorted.Length;)
        {
            int end = start + 1;
            while (end < sorted.Length && sorted[end] == sorted[start])
                end++;
            if (end - start > most)
                (mode, most) = (sorted[start], end - start);
            start = end;
        }
        return mode;
    }
}
