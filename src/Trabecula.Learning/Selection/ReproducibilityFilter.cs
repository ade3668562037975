using Trabecula.Learning.Preparation;
using Trabecula.Learning.Splitting;

namespace Trabecula.Learning.Selection;

/// <summary>Keeps the columns on whose values the readers of the training rows agree.</summary>
/// <remarks>
/// Works on the values as they are at its place among the steps: raw, or scaled by what was fitted on the first reader. Both give the
/// same CCC, since one scaling for all readers moves and stretches them alike. Scaling each reader by himself does not: it takes away
/// the differences of mean and spread that CCC is there to find, and turns it into Pearson's r.
/// Place it before an imputer: rows that one reader lacks are left out of a column's agreement. A column that was read once, as clinical ones are, is
/// kept. A column whose agreement does not exist (constant in all readings, or fewer than two rows read by all) is not.
/// With more than two readers the least CCC of two of them counts; the intraclass correlations take all readers together.
/// </remarks>
public sealed record ReproducibilityFilter : Transformer
{
    internal const string FieldName = "Reproducibility filter";

    /// <inheritdoc/>
    public override string Name => FieldName;

    /// <summary>The coefficient.</summary>
    public Agreement Measure { get; init; } = Agreement.Ccc;

    /// <summary>The least agreement that keeps a column, above 0 and at most 1.</summary>
    public double MinAgreement { get; init; } = 0.85;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Validate() => MinAgreement is > 0 and <= 1
        ? []
        : [FormattableString.Invariant($"MinAgreement is {MinAgreement}, expected above 0 and at most 1.")];

    /// <inheritdoc/>
    protected override FittedReproducibilityFilter FitChecked(TrainingSet training, Seed seed, CancellationToken cancellationToken)
    {
        FeatureTable table = training.Table;
        int[] scope = table.ColumnsOf(Scope);
        if (table.ReadingCount == 1)
            throw new LearningException(
                $"{Name}: the table holds one reading only, but agreement needs two.",
                "Give the values of a second reader, or leave this step out.");
        ColumnMajor[] readings = [.. Enumerable.Range(0, table.ReadingCount).Select(reading => ColumnMajor.Of(table, scope, reading))];
        var agreements = new double?[table.ColumnCount];
        for (int place = 0; place < scope.Length; place++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (IsReadAgain(readings, place))
                agreements[scope[place]] = Measure.Between(readings, place);
        }
        if (agreements.All(agreement => agreement is null))
            throw new LearningException(
                $"{Name}: none of the {scope.Length} columns in its scope was read twice in the {table.RowCount} training rows.",
                "Give the values of a second reader for these columns, or leave this step out.");
        return new FittedReproducibilityFilter(
            training.Origin, table.Schema, Measure, MinAgreement, agreements,
            Enumerable.Range(0, table.ColumnCount).Where(column => agreements[column] is not { } found || found >= MinAgreement));
    }

    private static bool IsReadAgain(ColumnMajor[] readings, int place)
    {
        foreach (ColumnMajor reading in readings.AsSpan(1))
        {
            foreach (double value in reading[place])
            {
                if (!double.IsNaN(value))
                    return true;
            }
        }
        return false;
    }
}
