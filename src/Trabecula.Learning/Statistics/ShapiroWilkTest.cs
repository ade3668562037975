namespace Trabecula.Learning.Statistics;

/// <summary>The Shapiro-Wilk test of normality. Missing values are left out.</summary>
/// <param name="W">The statistic, at most 1; NaN for a constant column or fewer than three values.</param>
/// <param name="P">The P, by Royston's approximation.</param>
/// <remarks>
/// Source: Royston, Appl. Stat. 44 (1995) 547 (AS R94), whose polynomials' coefficients these are; made for 3 to 5,000 values.
/// The expected normal scores use an exact normal quantile.
/// </remarks>
public readonly record struct ShapiroWilkTest(double W, double P)
{
    /// <summary>Tests a column.</summary>
    public static ShapiroWilkTest Of(ReadOnlySpan<double> values)
    {
        Span<double> sorted = Quantiles.SortPresent(values, new double[values.Length]);
        int n = sorted.Length;
        if (n < 3 || sorted[0] == sorted[^1])
            return new ShapiroWilkTest(double.NaN, double.NaN);
        double[] weights = Weights(n);
        double mean = Moments.Of(sorted).Mean, numerator = 0, total = 0;
        for (int i = 0; i < weights.Length; i++)
            numerator += weights[i] * (sorted[n - 1 - i] - sorted[i]);
        foreach (double value in sorted)
            total += (value - mean) * (value - mean);
        double w = Math.Min(1, numerator * numerator / total);
        return new ShapiroWilkTest(w, ProbabilityOf(w, n));
    }

    /// <summary>The weights of the upper half, largest first; those of the lower half have the opposite sign.</summary>
    private static double[] Weights(int n)
    {
        var a = new double[n / 2];
        if (n == 3)
        {
            a[0] = Math.Sqrt(0.5);
            return a;
        }
        double sumOfSquares = 0;
        for (int i = 0; i < a.Length; i++)
        {
            a[i] = -Distributions.NormalQuantile((i + 1 - 0.375) / (n + 0.25));
            sumOfSquares += 2 * a[i] * a[i];
        }
        double m1 = a[0], m2 = a[1], root = Math.Sqrt(sumOfSquares), x = 1 / Math.Sqrt(n);
        double a1 = m1 / root + Polynomial(x, 0, 0.221157, -0.147981, -2.07119, 4.434685, -2.706056);
        int rest = 1;
        double factor = (sumOfSquares - 2 * m1 * m1) / (1 - 2 * a1 * a1);
        if (n > 5)
        {
            double a2 = m2 / root + Polynomial(x, 0, 0.042981, -0.293762, -1.752461, 5.682633, -3.582633);
            factor = (sumOfSquares - 2 * m1 * m1 - 2 * m2 * m2) / (1 - 2 * a1 * a1 - 2 * a2 * a2);
            a[1] = a2;
            rest = 2;
        }
        a[0] = a1;
        for (int i = rest; i < a.Length; i++)
            a[i] /= Math.Sqrt(factor);
        return a;
    }

    private static double ProbabilityOf(double w, int n)
    {
        if (n == 3)
            return Math.Max(0, 6 / Math.PI * (Math.Asin(Math.Sqrt(w)) - Math.Asin(Math.Sqrt(0.75))));
        double y = Math.Log(1 - w), logN = Math.Log(n), mean, deviation;
        if (n <= 11)
        {
            double gamma = Polynomial(n, -2.273, 0.459);
            if (y >= gamma)
                return 0;
            y = -Math.Log(gamma - y);
            mean = Polynomial(n, 0.544, -0.39978, 0.025054, -6.714e-4);
            deviation = Math.Exp(Polynomial(n, 1.3822, -0.77857, 0.062767, -0.0020322));
        }
        else
        {
            mean = Polynomial(logN, -1.5861, -0.31082, -0.083751, 0.0038915);
            deviation = Math.Exp(Polynomial(logN, -0.4803, -0.082676, 0.0030302));
        }
        return Distributions.NormalSurvival((y - mean) / deviation);
    }

    private static double Polynomial(double x, params ReadOnlySpan<double> coefficients)
    {
        double sum = 0;
        for (int i = coefficients.Length - 1; i >= 0; i--)
            sum = sum * x + coefficients[i];
        return sum;
    }
}
