using System.Text.Json.Nodes;
using Trabecula.Learning.Splitting;
using Trabecula.Learning.Statistics;

namespace Trabecula.Learning.Selection;

/// <summary>The test of each column, and the columns that it kept.</summary>
public sealed class FittedUnivariateScreening : FittedSelection
{
    internal FittedUnivariateScreening(
        SplitOrigin? origin, IReadOnlyList<FeatureColumn> input, UnivariateScreening options, bool fellBack, ScreenedColumn[] tests, IEnumerable<int> kept)
        : base(origin, input, kept) =>
        (Options, FellBack, Tests) = (options, fellBack, Array.AsReadOnly(tests));

    /// <inheritdoc/>
    public override string Name => UnivariateScreening.FieldName;

    /// <summary>The definitions that it was fitted by: limit, adjustment, and the form of each test.</summary>
    public UnivariateScreening Options { get; }

    /// <summary>The limit of P.</summary>
    public double Alpha => Options.Alpha;

    /// <summary>The adjustment for the number of columns.</summary>
    public PAdjustment Adjustment => Options.Adjustment;

    /// <summary>Whether too few columns passed, so that those of the smallest P were kept instead.</summary>
    public bool FellBack { get; }

    /// <summary>The test of each column in the scope, in the order of the input.</summary>
    public IReadOnlyList<ScreenedColumn> Tests { get; }

    /// <summary>How many columns were tested: those on which a test exists.</summary>
    public int Tested => Tests.Count(test => test.Test != ScreeningTest.None);

    /// <summary>How many columns have a P, adjusted if so asked, below <see cref="Alpha"/>.</summary>
    public int Passed => Tests.Count(test => test.AdjustedP < Alpha);

    /// <summary>
    /// How many columns would pass on average if none were related to the outcome: alpha times the number tested. Null with an adjustment, under
    /// which alpha limits the share of false ones among those that pass, and no such number follows from it.
    /// </summary>
    public double? ExpectedByChance => Adjustment == PAdjustment.None ? Alpha * Tested : null;

    internal static FittedUnivariateScreening Read(JsonObject state)
    {
        double[] p = StateJson.Numbers(state, "p"), adjusted = StateJson.Numbers(state, "adjustedP");
        int[] tested = StateJson.Integers(state, "tested");
        ScreenedColumn[] tests =
        [
            .. StateJson.Texts(state, "tests").Select((test, i) => new ScreenedColumn(tested[i], Enum.Parse<ScreeningTest>(test), p[i], adjusted[i])),
        ];
        var unset = new UnivariateScreening();
        var options = new UnivariateScreening
        {
            Alpha = state["alpha"]!.GetValue<double>(),
            Adjustment = Enum.Parse<PAdjustment>(state["adjustment"]!.GetValue<string>()),
            // Models of earlier versions do not say what could not be chosen then.
            RankSum = state["rankSum"] is { } method ? Enum.Parse<RankSumMethod>(method.GetValue<string>()) : unset.RankSum,
            Yates = state["yates"]?.GetValue<bool>() ?? unset.Yates,
            FisherBelow = state["fisherBelow"]?.GetValue<double>() ?? unset.FisherBelow,
            Fallback = state["fallback"] is JsonObject fallback
                ? new ScreeningFallback(fallback["fewerThan"]!.GetValue<int>(), fallback["keep"]!.GetValue<int>()) : null,
            Scope = state["scope"] is { } scope ? Enum.Parse<ColumnScope>(scope.GetValue<string>()) : unset.Scope,
        };
        return new FittedUnivariateScreening(null, StateJson.Columns(state, "columns"), options, state["fellBack"]!.GetValue<bool>(), tests, KeptOf(state));
    }

    private protected override JsonObject State()
    {
        JsonObject state = base.State();
        state["alpha"] = Alpha;
        state["adjustment"] = Adjustment.ToString();
        state["rankSum"] = Options.RankSum.ToString();
        state["yates"] = Options.Yates;
        state["fisherBelow"] = Options.FisherBelow;
        state["scope"] = Options.Scope.ToString();
        if (Options.Fallback is { } fallback)
            state["fallback"] = new JsonObject { ["fewerThan"] = fallback.FewerThan, ["keep"] = fallback.Keep };
        state["fellBack"] = FellBack;
        state["tested"] = StateJson.Integers(Tests.Select(test => test.Column));
        state["tests"] = StateJson.Texts(Tests.Select(test => test.Test.ToString()));
        state["p"] = StateJson.Numbers(Tests.Select(test => test.P));
        state["adjustedP"] = StateJson.Numbers(Tests.Select(test => test.AdjustedP));
        return state;
    }
}
