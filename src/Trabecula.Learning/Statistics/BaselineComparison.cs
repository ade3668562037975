namespace Trabecula.Learning.Statistics;

/// <summary>How a variable is described.</summary>
public enum BaselineForm
{
    /// <summary>Mean and standard deviation (divisor n - 1).</summary>
    MeanDeviation,

    /// <summary>Median and quartiles (linear).</summary>
    MedianQuartiles,

    /// <summary>Counts and percentages of the values present.</summary>
    Counts,
}

/// <summary>What two groups are compared by.</summary>
public enum BaselineTest
{
    /// <summary>Nothing: a group has no values, or all values are equal.</summary>
    None,

    /// <summary>Welch's t test.</summary>
    Welch,

    /// <summary>The Wilcoxon rank-sum test.</summary>
    RankSum,

    /// <summary>Pearson's chi-square test, corrected by Yates where two levels occur.</summary>
    ChiSquare,

    /// <summary>Fisher's exact test.</summary>
    FisherExact,

    /// <summary>
    /// Pearson's chi-square test although an expected count is below 5, where its P is rough: more than two levels, so Fisher's test of
    /// two does not apply.
    /// </summary>
    ChiSquareOfSmallCounts,
}

/// <summary>
/// One variable in two groups, as a line of a baseline table ("Table 1") states it. Missing values are counted and left out of the rest.
/// </summary>
/// <param name="Form">How the variable is described.</param>
/// <param name="All">Both groups together.</param>
/// <param name="First">The first group.</param>
/// <param name="Second">The second group.</param>
/// <param name="Test">What the groups are compared by.</param>
/// <param name="P">Two-sided P; NaN where nothing is tested.</param>
/// <param name="StandardisedDifference">
/// First less second by <see cref="Statistics.StandardisedDifference"/>, of the means for a measurement in either form, of the second
/// level's shares for two levels; not signed for more. Infinite where the groups share no value and do not vary, NaN where one is empty.
/// </param>
public sealed record BaselineComparison(
    BaselineForm Form, BaselineGroup All, BaselineGroup First, BaselineGroup Second, BaselineTest Test, double P, double StandardisedDifference)
{
    private const double MaxSkewness = 2, MaxKurtosis = 7, MaxOutlierShare = 0.1;

    /// <summary>Below this expected count the chi-square distribution is a rough one (Cochran, Biometrics 10 (1954) 417).</summary>
    private const double SmallExpected = 5;

    /// <summary>Compares a measurement.</summary>
    /// <param name="first">The first group's values.</param>
    /// <param name="second">The second group's values.</param>
    /// <param name="form">
    /// <see cref="BaselineForm.MeanDeviation"/>, tested by Welch's test, or <see cref="BaselineForm.MedianQuartiles"/>, tested by ranks. Null
    /// chooses as Ge et al. 2025 choose their scaling: the mean where |skewness| is below 2, Pearson's kurtosis below 7 and at most a tenth of
    /// the values are outliers, judged on both groups together, so that a variable has one form in all tables; the mean also for a constant.
    /// </param>
    /// <param name="rankSum">How the rank-sum test's P is obtained.</param>
    /// <exception cref="ArgumentException">The form is <see cref="BaselineForm.Counts"/>.</exception>
    public static BaselineComparison OfValues(
        ReadOnlySpan<double> first, ReadOnlySpan<double> second, BaselineForm? form = null, RankSumMethod rankSum = RankSumMethod.TieAndContinuityCorrected)
    {
        if (form == BaselineForm.Counts)
            throw new ArgumentException("A measurement has a mean or a median; levels are counted.", nameof(form));
        BaselineGroup all = BaselineGroup.OfValues([.. first, .. second]), a = BaselineGroup.OfValues(first), b = BaselineGroup.OfValues(second);
        BaselineForm chosen = form ?? FormOf(all);
        (BaselineTest test, double p) = (BaselineTest.None, double.NaN);
        if (a.Count > 0 && b.Count > 0 && all.Moments.Minimum < all.Moments.Maximum)
        {
            // Without a spread in either group, or with a single value, Student's distribution has no degrees of freedom; ranks still serve.
            bool means = chosen == BaselineForm.MeanDeviation && a.Count > 1 && b.Count > 1 &&
                (a.Moments.PopulationDeviation > 0 || b.Moments.PopulationDeviation > 0);
            (test, p) = means ? (BaselineTest.Welch, TTest.Welch(first, second).P) : (BaselineTest.RankSum, RankSumTest.Of(first, second, rankSum).P);
        }
        return new BaselineComparison(
            chosen, all, a, b, test, p, a.Count == 0 || b.Count == 0 ? double.NaN : Statistics.StandardisedDifference.OfMeans(a.Moments, b.Moments));
    }

    /// <summary>Compares counts of levels.</summary>
    /// <param name="first">The first group's values: places among the levels, from 0.</param>
    /// <param name="second">The second group's values.</param>
    /// <param name="levels">How many levels there are; 2 for a binary variable.</param>
    /// <exception cref="ArgumentException">A value is no place among the levels.</exception>
    public static BaselineComparison OfLevels(ReadOnlySpan<double> first, ReadOnlySpan<double> second, int levels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(levels, 1);
        BaselineGroup all = BaselineGroup.OfLevels([.. first, .. second], levels);
        BaselineGroup a = BaselineGroup.OfLevels(first, levels), b = BaselineGroup.OfLevels(second, levels);
        (BaselineTest test, double p) = TestOf(all, a, b);
        double difference = levels == 2
            ? Statistics.StandardisedDifference.OfProportions(a.Share(1), b.Share(1))
            : Statistics.StandardisedDifference.OfLevels(a.Levels, b.Levels);
        return new BaselineComparison(BaselineForm.Counts, all, a, b, test, p, difference);
    }

    private static BaselineForm FormOf(BaselineGroup all)
    {
        Moments moments = all.Moments;
        // Moments of a constant are not numbers; it has a mean. Written so that those of values too large to square fail.
        bool constant = all.Count == 0 || moments.Minimum == moments.Maximum;
        bool nearNormal = Math.Abs(moments.Skewness) < MaxSkewness && moments.Kurtosis < MaxKurtosis && all.Quartiles.OutlierShare <= MaxOutlierShare;
        return constant || nearNormal ? BaselineForm.MeanDeviation : BaselineForm.MedianQuartiles;
    }

    private static (BaselineTest Test, double P) TestOf(BaselineGroup all, BaselineGroup first, BaselineGroup second)
    {
        int[] occurring = [.. Enumerable.Range(0, all.Levels.Count).Where(level => all.Levels[level] > 0)];
        if (first.Count == 0 || second.Count == 0 || occurring.Length < 2)
            return (BaselineTest.None, double.NaN);
        int[] a = [.. occurring.Select(level => first.Levels[level])], b = [.. occurring.Select(level => second.Levels[level])];
        ChiSquareTest test = ChiSquareTest.Of([a, b]);
        if (test.SmallestExpected >= SmallExpected)
            return (BaselineTest.ChiSquare, test.P);
        return occurring.Length == 2
            ? (BaselineTest.FisherExact, FisherExactTest.Of(a[0], a[1], b[0], b[1]).P)
            : (BaselineTest.ChiSquareOfSmallCounts, test.P);
    }
}
