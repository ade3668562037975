namespace Trabecula.Learning.Statistics;

/// <summary>
/// Estimates of several places pooled under random effects: <c>y_i ~ N(mean, v_i + tau²)</c>, with tau² by restricted maximum likelihood, an interval of
/// the mean by Hartung and Knapp, and an interval that the next place is expected in.
/// </summary>
/// <remarks>
/// tau² is the root of the restricted likelihood's derivative, at least 0. Hartung and Knapp's factor is not taken below 1: estimates that happen to agree more
/// than chance allows would give an interval narrower than without any heterogeneity. The prediction interval allows for what tau² may be besides its
/// estimate (<see cref="FurtherPlace"/>); that of Higgins et al., from Student's distribution with k - 2 degrees of freedom around the estimate, is too short with
/// few places (Partlett and Riley, Stat Med 36 (2017) 301), and is kept beside it as the usual one.
/// Source: Viechtbauer, J Educ Behav Stat 30 (2005) 261; Hartung and Knapp, Stat Med 20 (2001) 3875; Knapp and Hartung, Stat Med 22 (2003) 2693;
/// Higgins, Thompson and Spiegelhalter, J R Stat Soc A 172 (2009) 137; Debray et al., BMJ 356 (2017) i6460. As R's metafor with
/// <c>method = "REML", test = "adhoc"</c>.
/// </remarks>
public sealed class RandomEffects
{
    private const int MaximumSteps = 10_000;

    private readonly Lazy<FurtherPlace> _further;

    private RandomEffects(int places, double mean, double standardError, double tau2, double q, Func<FurtherPlace> further)
    {
        (Places, Mean, StandardError, Tau2, Q) = (places, mean, standardError, tau2, q);
        _further = new(further);
    }

    /// <summary>How many estimates are pooled, at least 2.</summary>
    public int Places { get; }

    /// <summary>The mean of the distribution that the places come from.</summary>
    public double Mean { get; }

    /// <summary>Its standard error by Hartung and Knapp.</summary>
    public double StandardError { get; }

    /// <summary>The variance between places beyond chance.</summary>
    public double Tau2 { get; }

    /// <summary>Cochran's Q, with <c>k - 1</c> degrees of freedom.</summary>
    public double Q { get; }

    /// <summary>P of Cochran's test. It says little with few places, whatever it is.</summary>
    public double P => Distributions.ChiSquareSurvival(Q, Places - 1);

    /// <summary>The share of the scatter that chance does not explain, 0 to 1: <c>max(0, 1 - (k - 1) / Q)</c>.</summary>
    public double I2 => Q > 0 ? Math.Max(0, 1 - (Places - 1) / Q) : 0;

    /// <summary>The interval of the mean, from Student's distribution with <c>k - 1</c> degrees of freedom.</summary>
    public ConfidenceInterval Interval(double level = 0.95) => Around(StandardError, Places - 1, level);

    /// <summary>Where the true value of a further place is expected, with what tau² may be; NaN for two places.</summary>
    public ConfidenceInterval PredictionInterval(double level = 0.95)
    {
        ConfidenceInterval mean = Interval(level);
        // Hartung and Knapp's is the wider one where places agree by luck, and a further place is not known better than the mean.
        return Places < 3 ? ConfidenceInterval.None
            : new(Math.Min(mean.Lower, _further.Value.Quantile((1 - level) / 2)), Math.Max(mean.Upper, _further.Value.Quantile((1 + level) / 2)));
    }

    /// <summary>The same by Higgins et al., as if tau² were known: from Student's distribution with <c>k - 2</c> degrees of freedom; NaN for two places.</summary>
    public ConfidenceInterval HigginsInterval(double level = 0.95) =>
        Places < 3 ? ConfidenceInterval.None : Around(Math.Sqrt(Tau2 + StandardError * StandardError), Places - 2, level);

    /// <summary>Pools estimates.</summary>
    /// <param name="estimates">At least two finite numbers.</param>
    /// <param name="variances">The variance of each, above 0.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <exception cref="LearningException">Fewer than two estimates, or a number that is none.</exception>
    public static RandomEffects Of(IReadOnlyList<double> estimates, IReadOnlyList<double> variances)
    {
        ArgumentNullException.ThrowIfNull(estimates);
        ArgumentNullException.ThrowIfNull(variances);
        if (estimates.Count != variances.Count)
            throw new ArgumentException($"{variances.Count} variances for {estimates.Count} estimates.", nameof(variances));
        if (estimates.Count < 2)
            throw new LearningException($"{estimates.Count} estimates cannot be pooled.", "Give those of two places or more.");
        for (int i = 0; i < estimates.Count; i++)
        {
            if (!double.IsFinite(estimates[i]) || !double.IsFinite(variances[i]) || !(variances[i] > 0))
                throw new LearningException(
                    FormattableString.Invariant($"Estimate {i + 1} is {estimates[i]} with variance {variances[i]}."), "Leave out places without a finite estimate and a variance above 0.");
        }
        double tau2 = Restricted(estimates, variances);
        (double mean, double weight, double scatter) = Weighted(estimates, variances, tau2);
        double factor = Math.Max(1, scatter / (estimates.Count - 1));
        (double[] y, double[] v) = ([.. estimates], [.. variances]);
        return new RandomEffects(y.Length, mean, Math.Sqrt(factor / weight), tau2, Weighted(y, v, 0).Scatter, () => new FurtherPlace(y, v));
    }

    /// <summary>Viechtbauer's iteration (equation 16), whose fixed points are the roots of the derivative; cut at 0 in every step.</summary>
    private static double Restricted(IReadOnlyList<double> estimates, IReadOnlyList<double> variances)
    {
        double mean = estimates.Average(), start = estimates.Sum(y => (y - mean) * (y - mean)) / (estimates.Count - 1), tau2 = start;
        for (int step = 0; step < MaximumSteps; step++)
        {
            (double centre, double whole, _) = Weighted(estimates, variances, tau2);
            double squares = 0, sum = 0;
            for (int i = 0; i < estimates.Count; i++)
            {
                double w = 1 / (variances[i] + tau2), error = estimates[i] - centre;
                squares += w * w;
                sum += w * w * (error * error - variances[i]);
            }
            double next = Math.Max(0, sum / squares + 1 / whole);
            if (Math.Abs(next - tau2) <= 1e-14 * (start + next))
                return next;
            tau2 = next;
        }
        return tau2;
    }

    internal static (double Mean, double Weight, double Scatter) Weighted(IReadOnlyList<double> estimates, IReadOnlyList<double> variances, double tau2)
    {
        double weight = 0, sum = 0, scatter = 0;
        for (int i = 0; i < estimates.Count; i++)
        {
            weight += 1 / (variances[i] + tau2);
            sum += estimates[i] / (variances[i] + tau2);
        }
        for (int i = 0; i < estimates.Count; i++)
            scatter += (estimates[i] - sum / weight) * (estimates[i] - sum / weight) / (variances[i] + tau2);
        return (sum / weight, weight, scatter);
    }

    private ConfidenceInterval Around(double error, int degreesOfFreedom, double level)
    {
        ConfidenceInterval.RequireLevel(level);
        double reach = Distributions.StudentTwoSidedQuantile(1 - level, degreesOfFreedom) * error;
        return new ConfidenceInterval(Mean - reach, Mean + reach);
    }
}
