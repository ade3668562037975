namespace Trabecula.Learning.Statistics;

/// <summary>The divisor of variances and covariances.</summary>
public enum MomentDivisor
{
    /// <summary>n, as in Lin's paper.</summary>
    N,

    /// <summary>n - 1, throughout.</summary>
    NMinusOne,
}

/// <summary>
/// Lin's concordance correlation coefficient of two readers, with its 95 % interval. Pairs with a missing value are left out.
/// </summary>
/// <param name="Coefficient">The coefficient, -1 to 1; NaN where both readers give one and the same constant.</param>
/// <param name="Pearson">Pearson's r: the precision.</param>
/// <param name="Count">Complete pairs.</param>
/// <param name="LocationShift">Difference of the means (second less first) by the root of the product of the deviations.</param>
/// <param name="ScaleShift">Deviation of the first by that of the second.</param>
/// <remarks>
/// Source: Lin, Biometrics 45 (1989) 255, with the variance's correction in Biometrics 56 (2000) 324. The interval is made on
/// Fisher's z scale. R's epiR and DescTools scale the n-1 moments back to n.
/// Trap: readers that were each scaled by themselves have no shift left, and the coefficient is Pearson's r.
/// </remarks>
public readonly record struct Concordance(
    double Coefficient, double Pearson, int Count, double LocationShift, double ScaleShift)
{
    /// <summary>The accuracy: how far the best line is from the line of identity, 0 to 1.</summary>
    public double BiasCorrection => Coefficient / Pearson;

    /// <summary>Standard error of the coefficient; NaN for fewer than three pairs or without correlation.</summary>
    public double StandardError
    {
        get
        {
            double p = Coefficient, r2 = Pearson * Pearson, u2 = LocationShift * LocationShift;
            double variance = ((1 - r2) * p * p * (1 - p * p) / r2 + 2 * p * p * p * (1 - p) * u2 / Pearson
                - 0.5 * p * p * p * p * u2 * u2 / r2) / (Count - 2);
            return Count < 3 ? double.NaN : Math.Sqrt(Math.Max(0, variance));
        }
    }

    /// <summary>Fisher's z of the coefficient.</summary>
    public double Z => Math.Atanh(Coefficient);

    /// <summary>Standard error of <see cref="Z"/>.</summary>
    public double StandardErrorOfZ => StandardError / (1 - Coefficient * Coefficient);

    /// <summary>Lower end of the 95 % interval.</summary>
    public double Lower => End(-1);

    /// <summary>Upper end of the 95 % interval.</summary>
    public double Upper => End(1);

    /// <summary>Compares two readers.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static Concordance Of(ReadOnlySpan<double> first, ReadOnlySpan<double> second, MomentDivisor divisor = MomentDivisor.N)
    {
        PairedMoments m = PairedMoments.Of(first, second);
        double scale = divisor == MomentDivisor.N ? 1 : m.Count / (m.Count - 1.0);
        double shift = m.MeanY - m.MeanX, product = m.VarianceX * m.VarianceY;
        return new Concordance(
            2 * m.Covariance * scale / ((m.VarianceX + m.VarianceY) * scale + shift * shift),
            Math.Clamp(m.Covariance / Math.Sqrt(product), -1, 1), m.Count,
            shift / Math.Sqrt(Math.Sqrt(product) * scale), Math.Sqrt(m.VarianceX / m.VarianceY));
    }

    private double End(int side) => Math.Abs(Coefficient) == 1 && Count > 2
        ? Coefficient
        : Math.Tanh(Z + side * Distributions.Normal975 * StandardErrorOfZ);
}
