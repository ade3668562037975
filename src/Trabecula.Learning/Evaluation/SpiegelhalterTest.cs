using Trabecula.Learning.Statistics;

namespace Trabecula.Learning.Evaluation;

/// <summary>
/// Spiegelhalter's test: whether the Brier score is what perfectly calibrated risks would give. A small P speaks of miscalibration; a large
/// one is no evidence of calibration.
/// </summary>
/// <remarks>
/// Source: Spiegelhalter, Stat. Med. 5 (1986) 421. As <c>rms::val.prob</c>'s <c>S:z</c> and <c>S:p</c>.
/// Edge cases: risks of 0, 0.5 and 1 alone have no variance, and both numbers are NaN.
/// </remarks>
/// <param name="Z">Standard normal where risks are right.</param>
public sealed record SpiegelhalterTest(double Z)
{
    /// <summary>Two-sided P.</summary>
    public double P => Distributions.NormalTwoSided(Z);

    /// <summary>Computes the test.</summary>
    /// <exception cref="LearningException">A risk outside 0 to 1, or no subject.</exception>
    public static SpiegelhalterTest Of(IReadOnlyList<bool> outcomes, IReadOnlyList<double> risks)
    {
        Predictions.Check(outcomes, risks);
        double sum = 0, variance = 0;
        for (int i = 0; i < risks.Count; i++)
        {
            double p = risks[i], tilt = 1 - 2 * p;
            sum += ((outcomes[i] ? 1 : 0) - p) * tilt;
            variance += tilt * tilt * p * (1 - p);
        }
        return new SpiegelhalterTest(variance > 0 ? sum / Math.Sqrt(variance) : double.NaN);
    }
}
