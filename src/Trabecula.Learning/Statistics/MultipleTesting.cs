namespace Trabecula.Learning.Statistics;

/// <summary>
/// Adjusted P values of a family of tests, in the order given, each at most 1. A NaN stays NaN and does not count as a test.
/// </summary>
public static class MultipleTesting
{
    /// <summary>False discovery rate under independence: Benjamini and Hochberg, J. R. Stat. Soc. B 57 (1995) 289.</summary>
    public static double[] BenjaminiHochberg(IReadOnlyList<double> p) => FromLargest(p, (value, rank, tests) => value * tests / rank);

    /// <summary>False discovery rate under any dependence: Benjamini and Yekutieli, Ann. Stat. 29 (2001) 1165.</summary>
    public static double[] BenjaminiYekutieli(IReadOnlyList<double> p)
    {
        ArgumentNullException.ThrowIfNull(p);
        double harmonic = 0;
        for (int i = 1; i <= p.Count(value => !double.IsNaN(value)); i++)
            harmonic += 1.0 / i;
        return FromLargest(p, (value, rank, tests) => value * tests * harmonic / rank);
    }

    /// <summary>Family-wise error, step-down: Holm, Scand. J. Stat. 6 (1979) 65.</summary>
    public static double[] Holm(IReadOnlyList<double> p)
    {
        (double[] adjusted, int[] order) = Start(p);
        double largest = 0;
        for (int i = 0; i < order.Length; i++)
            adjusted[order[i]] = largest = Math.Max(largest, Math.Min(1, p[order[i]] * (order.Length - i)));
        return adjusted;
    }

    /// <summary>Family-wise error: every P times the number of tests.</summary>
    public static double[] Bonferroni(IReadOnlyList<double> p)
    {
        (double[] adjusted, int[] order) = Start(p);
        foreach (int i in order)
            adjusted[i] = Math.Min(1, p[i] * order.Length);
        return adjusted;
    }

    private static double[] FromLargest(IReadOnlyList<double> p, Func<double, int, int, double> adjust)
    {
        (double[] adjusted, int[] order) = Start(p);
        double smallest = 1;
        for (int rank = order.Length; rank >= 1; rank--)
            adjusted[order[rank - 1]] = smallest = Math.Min(smallest, adjust(p[order[rank - 1]], rank, order.Length));
        return adjusted;
    }

    private static (double[] Adjusted, int[] Order) Start(IReadOnlyList<double> p)
    {
        ArgumentNullException.ThrowIfNull(p);
        if (p.FirstOrDefault(value => value is < 0 or > 1) is var wrong and not 0)
            throw new ArgumentOutOfRangeException(nameof(p), wrong, "A P is from 0 to 1.");
        var adjusted = new double[p.Count];
        Array.Fill(adjusted, double.NaN);
        return (adjusted, [.. Enumerable.Range(0, p.Count).Where(i => !double.IsNaN(p[i])).OrderBy(i => p[i])]);
    }
}
