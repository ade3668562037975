using Trabecula.Learning.Statistics;

namespace Trabecula.Workbench.Cohorts;

/// <summary>The scores of one day in one group. Without any score, all but the counts are NaN.</summary>
/// <param name="Day">The day.</param>
/// <param name="Outcome">The group: true for the subjects with the event.</param>
/// <param name="Count">Subjects with a score.</param>
/// <param name="Missing">Subjects without.</param>
/// <param name="LowerQuartile">First quartile, by linear interpolation (Hyndman and Fan's type 7, the default of R and NumPy).</param>
/// <param name="Median">Median.</param>
/// <param name="UpperQuartile">Third quartile.</param>
/// <param name="Mean">Mean.</param>
/// <param name="StandardDeviation">Standard deviation, n - 1; NaN for a single score.</param>
public sealed record ScoreSummary(
    int Day, bool Outcome, int Count, int Missing, double LowerQuartile, double Median, double UpperQuartile, double Mean, double StandardDeviation)
{
    internal static ScoreSummary Of(int day, bool outcome, IReadOnlyList<double> scores)
    {
        double[] known = [.. scores.Where(score => !double.IsNaN(score)).Order()];
        double mean = known.Length == 0 ? double.NaN : known.Average();
        double squares = known.Sum(score => (score - mean) * (score - mean));
        return new ScoreSummary(
            day, outcome, known.Length, scores.Count - known.Length, Quantiles.OfSorted(known, 0.25), Quantiles.OfSorted(known, 0.5), Quantiles.OfSorted(known, 0.75), mean,
            known.Length < 2 ? double.NaN : Math.Sqrt(squares / (known.Length - 1)));
    }
}
