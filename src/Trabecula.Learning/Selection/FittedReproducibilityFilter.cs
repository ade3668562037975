using System.Text.Json.Nodes;
using Trabecula.Learning.Splitting;

namespace Trabecula.Learning.Selection;

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
