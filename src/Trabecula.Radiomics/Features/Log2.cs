using System.Runtime.CompilerServices;

namespace Trabecula.Radiomics.Features;

/// <summary>Logarithms of counts. Matrices hold counts, so entropies need <c>log2</c> of small whole numbers over and over.</summary>
internal static class Log2
{
    /// <summary>
    /// PyRadiomics adds 2^-52 inside every logarithm. To first order that takes <c>eps / ln 2</c> off an entropy for each non-empty cell:
    /// <c>p log2(p + eps) = p log2 p + eps / ln 2</c>. It matters where an entropy is zero.
    /// </summary>
    public const double EpsilonPerCell = 2.220446049250313e-16 / 0.6931471805599453;

    private static readonly double[] CountLogCount = MakeTable();

    private static readonly double[] SmallCounts = [0, .. Enumerable.Range(1, 63).Select(count => Math.Log2(count))];

    /// <summary><c>count * log2(count)</c>, 0 for 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double TimesItself(int count) =>
        count < CountLogCount.Length ? CountLogCount[count] : count * Math.Log2(count);

    /// <summary>The logarithm of a count, from 1.</summary>
    public static double OfCount(int count) => count < SmallCounts.Length ? SmallCounts[count] : Math.Log2(count);

    /// <summary>The entropy in bits of cells with <paramref name="cells"/> counts that add up to <paramref name="total"/>.</summary>
    /// <param name="sumCountLogCount">The sum of <see cref="TimesItself"/> over the cells.</param>
    /// <param name="total">The sum of all counts.</param>
    /// <param name="cells">How many cells are not empty.</param>
    public static double Entropy(double sumCountLogCount, double total, int cells) =>
        Math.Log2(total) - sumCountLogCount / total - cells * EpsilonPerCell;

    private static double[] MakeTable()
    {
        var table = new double[4096];
        for (int n = 2; n < table.Length; n++)
            table[n] = n * Math.Log2(n);
        return table;
    }
}
