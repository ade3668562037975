namespace Trabecula.Learning.Statistics;

/// <summary>One-way analysis of variance.</summary>
/// <param name="F">Mean square between groups by that within; infinite where groups are constant but differ, NaN where nothing varies.</param>
/// <param name="DegreesOfFreedom">Groups - 1.</param>
/// <param name="ErrorDegreesOfFreedom">Values - groups.</param>
/// <param name="P">The P of F.</param>
/// <remarks>Missing values are left out, and groups without values.</remarks>
public readonly record struct OneWayAnova(double F, int DegreesOfFreedom, int ErrorDegreesOfFreedom, double P)
{
    /// <summary>Analyses groups.</summary>
    public static OneWayAnova Of(params IReadOnlyList<double[]> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        Moments[] moments = [.. groups.Select(group => Moments.Of(group)).Where(m => m.Count > 0)];
        int count = moments.Sum(m => m.Count), freedom = moments.Length - 1, errorFreedom = count - moments.Length;
        double mean = moments.Sum(m => m.Mean * m.Count) / count;
        double between = moments.Sum(m => m.Count * (m.Mean - mean) * (m.Mean - mean));
        double within = moments.Sum(m => m.Count * m.PopulationDeviation * m.PopulationDeviation);
        double f = between / freedom / (within / errorFreedom);
        return new OneWayAnova(f, freedom, errorFreedom, Distributions.FSurvival(f, freedom, errorFreedom));
    }
}

/// <summary>What Levene's test measures distances from.</summary>
public enum LeveneCentre
{
    /// <summary>The group's mean (Levene 1960).</summary>
    Mean,

    /// <summary>The group's median (Brown and Forsythe 1974), robust against skewness; scipy's default.</summary>
    Median,
}

/// <summary>Levene's test of equal variances: an analysis of variance of the distances from each group's centre.</summary>
public static class LeveneTest
{
    /// <summary>Tests groups. Missing values are left out.</summary>
    public static OneWayAnova Of(LeveneCentre centre, params IReadOnlyList<double[]> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        return OneWayAnova.Of([.. groups.Select(group =>
        {
            double from = centre == LeveneCentre.Mean ? Moments.Of(group).Mean : Quantiles.Of(group, 0.5);
            return group.Select(value => Math.Abs(value - from)).ToArray();
        })]);
    }
}
