using System.Text.Json.Nodes;
using Trabecula.Learning.Splitting;
using Trabecula.Learning.Statistics;

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
    internal FittedMrmr(SplitOrigin? origin, FeatureTable table, int[] scope, Mrmr options, MrmrChoice[] ranking)
        : this(origin, table.Schema, options, ranking, WithRest(table, scope, ranking.Select(choice => choice.Column)))
    {
    }

    private FittedMrmr(SplitOrigin? origin, IReadOnlyList<FeatureColumn> input, Mrmr options, MrmrChoice[] ranking, IEnumerable<int> kept)
        : base(origin, input, kept) => (Options, Ranking) = (options, Array.AsReadOnly(ranking));

    /// <inheritdoc/>
    public override string Name => Mrmr.FieldName;

    /// <summary>The definitions that it was fitted by: how relevance and redundancy were measured and joined.</summary>
    public Mrmr Options { get; }

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
        return new FittedMrmr(null, StateJson.Columns(state, "columns"), OptionsOf(state["options"] as JsonObject), ranking, KeptOf(state));
    }

    // Models of earlier versions do not say what could not be chosen then.
    private static Mrmr OptionsOf(JsonObject? options) => options is null ? new Mrmr() : new Mrmr
    {
        Scheme = Enum.Parse<MrmrScheme>(options["scheme"]!.GetValue<string>()),
        Features = options["features"]!.GetValue<int>(),
        CorrelationFloor = options["correlationFloor"]!.GetValue<double>(),
        ForestTrees = options["forestTrees"]!.GetValue<int>(),
        ForestDepth = options["forestDepth"]!.GetValue<int>(),
        StateWidth = options["stateWidth"]!.GetValue<double>(),
        StateDivisor = Enum.Parse<MomentDivisor>(options["stateDivisor"]!.GetValue<string>()),
        QuotientFloor = options["quotientFloor"]!.GetValue<double>(),
        QuotientOffset = options["quotientOffset"]!.GetValue<double>(),
        TieTolerance = options["tieTolerance"]!.GetValue<double>(),
        Scope = Enum.Parse<ColumnScope>(options["scope"]!.GetValue<string>()),
    };

    private protected override JsonObject State()
    {
        JsonObject state = base.State();
        state["options"] = new JsonObject
        {
            ["scheme"] = Options.Scheme.ToString(),
            ["features"] = Options.Features,
            ["correlationFloor"] = Options.CorrelationFloor,
            ["forestTrees"] = Options.ForestTrees,
            ["forestDepth"] = Options.ForestDepth,
            ["stateWidth"] = Options.StateWidth,
            ["stateDivisor"] = Options.StateDivisor.ToString(),
            ["quotientFloor"] = Options.QuotientFloor,
            ["quotientOffset"] = Options.QuotientOffset,
            ["tieTolerance"] = Options.TieTolerance,
            ["scope"] = Options.Scope.ToString(),
        };
        state["ranking"] = StateJson.Integers(Ranking.Select(choice => choice.Column));
        state["scores"] = StateJson.Numbers(Ranking.Select(choice => choice.Score));
        state["relevances"] = StateJson.Numbers(Ranking.Select(choice => choice.Relevance));
        state["redundancies"] = StateJson.Numbers(Ranking.Select(choice => choice.Redundancy));
        return state;
    }
}
