using Trabecula.Learning.Splitting;

namespace Trabecula.Learning.Preparation;

/// <summary>What a category means that no training row has.</summary>
public enum UnseenCategory
{
    /// <summary>It is refused, by name.</summary>
    Refuse,

    /// <summary>All columns of its predictor are 0; with <see cref="OneHotEncoder.DropFirst"/> that is the first category.</summary>
    AllZero,
}

/// <summary>Replaces each categorical column by a 0/1 column for each category that occurs in the training rows.</summary>
/// <remarks>
/// The new columns stand in the place of the old one, in the order of its levels, and are called <c>name=level</c>. Categories go by
/// their names, whatever their numbers in another table. A missing value is missing in each of the new columns. A column without any value is refused.
/// </remarks>
public sealed record OneHotEncoder : Transformer
{
    internal const string FieldName = "One-hot encoder";

    /// <inheritdoc/>
    public override string Name => FieldName;

    /// <summary>Leaves out the first category, whose rows have 0 in all others: without it the columns of a predictor add up to 1.</summary>
    public bool DropFirst { get; init; }

    /// <summary>What becomes of a category that no training row has.</summary>
    public UnseenCategory Unseen { get; init; } = UnseenCategory.Refuse;

    /// <inheritdoc/>
    protected override FittedOneHotEncoder FitChecked(TrainingSet training, Seed seed, CancellationToken cancellationToken)
    {
        FeatureTable table = training.Table;
        int[] scope = [.. table.ColumnsOf(Scope).Where(column => table.Schema[column].Kind == ColumnKind.Categorical)];
        ScopedColumns.RequireAnyValue(table, scope, Name);
        var encodings = new ColumnEncoding?[table.ColumnCount];
        foreach (int column in scope)
        {
            int[] seen = [.. table.Column(column).Where(value => !double.IsNaN(value)).Select(value => (int)value).Distinct().Order()];
            encodings[column] = new ColumnEncoding(seen, DropFirst ? seen[1..] : seen);
        }
        FeatureColumn[] output = FittedOneHotEncoder.Encoded(table.Schema, encodings);
        if (output.GroupBy(column => column.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new LearningException($"{Name}: the encoded columns hold '{twice.Key}' twice.", "Rename the predictor or its category.");
        return new FittedOneHotEncoder(training.Origin, table.Schema, encodings, Unseen);
    }
}

/// <summary>The categories of a column.</summary>
/// <param name="Seen">The numbers of those that occur in the training rows, rising.</param>
/// <param name="Columns">The numbers of those that have a column, in the order of the columns.</param>
internal sealed record ColumnEncoding(int[] Seen, int[] Columns);
