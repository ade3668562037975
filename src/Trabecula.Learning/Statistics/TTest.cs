namespace Trabecula.Learning.Statistics;

/// <summary>A t test of two groups' means. Missing values are left out.</summary>
/// <param name="T">The statistic, positive where the first mean is larger; NaN where it does not exist.</param>
/// <param name="DegreesOfFreedom">Of Student's distribution; fractional for Welch's test.</param>
/// <param name="P">Two-sided P.</param>
/// <param name="Difference">First mean less second.</param>
/// <param name="StandardError">Of the difference.</param>
public readonly record struct TTest(double T, double DegreesOfFreedom, double P, double Difference, double StandardError)
{
    /// <summary>Lower end of the difference's 95 % interval.</summary>
    public double Lower => Difference - Reach;

    /// <summary>Upper end of the difference's 95 % interval.</summary>
    public double Upper => Difference + Reach;

    private double Reach => double.IsNaN(T) ? double.NaN : Distributions.StudentTwoSidedQuantile(0.05, DegreesOfFreedom) * StandardError;

    /// <summary>Student's test: both groups have one variance.</summary>
    public static TTest Student(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        Moments a = Moments.Of(first), b = Moments.Of(second);
        double df = a.Count + b.Count - 2.0;
        double pooled = (a.Count * Square(a.PopulationDeviation) + b.Count * Square(b.PopulationDeviation)) / df;
        return Of(a, b, df, Math.Sqrt(pooled * (1.0 / a.Count + 1.0 / b.Count)));
    }

    /// <summary>Welch's test: variances may differ. Source: Welch, Biometrika 34 (1947) 28.</summary>
    public static TTest Welch(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        Moments a = Moments.Of(first), b = Moments.Of(second);
        double va = Square(a.SampleDeviation) / a.Count, vb = Square(b.SampleDeviation) / b.Count;
        return Of(a, b, Square(va + vb) / (va * va / (a.Count - 1) + vb * vb / (b.Count - 1)), Math.Sqrt(va + vb));
    }

    private static TTest Of(Moments a, Moments b, double df, double standardError)
    {
        double difference = a.Mean - b.Mean, t = df > 0 ? difference / standardError : double.NaN;
        return new TTest(t, df, Distributions.StudentTwoSided(t, df), difference, standardError);
    }

    private static double Square(double value) => value * value;
}
