using System.Globalization;
using Trabecula.Learning.Statistics;

namespace Trabecula.Workbench.Studies;

/// <summary>The cells of a baseline table in words and numbers.</summary>
internal static class BaselineText
{
    /// <summary>A group as its form states it; empty where it has no value.</summary>
    /// <param name="group">The group.</param>
    /// <param name="form">How the variable is described.</param>
    /// <param name="level">Which level is counted; of no meaning for a measurement.</param>
    internal static string Of(BaselineGroup group, BaselineForm form, int level) => group.Count == 0 ? "" : form switch
    {
        BaselineForm.MeanDeviation => MeanDeviation(group.Moments),
        BaselineForm.MedianQuartiles => MedianQuartiles(group.Quartiles),
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

    private static string MeanDeviation(Moments moments)
    {
        string format = Decimals(double.IsNaN(moments.SampleDeviation) ? Math.Abs(moments.Mean) : moments.SampleDeviation, '0');
        string mean = Number(moments.Mean, format);
        return double.IsNaN(moments.SampleDeviation) ? mean : $"{mean} ± {Number(moments.SampleDeviation, format)}";
    }

    // Whole numbers, as of a score, stay so.
    private static string MedianQuartiles(Quartiles quartiles)
    {
        string format = Decimals(quartiles.Range > 0 ? quartiles.Range : Math.Abs(quartiles.Median), '#');
        return $"{Number(quartiles.Median, format)} [{Number(quartiles.Lower, format)}, {Number(quartiles.Upper, format)}]";
    }

    /// <summary>Two significant digits of a spread, but at least one decimal of what is below a thousand.</summary>
    private static string Decimals(double spread, char digit)
    {
        int decimals = spread > 0 ? 1 - (int)Math.Floor(Math.Log10(spread)) : 1;
        decimals = Math.Clamp(decimals, spread < 1000 ? 1 : 0, 9);
        return decimals == 0 ? "0" : "0." + new string(digit, decimals);
    }

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
