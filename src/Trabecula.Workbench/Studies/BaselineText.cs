using System.Globalization;
using Trabecula.Learning.Statistics;

namespace Trabecula.Workbench.Studies;

/// <summary>The cells of a baseline table in words and numbers.</summary>
internal static class BaselineText
{
    /// <summary>A group as its form states it, with the decimals that suit both groups together; empty where it has no value.</summary>
    /// <param name="comparison">The variable.</param>
    /// <param name="group">One of its groups.</param>
    /// <param name="level">Which level is counted; of no meaning for a measurement.</param>
    internal static string Of(BaselineComparison comparison, BaselineGroup group, int level) => group.Count == 0 ? "" : comparison.Form switch
    {
        BaselineForm.MeanDeviation => MeanDeviation(group.Moments, Decimals(comparison.All.Moments.SampleDeviation, comparison.All.Moments.Mean, '0')),
        BaselineForm.MedianQuartiles => MedianQuartiles(group.Quartiles, Decimals(comparison.All.Quartiles.Range, comparison.All.Quartiles.Median, '#')),
        _ => string.Create(CultureInfo.InvariantCulture, $"{group.Levels[level]} ({100 * group.Share(level):0.0} %)"),
    };

    /// <summary>The test's name in a cell.</summary>
    internal static string Name(BaselineTest test) => test switch
    {
        BaselineTest.Welch => "Welch t",
        BaselineTest.RankSum => "rank-sum",
        BaselineTest.ChiSquare => "chi-square",
        BaselineTest.ChiSquareOfSmallCounts => "chi-square, small counts",
        BaselineTest.FisherExact => "Fisher exact",
        _ => "",
    };

    /// <summary>The test's name with what it is used for.</summary>
    internal static string Meaning(BaselineTest test) => test switch
    {
        BaselineTest.Welch => "Welch t for means",
        BaselineTest.RankSum => "rank-sum (Wilcoxon; ties and continuity corrected) for medians",
        BaselineTest.ChiSquare => "chi-square (Yates' correction for two levels) for counts",
        BaselineTest.ChiSquareOfSmallCounts => "chi-square, small counts: its P is rough where a count below 5 is expected",
        BaselineTest.FisherExact => "Fisher exact where a count below 5 is expected",
        _ => "",
    };

    private static string MeanDeviation(Moments moments, string format) => double.IsNaN(moments.SampleDeviation)
        ? Number(moments.Mean, format)
        : $"{Number(moments.Mean, format)} ± {Number(moments.SampleDeviation, format)}";

    private static string MedianQuartiles(Quartiles quartiles, string format) =>
        $"{Number(quartiles.Median, format)} [{Number(quartiles.Lower, format)}, {Number(quartiles.Upper, format)}]";

    /// <summary>Two significant digits of the spread, or of the value where nothing spreads; at least one decimal of what is below a thousand.</summary>
    /// <param name="spread">Deviation or interquartile range.</param>
    /// <param name="value">Mean or median.</param>
    /// <param name="digit"><c>#</c> for medians, so that whole numbers, as of a score, stay so.</param>
    private static string Decimals(double spread, double value, char digit)
    {
        double size = spread > 0 ? spread : Math.Abs(value);
        int decimals = size > 0 ? Math.Clamp(1 - (int)Math.Floor(Math.Log10(size)), size < 1000 ? 1 : 0, 9) : 1;
        return decimals == 0 ? "0" : "0." + new string(digit, decimals);
    }

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
