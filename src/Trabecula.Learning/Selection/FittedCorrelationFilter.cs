using System.Text.Json.Nodes;
using Trabecula.Learning.Splitting;

namespace Trabecula.Learning.Selection;

/// <summary>A column that was dropped for its correlation with a kept one.</summary>
/// <param name="Column">Its place in the input.</param>
/// <param name="KeptColumn">The place of the kept one, the first in the order of preference.</param>
/// <param name="R">Their correlation, -1 to 1.</param>
public sealed record DroppedColumn(int Column, int KeptColumn, double R);

/// <summary>The columns that were dropped, and for which.</summary>
public sealed class FittedCorrelationFilter : FittedSelection
{
    internal FittedCorrelationFilter(SplitOrigin? origin, IReadOnlyList<FeatureColumn> input, DroppedColumn[] dropped, IEnumerable<int> kept)
        : base(origin, input, kept) => Dropped = Array.AsReadOnly(dropped);

    /// <inheritdoc/>
    public override string Name => CorrelationFilter.FieldName;

    /// <summary>The dropped columns, in the order of the input.</summary>
    public IReadOnlyList<DroppedColumn> Dropped { get; }

    internal static FittedCorrelationFilter Read(JsonObject state)
    {
        int[] partners = StateJson.Integers(state, "partners");
        double[] r = StateJson.Numbers(state, "r");
        return new FittedCorrelationFilter(
            null, StateJson.Columns(state, "columns"),
            [.. StateJson.Integers(state, "dropped").Select((column, i) => new DroppedColumn(column, partners[i], r[i]))], KeptOf(state));
    }

    private protected override JsonObject State()
    {
        JsonObject state = base.State();
        state["dropped"] = StateJson.Integers(Dropped.Select(column => column.Column));
        state["partners"] = StateJson.Integers(Dropped.Select(column => column.KeptColumn));
        state["r"] = StateJson.Numbers(Dropped.Select(column => column.R));
        return state;
    }
}
