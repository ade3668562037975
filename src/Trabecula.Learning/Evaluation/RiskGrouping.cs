using Trabecula.Learning.Statistics;

namespace Trabecula.Learning.Evaluation;

/// <summary>How subjects are parted by predicted risk. Results by groups depend on it, so it is named wherever they are shown.</summary>
public enum RiskGrouping
{
    /// <summary>
    /// Between linear quantiles of the risks, a risk on a boundary belonging to the lower group and equal boundaries falling together: R's
    /// <c>cut(p, unique(quantile(p, 0:g/g)), include.lowest = TRUE)</c> (as <c>ResourceSelection::hoslem.test</c>), pandas' <c>qcut</c>.
    /// </summary>
    Quantiles,

    /// <summary>
    /// Subjects sorted by risk and cut into groups as equal in size as can be, the first ones larger by one: <c>numpy.array_split</c>, as most
    /// Python code of the Hosmer-Lemeshow test. Equal risks may be parted, by the order of rows.
    /// </summary>
    EqualCounts,

    /// <summary>Of equal width from 0 to 1, a risk on a boundary belonging to the upper group: scikit-learn's <c>calibration_curve</c>, roughly.</summary>
    EqualWidths,
}

/// <summary>Group numbers from 0, rising with risk.</summary>
internal static class RiskGroups
{
    internal static int[] Of(IReadOnlyList<double> risks, int groups, RiskGrouping grouping)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(groups, 1);
        return grouping switch
        {
            RiskGrouping.Quantiles => ByQuantiles(risks, groups),
            RiskGrouping.EqualCounts => ByCounts(risks, groups),
            RiskGrouping.EqualWidths => [.. risks.Select(risk => Math.Min((int)(risk * groups), groups - 1))],
            _ => throw new ArgumentOutOfRangeException(nameof(grouping), grouping, "Expected Quantiles, EqualCounts or EqualWidths."),
        };
    }

    private static int[] ByQuantiles(IReadOnlyList<double> risks, int groups)
    {
        double[] sorted = [.. risks.Order()];
        double[] breaks = [.. Enumerable.Range(0, groups + 1).Select(g => Quantiles.OfSorted(sorted, (double)g / groups)).Distinct()];
        return [.. risks.Select(risk => Math.Max(0, breaks.Count(b => b < risk) - 1))];
    }

    private static int[] ByCounts(IReadOnlyList<double> risks, int groups)
    {
        int[] order = [.. Enumerable.Range(0, risks.Count).OrderBy(i => risks[i])];
        var numbers = new int[risks.Count];
        int larger = risks.Count % groups, size = risks.Count / groups;
        for (int place = 0; place < order.Length; place++)
        {
            int boundary = larger * (size + 1);
            numbers[order[place]] = place < boundary ? place / (size + 1) : larger + (place - boundary) / size;
        }
        return numbers;
    }
}
