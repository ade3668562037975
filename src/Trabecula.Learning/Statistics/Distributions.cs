using MathNet.Numerics;
using MathNet.Numerics.RootFinding;

namespace Trabecula.Learning.Statistics;

/// <summary>
/// Tail probabilities and quantiles of the reference distributions. Tails are computed as such, not as 1 - cdf, so that a small P
/// keeps its digits.
/// </summary>
internal static class Distributions
{
    /// <summary>The 0.975 quantile of the standard normal distribution.</summary>
    internal const double Normal975 = 1.959963984540054;

    /// <summary>P(Z > z).</summary>
    internal static double NormalSurvival(double z) => 0.5 * SpecialFunctions.Erfc(z / Math.Sqrt(2));

    /// <summary>P(|Z| > |z|).</summary>
    internal static double NormalTwoSided(double z) => double.IsNaN(z) ? z : SpecialFunctions.Erfc(Math.Abs(z) / Math.Sqrt(2));

    /// <summary>z with P(Z &lt;= z) = p.</summary>
    internal static double NormalQuantile(double p) => MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, p);

    /// <summary>P(X > x) of chi-square; 1 at and below 0.</summary>
    internal static double ChiSquareSurvival(double x, double degreesOfFreedom) =>
        double.IsNaN(x) ? x : x <= 0 ? 1 : SpecialFunctions.GammaUpperRegularized(degreesOfFreedom / 2, x / 2);

    /// <summary>P(F > f); 1 at and below 0.</summary>
    internal static double FSurvival(double f, double numerator, double denominator)
    {
        if (double.IsNaN(f))
            return f;
        if (f <= 0)
            return 1;
        // Below 1 the beta function's argument would come so near to 1 that its rounding shows.
        if (f < 1)
            return 1 - FCumulative(f, numerator, denominator);
        return double.IsPositiveInfinity(f) ? 0 : Beta(denominator / 2, numerator / 2, denominator / (denominator + numerator * f));
    }

    /// <summary>f with P(F &lt;= f) = p, for p in (0, 1).</summary>
    internal static double FQuantile(double p, double numerator, double denominator) =>
        PositiveRoot(f => p < 0.5 ? FCumulative(f, numerator, denominator) - p : 1 - p - FSurvival(f, numerator, denominator));

    /// <summary>P(|T| > |t|) of Student's distribution.</summary>
    internal static double StudentTwoSided(double t, double degreesOfFreedom)
    {
        if (double.IsNaN(t))
            return t;
        double square = t * t;
        if (square < 1)
            return 1 - Beta(0.5, degreesOfFreedom / 2, square / (degreesOfFreedom + square));
        return double.IsInfinity(square) ? 0 : Beta(degreesOfFreedom / 2, 0.5, degreesOfFreedom / (degreesOfFreedom + square));
    }

    /// <summary>The t with P(|T| > t) = p, for p in (0, 1).</summary>
    internal static double StudentTwoSidedQuantile(double p, double degreesOfFreedom) =>
        PositiveRoot(t => p - StudentTwoSided(t, degreesOfFreedom));

    /// <summary>P(X &lt;= k) of n trials with probability p.</summary>
    internal static double BinomialCumulative(int k, int n, double p) => k < 0 ? 0 : k >= n ? 1 : Beta(n - k, k + 1, 1 - p);

    /// <summary>P(X >= k) of n trials with probability p.</summary>
    internal static double BinomialUpper(int k, int n, double p) => k <= 0 ? 1 : k > n ? 0 : Beta(k, n - k + 1, p);

    /// <summary>The regularised incomplete beta function I_x(a, b).</summary>
    internal static double Beta(double a, double b, double x) =>
        x <= 0 ? 0 : x >= 1 ? 1 : SpecialFunctions.BetaRegularized(a, b, x);

    /// <summary>The x with I_x(a, b) = p, for p in (0, 1); by the quantile of F, whose digits hold at both ends.</summary>
    internal static double BetaQuantile(double p, double a, double b)
    {
        double f = FQuantile(p, 2 * a, 2 * b);
        return a * f / (a * f + b);
    }

    private static double FCumulative(double f, double numerator, double denominator) =>
        Beta(numerator / 2, denominator / 2, numerator * f / (numerator * f + denominator));

    /// <summary>
    /// The root of an increasing function of a positive number. Sought on the logarithm, so that the root's digits are as many for
    /// 1e-6 as for 1e6, which a fixed bracket and absolute accuracy would not give.
    /// </summary>
    private static double PositiveRoot(Func<double, double> increasing)
    {
        double low = -1, high = 1;
        while (increasing(Math.Exp(low)) > 0 && low > -700)
            (low, high) = (2 * low, low);
        while (increasing(Math.Exp(high)) < 0 && high < 700)
            (low, high) = (high, 2 * high);
        return Math.Exp(Brent.FindRoot(log => increasing(Math.Exp(log)), low, high, 1e-14, 200));
    }
}
