namespace Trabecula.Learning.Statistics;

/// <summary>Intervals of a proportion k of n. The exact one is the default everywhere in Trabecula: it never covers less than its level.</summary>
/// <remarks>
/// Sources: Clopper and Pearson, Biometrika 26 (1934) 404; Wilson, J. Am. Stat. Assoc. 22 (1927) 209; Newcombe, Stat. Med. 17 (1998) 857
/// (continuity correction); Agresti and Coull, Am. Stat. 52 (1998) 119; Brown, Cai and DasGupta, Stat. Sci. 16 (2001) 101 (Jeffreys).
/// Equal to statsmodels' <c>proportion_confint</c> (<c>beta</c>, <c>wilson</c>, <c>agresti_coull</c>, <c>jeffreys</c>) and scipy's
/// <c>wilsoncc</c>. Each is NaN for n = 0.
/// </remarks>
public static class ProportionInterval
{
    /// <summary>The exact interval of Clopper and Pearson.</summary>
    /// <param name="count">Successes k, 0 to n.</param>
    /// <param name="total">Trials n.</param>
    /// <param name="level">Above 0 and below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count or the level is outside its range.</exception>
    public static ConfidenceInterval ClopperPearson(int count, int total, double level = 0.95)
    {
        if (!Check(count, total, level))
            return ConfidenceInterval.None;
        double tail = (1 - level) / 2;
        return new ConfidenceInterval(
            count == 0 ? 0 : Distributions.BetaQuantile(tail, count, total - count + 1.0),
            count == total ? 1 : Distributions.BetaQuantile(1 - tail, count + 1.0, total - count));
    }

    /// <summary>Wilson's score interval.</summary>
    /// <inheritdoc cref="ClopperPearson"/>
    public static ConfidenceInterval Wilson(int count, int total, double level = 0.95)
    {
        if (!Check(count, total, level))
            return ConfidenceInterval.None;
        double n = total, p = count / n, z = ConfidenceInterval.NormalQuantileOf(level), z2 = z * z;
        double middle = (p + z2 / (2 * n)) / (1 + z2 / n), reach = z / (1 + z2 / n) * Math.Sqrt(p * (1 - p) / n + z2 / (4 * n * n));
        return new ConfidenceInterval(count == 0 ? 0 : middle - reach, count == total ? 1 : middle + reach);
    }

    /// <summary>Wilson's score interval with continuity correction.</summary>
    /// <inheritdoc cref="ClopperPearson"/>
    public static ConfidenceInterval WilsonContinuity(int count, int total, double level = 0.95)
    {
        if (!Check(count, total, level))
            return ConfidenceInterval.None;
        double n = total, p = count / n, q = 1 - p, z = ConfidenceInterval.NormalQuantileOf(level), z2 = z * z;
        double lower = (2 * n * p + z2 - 1 - z * Math.Sqrt(z2 - 2 - 1 / n + 4 * p * (n * q + 1))) / (2 * (n + z2));
        double upper = (2 * n * p + z2 + 1 + z * Math.Sqrt(z2 + 2 - 1 / n + 4 * p * (n * q - 1))) / (2 * (n + z2));
        return new ConfidenceInterval(count == 0 ? 0 : lower, count == total ? 1 : upper);
    }

    /// <summary>The interval of Agresti and Coull, cut at 0 and 1.</summary>
    /// <inheritdoc cref="ClopperPearson"/>
    public static ConfidenceInterval AgrestiCoull(int count, int total, double level = 0.95)
    {
        if (!Check(count, total, level))
            return ConfidenceInterval.None;
        double z = ConfidenceInterval.NormalQuantileOf(level), n = total + z * z, p = (count + z * z / 2) / n, reach = z * Math.Sqrt(p * (1 - p) / n);
        return new ConfidenceInterval(Math.Max(0, p - reach), Math.Min(1, p + reach));
    }

    /// <summary>Jeffreys' interval: equal tails of the posterior under the prior Beta(1/2, 1/2), not moved to 0 or 1 at the ends.</summary>
    /// <inheritdoc cref="ClopperPearson"/>
    public static ConfidenceInterval Jeffreys(int count, int total, double level = 0.95)
    {
        if (!Check(count, total, level))
            return ConfidenceInterval.None;
        double tail = (1 - level) / 2;
        return new ConfidenceInterval(
            Distributions.BetaQuantile(tail, count + 0.5, total - count + 0.5), Distributions.BetaQuantile(1 - tail, count + 0.5, total - count + 0.5));
    }

    private static bool Check(int count, int total, double level)
    {
        ConfidenceInterval.RequireLevel(level);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, total);
        return total > 0;
    }
}
