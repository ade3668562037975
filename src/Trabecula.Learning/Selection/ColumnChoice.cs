using System.Text.Json.Nodes;
using Trabecula.Learning.Splitting;

namespace Trabecula.Learning.Selection;

/// <summary>
/// Keeps named columns and no other: the volume alone, the clinical variables alone. It looks at no value. Confined to a scope, it
/// hands the other columns on as every step does.
/// </summary>
public sealed record ColumnChoice : Transformer
{
    internal const string FieldName = "Column choice";

    /// <inheritdoc/>
    public override string Name => FieldName;

    /// <summary>The columns that are kept; at least one, or <see cref="Source"/>.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>A source whose columns are kept, beside <see cref="Names"/>; null for none.</summary>
    public ColumnSource? Source { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Validate() => Names.Count > 0 || Source is not null
        ? []
        : ["Neither names nor a source is given, expected columns to keep."];

    /// <inheritdoc/>
    protected override FittedColumnChoice FitChecked(TrainingSet training, Seed seed, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        FeatureTable table = training.Table;
        if (Names.FirstOrDefault(name => !table.Columns.Contains(name)) is { } missing)
            throw new LearningException($"{Name}: there is no column '{missing}'.", $"The columns begin with {string.Join(", ", table.Columns.Take(5))}.");
        int[] scope = table.ColumnsOf(Scope);
        int[] kept = [.. scope.Where(place => table.Schema[place].Source == Source || Names.Contains(table.Columns[place]))];
        if (kept.Length == 0 && scope.Length > 0)
            throw new LearningException($"{Name}: no column of the scope is to be kept.", "Name columns of the scope.");
        return new FittedColumnChoice(training.Origin, table.Schema, FittedSelection.WithRest(table, scope, kept));
    }
}

/// <summary>The named columns.</summary>
public sealed class FittedColumnChoice : FittedSelection
{
    internal FittedColumnChoice(SplitOrigin? origin, IReadOnlyList<FeatureColumn> input, IEnumerable<int> kept) : base(origin, input, kept)
    {
    }

    /// <inheritdoc/>
    public override string Name => ColumnChoice.FieldName;

    internal static FittedColumnChoice Read(JsonObject state) => new(null, StateJson.Columns(state, "columns"), KeptOf(state));
}
