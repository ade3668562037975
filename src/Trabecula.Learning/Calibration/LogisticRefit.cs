using System.Text.Json.Nodes;
using Trabecula.Learning.Evaluation;
using Trabecula.Learning.Models;

namespace Trabecula.Learning.Calibration;

/// <summary>Logistic recalibration of a risk: <c>logit p' = intercept + slope · logit p</c>, by maximum likelihood (<see cref="CoxCalibration"/>).</summary>
/// <remarks>
/// Edge cases: risks are taken as at least 1e-6 and at most 1 - 1e-6, since a forest's 0 has no log odds. Risks that tell the classes
/// apart completely, or but for ties at the border, are refused: no largest likelihood exists. Equal risks are only shifted.
/// Source: Cox, Biometrika 45 (1958) 562; Steyerberg, Clinical Prediction Models (2019), section 15.3.
/// </remarks>
public sealed class LogisticRefit : Calibrator
{
    internal LogisticRefit(double intercept, double slope) => (Intercept, Slope) = (intercept, slope);

    /// <inheritdoc/>
    public override string Name => "Logistic refit";

    /// <summary>Calibrated log odds where the model's risk is one half.</summary>
    public double Intercept { get; }

    /// <summary>Below 1 for a model that exaggerates.</summary>
    public double Slope { get; }

    internal override bool MapsRisks => true;

    /// <inheritdoc/>
    public override double Calibrate(double value) => LogisticLoss.Sigmoid(Intercept + Slope * LogOdds(value));

    /// <summary>Estimates intercept and slope from risks of rows that the model did not see.</summary>
    /// <exception cref="LearningException">The risks tell the classes apart completely.</exception>
    internal static LogisticRefit Estimate(IReadOnlyList<double> risks, IReadOnlyList<bool> outcomes)
    {
        CoxCalibration fitted = CoxCalibration.Of(outcomes, risks);
        if (double.IsFinite(fitted.Slope))
            return new LogisticRefit(fitted.Intercept, fitted.Slope);
        // Equal risks have no slope, but a level.
        if (double.IsFinite(fitted.InTheLarge) && risks.All(risk => risk == risks[0]))
            return new LogisticRefit(fitted.InTheLarge, 1);
        throw new LearningException("Logistic refit: the risks tell the classes apart completely, so no slope is the likeliest.", "Use Platt scaling.");
    }

    private protected override JsonObject State() => new() { ["intercept"] = Intercept, ["slope"] = Slope };

    private static double LogOdds(double risk)
    {
        double p = Math.Clamp(risk, CoxCalibration.Smallest, 1 - CoxCalibration.Smallest);
        return Math.Log(p / (1 - p));
    }
}
