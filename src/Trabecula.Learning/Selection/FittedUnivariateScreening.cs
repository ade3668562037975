using System.Text.Json.Nodes;
using Trabecula.Learning.Splitting;

namespace Trabecula.Learning.Selection;

/// <summary>The test of each column, and the columns that it kept.</summary>
public sealed class FittedUnivariateScreening : FittedSelection
{
    internal FittedUnivariateScreening(
        SplitOrigin? origin, IReadOnlyList<FeatureColumn> input, double alpha, PAdjustment adjustment, bool fellBack, ScreenedColumn[] tests,
        IEnumerable<int> kept)
        : base(origin, input, kept) =>
        (Alpha, Adjustment, FellBack, Tests) = (alpha, adjustment, fellBack, Array.AsReadOnly(tests));

    /// <inheritdoc/>
    public override string Name => UnivariateScreening.FieldName;

    /// <summary>The limit of P.</summary>
    public double Alpha { get; }

    /// <summary>The adjustment for the number of columns.</summary>
    public PAdjustment Adjustment { get; }

    /// <summary>Whether too few columns passed, so that those of the smallest P were kept instead.</summary>
    public bool FellBack { get; }

    /// <summary>The test of each column in the scope, in the order of the input.</summary>
    public IReadOnlyList<ScreenedColumn> Tests { get; }

    /// <summary>How many columns have a P, adjusted if so asked, below <see cref="Alpha"/>.</summary>
    public int Passed => Tests.Count(test => test.AdjustedP < Alpha);

    /// <summary>
    /// How many columns would have an unadjusted P below <see cref="Alpha"/> on average if none were related to the outcome: alpha times
    /// the number tested.
    /// </summary>
    public double ExpectedByChance => Alpha * Tests.Count(test => test.Test != ScreeningTest.None);

    internal static FittedUnivariateScreening Read(JsonObject state)
    {
        double[] p = StateJson.Numbers(state, "p"), adjusted = StateJson.Numbers(state, "adjustedP");
        int[] tested = StateJson.Integers(state, "tested");
        ScreenedColumn[] tests =
        [
            .. StateJson.Texts(state, "tests").Select((test, i) => new ScreenedColumn(tested[i], Enum.Parse<ScreeningTest>(test), p[i], adjusted[i])),
        ];
        return new FittedUnivariateScreening(
            null, StateJson.Columns(state, "columns"), state["alpha"]!.GetValue<double>(),
            Enum.Parse<PAdjustment>(state["adjustment"]!.GetValue<string>()), state["fellBack"]!.GetValue<bool>(), tests, KeptOf(state));
    }

    private protected override JsonObject State()
    {
        JsonObject state = base.State();
        state["alpha"] = Alpha;
        state["adjustment"] = Adjustment.ToString();
        state["fellBack"] = FellBack;
        state["tested"] = StateJson.Integers(Tests.Select(test => test.Column));
        state["tests"] = StateJson.Texts(Tests.Select(test => test.Test.ToString()));
        state["p"] = StateJson.Numbers(Tests.Select(test => test.P));
        state["adjustedP"] = StateJson.Numbers(Tests.Select(test => test.AdjustedP));
        return state;
    }
}
