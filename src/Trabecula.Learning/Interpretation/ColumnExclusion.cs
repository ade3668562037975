using System.Text.Json.Nodes;
using Trabecula.Learning.Selection;
using Trabecula.Learning.Splitting;

namespace Trabecula.Learning.Interpretation;

/// <summary>Leaves out columns that an ablation names. It learns nothing, so it is fitted as it stands.</summary>
public sealed class ColumnExclusion : FittedSelection
{
    private ColumnExclusion(SplitOrigin? origin, IReadOnlyList<FeatureColumn> input, IEnumerable<int> kept)
        : base(origin, input, kept)
    {
    }

    /// <inheritdoc/>
    public override string Name => "Columns left out";

    /// <summary>The step for training rows.</summary>
    internal static ColumnExclusion Of(TrainingSet training, IEnumerable<int> leftOut) =>
        new(training.Origin, training.Table.Schema, Enumerable.Range(0, training.Table.ColumnCount).Except(leftOut));

    internal static ColumnExclusion Read(JsonObject state) => new(null, StateJson.Columns(state, "columns"), KeptOf(state));
}
