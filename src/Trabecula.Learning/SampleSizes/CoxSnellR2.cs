using Trabecula.Learning.Statistics;

namespace Trabecula.Learning.SampleSizes;

/// <summary>Cox and Snell's R squared of a binary outcome.</summary>
public static class CoxSnellR2
{
    /// <summary>The largest value that it can have at a prevalence: 1 - (p^p q^q)^2.</summary>
    public static double Maximum(double prevalence) => 1 - Math.Exp(2 * NullLogLikelihood(prevalence));

    /// <summary>
    /// The value that belongs to a C statistic when the linear predictor is normal with equal variance in both classes.
    /// </summary>
    /// <remarks>
    /// Source: Riley, Van Calster and Collins, Stat. Med. 40 (2021) 859. With means sqrt(2) z(C) apart, the true risk is logistic in the
    /// predictor, so the expected log likelihood is an integral. R's pmsampsize draws a million subjects instead and carries the
    /// error of that draw: 0.0006 of 0.179 at C 0.85.
    /// </remarks>
    /// <param name="cStatistic">Above 0.5 and below 1.</param>
    /// <param name="prevalence">The event's share, 0 to 1.</param>
    public static double FromCStatistic(double cStatistic, double prevalence)
    {
        double distance = Math.Sqrt(2) * Distributions.NormalQuantile(cStatistic);
        double intercept = Math.Log(prevalence / (1 - prevalence)) - distance * distance / 2;
        double expected = Integral.OfNormal(x => prevalence * LogRisk(intercept + distance * (distance + x))
            + (1 - prevalence) * LogRisk(-intercept - distance * x));
        return 1 - Math.Exp(-2 * (expected - NullLogLikelihood(prevalence)));
    }

    private static double NullLogLikelihood(double p) => p * Math.Log(p) + (1 - p) * Math.Log(1 - p);

    /// <summary>Logarithm of the logistic function, without overflow.</summary>
    private static double LogRisk(double x) => x > 0 ? -Log1P(Math.Exp(-x)) : x - Log1P(Math.Exp(x));

    private static double Log1P(double x) => MathNet.Numerics.SpecialFunctions.Log1p(x);
}
