namespace Trabecula.Learning.Evaluation;

/// <summary>Cox's logistic recalibration: how predicted log odds have to be shifted and stretched to fit the outcomes.</summary>
/// <remarks>
/// Definition: calibration in the large is the intercept a of <c>logit P(y) = a + logit p</c>; intercept and slope are those of
/// <c>logit P(y) = a + b logit p</c>, fitted together. Perfect is 0; 0 and 1. A slope below 1 means risks too extreme.
/// Source: Cox, Biometrika 45 (1958) 562; as R's <c>glm</c>, converged.
/// Edge cases: risks of 0 and 1 have no log odds, and are moved to <see cref="Smallest"/> and its complement first. Where the risks
/// separate the classes, or only one class occurs, no finite fit exists and the values are NaN; likewise the slope of equal risks.
/// </remarks>
/// <param name="InTheLarge">Calibration in the large.</param>
/// <param name="Intercept">The intercept of the joint fit.</param>
/// <param name="Slope">The slope of the joint fit.</param>
public sealed record CoxCalibration(double InTheLarge, double Intercept, double Slope)
{
    /// <summary>The smallest risk whose log odds are used.</summary>
    public const double Smallest = 1e-6;

    private const int MaximumIterations = 100;

    /// <summary>Fits the recalibration.</summary>
    /// <exception cref="LearningException">A risk outside 0 to 1, or no subject.</exception>
    public static CoxCalibration Of(IReadOnlyList<bool> outcomes, IReadOnlyList<double> risks)
    {
        Predictions.Check(outcomes, risks);
        double[] logOdds = [.. risks.Select(risk => Math.Clamp(risk, Smallest, 1 - Smallest)).Select(risk => Math.Log(risk / (1 - risk)))];
        (double large, _) = Newton(outcomes, logOdds, slopeIsFree: false);
        (double intercept, double slope) = Newton(outcomes, logOdds, slopeIsFree: true);
        return new CoxCalibration(large, intercept, slope);
    }

    private static (double Intercept, double Slope) Newton(IReadOnlyList<bool> outcomes, double[] logOdds, bool slopeIsFree)
    {
        double intercept = 0, slope = 1;
        double deviance = Deviance(outcomes, logOdds, intercept, slope);
        for (int iteration = 0; iteration < MaximumIterations; iteration++)
        {
            double g0 = 0, g1 = 0, h00 = 0, h01 = 0, h11 = 0;
            for (int i = 0; i < logOdds.Length; i++)
            {
                double p = 1 / (1 + Math.Exp(-(intercept + slope * logOdds[i]))), error = (outcomes[i] ? 1 : 0) - p, weight = p * (1 - p);
                g0 += error;
                g1 += error * logOdds[i];
                h00 += weight;
                h01 += weight * logOdds[i];
                h11 += weight * logOdds[i] * logOdds[i];
            }
            double determinant = h00 * h11 - h01 * h01;
            (double step0, double step1) = slopeIsFree
                ? ((h11 * g0 - h01 * g1) / determinant, (h00 * g1 - h01 * g0) / determinant)
                : (g0 / h00, 0);
            if (!double.IsFinite(step0) || !double.IsFinite(step1) || (slopeIsFree && determinant <= 1e-12 * h00 * h11))
                return (double.NaN, double.NaN);
            // Halving keeps the deviance from rising where the risks are far off.
            double scale = 1, next = Deviance(outcomes, logOdds, intercept + step0, slope + step1);
            while (next > deviance && scale > 1e-6)
                next = Deviance(outcomes, logOdds, intercept + (scale /= 2) * step0, slope + scale * step1);
            (intercept, slope, deviance) = (intercept + scale * step0, slope + scale * step1, next);
            if (Math.Abs(intercept) > 1e3 || Math.Abs(slope) > 1e3)
                return (double.NaN, double.NaN);
            if (Math.Abs(step0) <= 1e-12 * (1 + Math.Abs(intercept)) && Math.Abs(step1) <= 1e-12 * (1 + Math.Abs(slope)))
                return (intercept, slope);
        }
        return deviance < 1e-6 * logOdds.Length ? (double.NaN, double.NaN) : (intercept, slope);
    }

    private static double Deviance(IReadOnlyList<bool> outcomes, double[] logOdds, double intercept, double slope)
    {
        double sum = 0;
        for (int i = 0; i < logOdds.Length; i++)
        {
            double x = intercept + slope * logOdds[i], against = outcomes[i] ? -x : x;
            sum += against > 0 ? against + Math.Log(1 + Math.Exp(-against)) : Math.Log(1 + Math.Exp(against));
        }
        return sum;
    }
}
