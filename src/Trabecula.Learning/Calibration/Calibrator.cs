using System.Text.Json.Nodes;

namespace Trabecula.Learning.Calibration;

/// <summary>
/// A fitted map from what a model gives for a row to a probability. It is estimated from rows that the model did not see, and that were
/// not resampled: by <see cref="CrossFittedCalibration"/>.
/// </summary>
public abstract class Calibrator
{
    private const string KindKey = "kind";

    private protected Calibrator()
    {
    }

    /// <summary>The field's name of the map.</summary>
    public abstract string Name { get; }

    /// <summary>Whether it maps risks; scores otherwise.</summary>
    internal abstract bool MapsRisks { get; }

    /// <summary>The calibrated risk, from 0 to 1.</summary>
    /// <param name="value">A score, or a risk from 0 to 1, as the map takes it.</param>
    public abstract double Calibrate(double value);

    /// <summary>What was estimated.</summary>
    private protected abstract JsonObject State();

    internal JsonObject ToJson()
    {
        JsonObject state = State();
        state[KindKey] = GetType().Name;
        return state;
    }

    internal static Calibrator Read(JsonObject state) => state[KindKey]!.GetValue<string>() switch
    {
        nameof(PlattScaling) => new PlattScaling(state["a"]!.GetValue<double>(), state["b"]!.GetValue<double>()),
        nameof(IsotonicRegression) => new IsotonicRegression(StateJson.Numbers(state, "x"), StateJson.Numbers(state, "y")),
        nameof(LogisticRefit) => new LogisticRefit(state["intercept"]!.GetValue<double>(), state["slope"]!.GetValue<double>()),
        nameof(PriorCorrection) => new PriorCorrection(state["from"]!.GetValue<double>(), state["to"]!.GetValue<double>()),
        string other => throw new FormatException($"no calibrator is of kind '{other}'"),
    };
}
