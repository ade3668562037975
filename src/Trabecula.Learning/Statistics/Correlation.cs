namespace Trabecula.Learning.Statistics;

/// <summary>A correlation of two columns.</summary>
/// <param name="Coefficient">From -1 to 1; NaN where a column is constant or fewer than two pairs are complete.</param>
/// <param name="P">Two-sided P against no correlation, by Student's distribution with n - 2 degrees of freedom; 1 for two pairs.</param>
/// <param name="Count">Pairs without a missing value.</param>
public readonly record struct Correlation(double Coefficient, double P, int Count)
{
    /// <summary>Pearson's product-moment correlation. Pairs with a missing value are left out.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static Correlation Pearson(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        PairedMoments moments = PairedMoments.Of(x, y);
        // Clamped, since rounding may pass 1.
        double r = Math.Clamp(moments.Covariance / Math.Sqrt(moments.VarianceX * moments.VarianceY), -1, 1);
        return new Correlation(r, TwoSidedP(r, moments.Count), moments.Count);
    }

    /// <summary>Spearman's rank correlation: Pearson's of the midranks. Pairs with a missing value are left out.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static Correlation Spearman(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        (double[] a, double[] b) = PairedMoments.Complete(x, y);
        return Pearson(Midranks.Of(a), Midranks.Of(b));
    }

    /// <summary>Kendall's tau-b, from -1 to 1; NaN where a column is constant. Pairs with a missing value are left out.</summary>
    /// <remarks>Complexity: every two pairs are compared.</remarks>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double KendallTauB(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        (double[] a, double[] b) = PairedMoments.Complete(x, y);
        long score = 0, untiedX = 0, untiedY = 0;
        for (int i = 1; i < a.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                int signX = Math.Sign(a[i].CompareTo(a[j])), signY = Math.Sign(b[i].CompareTo(b[j]));
                score += signX * signY;
                untiedX += signX * signX;
                untiedY += signY * signY;
            }
        }
        return score / (Math.Sqrt(untiedX) * Math.Sqrt(untiedY));
    }

    private static double TwoSidedP(double r, int count)
    {
        if (double.IsNaN(r))
            return double.NaN;
        // The beta function's argument n / (n + t²) is 1 - r², here without its cancellation near 1.
        return count <= 2 ? 1 : Distributions.Beta((count - 2) / 2.0, 0.5, (1 - r) * (1 + r));
    }
}
