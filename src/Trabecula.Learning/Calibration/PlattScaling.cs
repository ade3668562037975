using System.Text.Json.Nodes;
using Trabecula.Learning.Models;

namespace Trabecula.Learning.Calibration;

/// <summary>Platt scaling: <c>p = 1 / (1 + exp(A f + B))</c> for a score f.</summary>
/// <remarks>
/// Definition: A and B minimise the log loss against the targets <c>(N₊ + 1) / (N₊ + 2)</c> for events and <c>1 / (N₋ + 2)</c> for the
/// others, which stay short of 0 and 1, so that a minimum exists for classes that separate as well.
/// Converged to rounding; libsvm and scikit-learn stop in the sixth digit.
/// Source: Platt 1999; Lin, Lin and Weng, Mach. Learn. 68 (2007) 267.
/// </remarks>
public sealed class PlattScaling : Calibrator
{
    internal PlattScaling(double a, double b) => (A, B) = (a, b);

    /// <inheritdoc/>
    public override string Name => "Platt scaling";

    /// <summary>Change of the log odds of no event per unit of the score: negative where higher scores mean more risk.</summary>
    public double A { get; }

    /// <summary>Log odds of no event at score 0.</summary>
    public double B { get; }

    internal override bool MapsRisks => false;

    /// <inheritdoc/>
    public override double Calibrate(double value) => LogisticLoss.Sigmoid(-(A * value + B));

    /// <summary>Estimates A and B from scores of rows that the model did not see.</summary>
    internal static PlattScaling Estimate(ReadOnlySpan<double> scores, ReadOnlySpan<bool> outcomes)
    {
        int events = outcomes.Count(true);
        double high = (events + 1.0) / (events + 2.0), low = 1.0 / (outcomes.Length - events + 2.0);
        var targets = new double[outcomes.Length];
        for (int i = 0; i < targets.Length; i++)
            targets[i] = outcomes[i] ? high : low;
        (double slope, double intercept) = LogisticLine.Fit(scores, targets);
        return new PlattScaling(-slope, -intercept);
    }

    private protected override JsonObject State() => new() { ["a"] = A, ["b"] = B };
}
