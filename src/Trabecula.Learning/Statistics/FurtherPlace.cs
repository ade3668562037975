using MathNet.Numerics.Distributions;

namespace Trabecula.Learning.Statistics;

/// <summary>What estimates of several places say of the true value of a further one: a mixture of normal distributions over what tau² may be.</summary>
/// <remarks>
/// At the true tau², Q(tau²) = Σ (y - mean)² / (v + tau²) has a chi square distribution of k - 1 degrees of freedom and is independent of
/// the weighted mean. So each quantile of the chi square gives a tau² (0 where even Q(0) is below it), and with it the further place's value is normal around
/// the weighted mean with variance tau² + 1 / Σ 1 / (v + tau²). Places of equal and exactly known values give Student's interval for one more value, of
/// k - 1 degrees of freedom. Source: Iyer, Wang and Mathew, J Am Stat Assoc 99 (2004) 1060; Viechtbauer, Stat Med 26 (2007) 37 (Q-profile).
/// </remarks>
internal sealed class FurtherPlace
{
    // The extreme parts hold 1/400 of the chi square each: far less than the tails of an interval.
    private const int Parts = 400;

    private readonly (double Mean, double Deviation)[] _parts = new (double, double)[Parts];

    internal FurtherPlace(IReadOnlyList<double> estimates, IReadOnlyList<double> variances)
    {
        double tau2 = 0;
        for (int part = Parts - 1; part >= 0; part--)
        {
            tau2 = Profile(estimates, variances, ChiSquared.InvCDF(estimates.Count - 1, (part + 0.5) / Parts), tau2);
            (double mean, double weight, _) = RandomEffects.Weighted(estimates, variances, tau2);
            _parts[part] = (mean, Math.Sqrt(tau2 + 1 / weight));
        }
    }

    /// <summary>The value that a further place's lies below with a probability.</summary>
    internal double Quantile(double probability)
    {
        double reach = -Distributions.NormalQuantile(Math.Min(probability, 1 - probability) / 2 / Parts);
        double low = _parts.Min(part => part.Mean - reach * part.Deviation), high = _parts.Max(part => part.Mean + reach * part.Deviation);
        while (true)
        {
            double middle = low + (high - low) / 2;
            if (high - low <= 1e-12 * (Math.Abs(low) + Math.Abs(high)) || middle == low || middle == high)
                return middle;
            double below = _parts.Average(part => Distributions.NormalSurvival((part.Mean - middle) / part.Deviation));
            if (below < probability)
                low = middle;
            else
                high = middle;
        }
    }

    /// <summary>The tau² at which the scatter is as given. It falls and is convex in tau², so that Newton's steps from below never pass the root.</summary>
    private static double Profile(IReadOnlyList<double> estimates, IReadOnlyList<double> variances, double wanted, double from)
    {
        double tau2 = from;
        while (true)
        {
            (double mean, _, double scatter) = RandomEffects.Weighted(estimates, variances, tau2);
            double slope = 0;
            for (int i = 0; i < estimates.Count; i++)
            {
                double error = (estimates[i] - mean) / (variances[i] + tau2);
                slope += error * error;
            }
            double step = (scatter - wanted) / slope;
            if (!(step > 1e-10 * (tau2 + variances[0])))
                return tau2;
            tau2 += step;
        }
    }
}
