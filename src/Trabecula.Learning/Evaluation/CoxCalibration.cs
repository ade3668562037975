using Trabecula.Learning.Statistics;

namespace Trabecula.Learning.Evaluation;

/// <summary>Cox's logistic recalibration: how predicted log odds have to be shifted and stretched to fit the outcomes.</summary>
/// <remarks>
/// Definition: calibration in the large is the intercept a of <c>logit P(y) = a + logit p</c>; intercept and slope are those of
/// <c>logit P(y) = a + b logit p</c>, fitted together. Perfect is 0; 0 and 1. A slope below 1 means risks too extreme.
/// Source: Cox, Biometrika 45 (1958) 562; as R's <c>glm</c>, converged.
/// Edge cases: risks of 0 and 1 have no log odds, and are moved to <see cref="Smallest"/> and its complement first. Where the risks
/// separate the classes, with or without ties at the border, or only one class occurs, no finite fit exists and the values are NaN; likewise the slope of equal risks.
/// </remarks>
/// <param name="InTheLarge">Calibration in the large.</param>
/// <param name="Intercept">The intercept of the joint fit.</param>
/// <param name="Slope">The slope of the joint fit.</param>
public sealed record CoxCalibration(double InTheLarge, double Intercept, double Slope)
{
    /// <summary>The smallest risk whose log odds are used.</summary>
    public const double Smallest = 1e-6;

    private const int MaximumIterations = 100;

    /// <summary>Standard error of <see cref="InTheLarge"/>, from the expected information; NaN where there is no fit.</summary>
    public double InTheLargeError { get; private init; } = double.NaN;

    /// <summary>Standard error of <see cref="Intercept"/>.</summary>
    public double InterceptError { get; private init; } = double.NaN;

    /// <summary>Standard error of <see cref="Slope"/>.</summary>
    public double SlopeError { get; private init; } = double.NaN;

    /// <summary>Wald's interval of <see cref="InTheLarge"/>.</summary>
    public ConfidenceInterval InTheLargeInterval(double level = 0.95) => ConfidenceInterval.Normal(InTheLarge, InTheLargeError, level);

    /// <summary>Wald's interval of <see cref="Slope"/>.</summary>
    public ConfidenceInterval SlopeInterval(double level = 0.95) => ConfidenceInterval.Normal(Slope, SlopeError, level);

    /// <summary>Fits the recalibration.</summary>
    /// <exception cref="LearningException">A risk outside 0 to 1, or no subject.</exception>
    public static CoxCalibration Of(IReadOnlyList<bool> outcomes, IReadOnlyList<double> risks)
    {
        Predictions.Check(outcomes, risks);
        double[] logOdds = LogOdds(risks);
        Fit large = Newton(outcomes, logOdds, slopeIsFree: false), joint = Newton(outcomes, logOdds, slopeIsFree: true);
        return new CoxCalibration(large.Intercept, joint.Intercept, joint.Slope)
        {
            InTheLargeError = large.InterceptError,
            InterceptError = joint.InterceptError,
            SlopeError = joint.SlopeError,
        };
    }

    /// <summary>The log odds of risks, those of 0 and 1 moved inwards.</summary>
    internal static double[] LogOdds(IReadOnlyList<double> risks) =>
        [.. risks.Select(risk => Math.Clamp(risk, Smallest, 1 - Smallest)).Select(risk => Math.Log(risk / (1 - risk)))];

    /// <summary>Minus the log likelihood of <c>logit P(y) = intercept + slope · x</c>.</summary>
    internal static double MinusLogLikelihood(IReadOnlyList<bool> outcomes, double[] logOdds, double intercept, double slope)
    {
        double sum = 0;
        for (int i = 0; i < logOdds.Length; i++)
        {
            double x = intercept + slope * logOdds[i], against = outcomes[i] ? -x : x;
            sum += against > 0 ? against + Math.Log(1 + Math.Exp(-against)) : Math.Log(1 + Math.Exp(against));
        }
        return sum;
    }

    private readonly record struct Fit(double Intercept, double Slope, double InterceptError, double SlopeError)
    {
        internal static readonly Fit None = new(double.NaN, double.NaN, double.NaN, double.NaN);
    }

    /// <summary>Whether a threshold tells the classes apart but for ties at it: the likelihood then rises with the slope for ever.</summary>
    private static bool Separates(IReadOnlyList<bool> outcomes, double[] logOdds)
    {
        double[] events = [.. logOdds.Where((_, i) => outcomes[i])], others = [.. logOdds.Where((_, i) => !outcomes[i])];
        return events.Length == 0 || others.Length == 0 || others.Max() <= events.Min() || events.Max() <= others.Min();
    }

    private static Fit Newton(IReadOnlyList<bool> outcomes, double[] logOdds, bool slopeIsFree)
    {
        if (slopeIsFree && Separates(outcomes, logOdds))
            return Fit.None;
        double intercept = 0, slope = 1;
        double deviance = MinusLogLikelihood(outcomes, logOdds, intercept, slope);
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
                return Fit.None;
            // Halving keeps the deviance from rising where the risks are far off.
            double scale = 1, next = MinusLogLikelihood(outcomes, logOdds, intercept + step0, slope + step1);
            while (next > deviance && scale > 1e-6)
                next = MinusLogLikelihood(outcomes, logOdds, intercept + (scale /= 2) * step0, slope + scale * step1);
            (intercept, slope, deviance) = (intercept + scale * step0, slope + scale * step1, next);
            if (Math.Abs(intercept) > 1e3 || Math.Abs(slope) > 1e3)
                return Fit.None;
            if (Math.Abs(step0) <= 1e-12 * (1 + Math.Abs(intercept)) && Math.Abs(step1) <= 1e-12 * (1 + Math.Abs(slope)))
                break;
        }
        return deviance < 1e-6 * logOdds.Length ? Fit.None : WithErrors(outcomes.Count, logOdds, intercept, slope, slopeIsFree);
    }

    private static Fit WithErrors(int count, double[] logOdds, double intercept, double slope, bool slopeIsFree)
    {
        double h00 = 0, h01 = 0, h11 = 0;
        for (int i = 0; i < count; i++)
        {
            double p = 1 / (1 + Math.Exp(-(intercept + slope * logOdds[i]))), weight = p * (1 - p);
            h00 += weight;
            h01 += weight * logOdds[i];
            h11 += weight * logOdds[i] * logOdds[i];
        }
        double determinant = h00 * h11 - h01 * h01;
        return slopeIsFree
            ? new Fit(intercept, slope, Math.Sqrt(h11 / determinant), Math.Sqrt(h00 / determinant))
            : new Fit(intercept, slope, Math.Sqrt(1 / h00), double.NaN);
    }
}
