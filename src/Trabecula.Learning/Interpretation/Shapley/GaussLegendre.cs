namespace Trabecula.Learning.Interpretation;

/// <summary>Gauss-Legendre rules from 0 to 1: n points integrate polynomials up to degree 2n - 1 exactly.</summary>
/// <remarks>The roots of each Legendre polynomial part those of the next, so bisection between them finds all without a first guess.</remarks>
internal static class GaussLegendre
{
    /// <summary>The rules of 1 to <paramref name="most"/> points; the rule of n points stands at n - 1.</summary>
    internal static (double[] Points, double[] Weights)[] UpTo(int most)
    {
        var rules = new (double[], double[])[most];
        double[] roots = [];
        for (int n = 1; n <= most; n++)
        {
            double[] ends = [-1, .. roots, 1];
            roots = [.. Enumerable.Range(0, n).Select(i => Root(n, ends[i], ends[i + 1]))];
            rules[n - 1] = (Array.ConvertAll(roots, x => (1 + x) / 2), Array.ConvertAll(roots, x => Weight(n, x)));
        }
        return rules;
    }

    private static double Root(int n, double low, double high)
    {
        bool rises = Value(n, high).P > 0;
        while (true)
        {
            double middle = low + (high - low) / 2;
            if (middle <= low || middle >= high)
                return middle;
            if (Value(n, middle).P > 0 == rises)
                high = middle;
            else
                low = middle;
        }
    }

    // Half of 2 / ((1 - x²) P'²), as the interval is half as long.
    private static double Weight(int n, double x)
    {
        (double p, double before) = Value(n, x);
        double slope = n * (x * p - before) / (x * x - 1);
        return 1 / ((1 - x * x) * slope * slope);
    }

    private static (double P, double Before) Value(int n, double x)
    {
        double before = 1, p = x;
        for (int k = 2; k <= n; k++)
            (before, p) = (p, ((2 * k - 1) * x * p - (k - 1) * before) / k);
        return (p, before);
    }
}
