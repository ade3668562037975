using System.Text.Json.Nodes;
using Trabecula.Learning.Splitting;

namespace Trabecula.Learning.Selection;

/// <summary>A column that mRMR took.</summary>
/// <param name="Column">Its place in the input.</param>
/// <param name="Score">The score that it won by; for the first column its relevance.</param>
/// <param name="Relevance">What it tells about the outcome: F, or nats.</param>
/// <param name="Redundancy">Its mean redundancy with the columns taken before: |r|, or nats; 0 for the first.</param>
public sealed record MrmrChoice(int Column, double Score, double Relevance, double Redundancy);

/// <summary>The columns that mRMR took, best first.</summary>
public sealed class FittedMrmr : FittedSelection
{
    internal FittedMrmr(SplitOrigin? origin, FeatureTable table, int[] scope, MrmrChoice[] ranking)
        : this(origin, table.Schema, ranking, WithRest(table, scope, ranking.Select(choice => choice.Column)))
    {
    }

    private FittedMrmr(SplitOrigin? origin, IReadOnlyList<FeatureColumn> input, MrmrChoice[] ranking, IEnumerable<int> kept)
        : base(origin, input, kept) => Ranking = Array.AsReadOnly(ranking);

    /// <inheritdoc/>
    public override string Name => Mrmr.FieldName;

    /// <summary>The columns in the order in which they were taken.</summary>
    public IReadOnlyList<MrmrChoice> Ranking { get; }

    internal static FittedMrmr Read(JsonObject state)
    {
        double[] scores = StateJson.Numbers(state, "scores"), relevances = StateJson.Numbers(state, "relevances");
        double[] redundancies = StateJson.Numbers(state, "redundancies");
        MrmrChoice[] ranking =
        [
            .. StateJson.Integers(state, "ranking").Select((column, i) => new MrmrChoice(column, scores[i], relevances[i], redundancies[i])),
        ];
        return new FittedMrmr(null, StateJson.Columns(state, "columns"), ranking, KeptOf(state));
    }

    private protected override JsonObject State()
    {
        JsonObject state = base.State();
        state["ranking"] = StateJson.Integers(Ranking.Select(choice => choice.Column));
        state["scores"] = StateJson.Numbers(Ranking.Select(choice => choice.Score));
        state["relevances"] = StateJson.Numbers(Ranking.Select(choice => choice.Relevance));
        state["redundancies"] = StateJson.Numbers(Ranking.Select(choice => choice.Redundancy));
        return state;
    }
}
