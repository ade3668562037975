using System.Text.Json.Nodes;
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

/// <summary>The agreement of the readers on each column, and the columns that reached the limit.</summary>
public sealed class FittedReproducibilityFilter : FittedSelection
{
    internal FittedReproducibilityFilter(
        SplitOrigin? origin, IReadOnlyList<FeatureColumn> input, Agreement measure, double minAgreement, double?[] agreements, IEnumerable<int> kept)
        : base(origin, input, kept) => (Measure, MinAgreement, Agreements) = (measure, minAgreement, Array.AsReadOnly(agreements));

    /// <inheritdoc/>
    public override string Name => ReproducibilityFilter.FieldName;

    /// <summary>The coefficient.</summary>
    public Agreement Measure { get; }

    /// <summary>The least agreement that kept a column.</summary>
    public double MinAgreement { get; }

    /// <summary>The agreement on each column of the input, at most 1; null where it was not judged, NaN where it does not exist.</summary>
    public IReadOnlyList<double?> Agreements { get; }

    /// <summary>How many columns were judged.</summary>
    public int Judged => Agreements.Count(agreement => agreement is not null);

    /// <summary>How many of the judged columns reached the limit.</summary>
    public int Passed => Agreements.Count(agreement => agreement >= MinAgreement);

    internal static FittedReproducibilityFilter Read(JsonObject state) => new(
        null, StateJson.Columns(state, "columns"), Enum.Parse<Agreement>(state["measure"]!.GetValue<string>()),
        state["minAgreement"]!.GetValue<double>(),
        [.. state["agreements"]!.AsArray().Select(agreement => agreement is null ? (double?)null : StateJson.Number(agreement))], KeptOf(state));

    private protected override JsonObject State()
    {
        JsonObject state = base.State();
        state["measure"] = Measure.ToString();
        state["minAgreement"] = MinAgreement;
        state["agreements"] = new JsonArray([.. Agreements.Select(agreement => agreement is { } value ? StateJson.Number(value) : null)]);
        return state;
    }
}
