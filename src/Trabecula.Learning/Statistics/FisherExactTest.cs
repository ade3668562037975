namespace Trabecula.Learning.Statistics;

/// <summary>Fisher's exact test of a 2 x 2 table with its margins fixed.</summary>
/// <param name="OddsRatio">The sample's a d / (b c), not R's conditional estimate; infinite where b c is 0, NaN where both are.</param>
/// <param name="P">The P. Two-sided: the sum over the tables that are no more likely than the one observed.</param>
/// <remarks>Source: Fisher, The logic of inductive inference, J. R. Stat. Soc. 98 (1935) 39. Equal to scipy's <c>fisher_exact</c>.</remarks>
public readonly record struct FisherExactTest(double OddsRatio, double P)
{
    /// <summary>Tables this close in probability count as equally likely, so that rounding decides no tie (as in R).</summary>
    private const double RelativeTie = 1 + 1e-7;

    /// <summary>Tests the table [a b; c d].</summary>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative.</exception>
    public static FisherExactTest Of(int a, int b, int c, int d, Alternative alternative = Alternative.TwoSided)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(a);
        ArgumentOutOfRangeException.ThrowIfNegative(b);
        ArgumentOutOfRangeException.ThrowIfNegative(c);
        ArgumentOutOfRangeException.ThrowIfNegative(d);
        int row = a + b, column = a + c, total = a + b + c + d;
        int low = Math.Max(0, row + column - total), high = Math.Min(row, column);
        double[] weights = Hypergeometric(row, column, total, low, high);
        double observed = weights[a - low], sum = 0, tail = 0;
        for (int k = low; k <= high; k++)
        {
            double weight = weights[k - low];
            sum += weight;
            bool counts = alternative switch
            {
                Alternative.Less => k <= a,
                Alternative.Greater => k >= a,
                _ => weight <= observed * RelativeTie,
            };
            if (counts)
                tail += weight;
        }
        return new FisherExactTest((double)a * d / ((double)b * c), Math.Min(1, tail / sum));
    }

    /// <summary>
    /// The probabilities of the first cell up to a common factor, by their ratios outwards from the likeliest: differences of
    /// logarithms of factorials would cost digits.
    /// </summary>
    private static double[] Hypergeometric(int row, int column, int total, int low, int high)
    {
        var weights = new double[high - low + 1];
        int mode = Math.Clamp((int)((row + 1.0) * (column + 1.0) / (total + 2.0)), low, high);
        weights[mode - low] = 1;
        for (int k = mode; k < high; k++)
            weights[k + 1 - low] = weights[k - low] * Ratio(k);
        for (int k = mode - 1; k >= low; k--)
            weights[k - low] = weights[k + 1 - low] / Ratio(k);
        return weights;

        double Ratio(int k) => (double)(row - k) * (column - k) / ((k + 1.0) * (total - row - column + k + 1.0));
    }
}
