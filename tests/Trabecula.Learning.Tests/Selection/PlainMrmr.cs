using Trabecula.Learning.Selection;
using Trabecula.Learning.Statistics;

namespace Trabecula.Learning.Tests.Selection;

/// <summary>mRMR as it is written down: every score computed anew at every step.</summary>
internal static class PlainMrmr
{
    internal static MrmrChoice[] Rank(FeatureTable table, Mrmr options)
    {
        int[] outcomes = [.. table.Outcomes.Select(outcome => outcome ? 1 : 0)];
        int[] all = [.. Enumerable.Range(0, table.ColumnCount)];
        if (options.Scheme == MrmrScheme.Fcq)
        {
            double[] f = [.. all.Select(c => OneWayAnova.Of(
                [.. table.Column(c).Where((_, row) => outcomes[row] == 1)], [.. table.Column(c).Where((_, row) => outcomes[row] == 0)]).F)];
            return Rank(
                f, (a, b) => FlooredCorrelation(table, a, b, options.CorrelationFloor), (a, b) => a / b, options.Features, options.TieTolerance);
        }
        int[][] states = [.. all.Select(c => States(table.Column(c)))];
        return Rank(
            [.. states.Select(state => Information(state, outcomes))], (a, b) => Information(states[a], states[b]),
            options.Scheme == MrmrScheme.Mid ? (a, b) => a - b : (a, b) => a / Math.Max(b, options.QuotientFloor),
            options.Features, options.TieTolerance);
    }

    internal static MrmrChoice[] Rank(
        double[] relevance, Func<int, int, double> redundancy, Func<double, double, double> score, int count, double tie)
    {
        var ranking = new List<MrmrChoice>();
        while (ranking.Count < count)
        {
            MrmrChoice[] candidates =
            [
                .. Enumerable.Range(0, relevance.Length).Where(c => relevance[c] > 1e-15 && ranking.All(taken => taken.Column != c)).Select(c =>
                {
                    double mean = ranking.Count == 0 ? 0 : ranking.Average(taken => redundancy(c, taken.Column));
                    return new MrmrChoice(c, ranking.Count == 0 ? relevance[c] : score(relevance[c], mean), relevance[c], mean);
                }),
            ];
            if (candidates.Length == 0)
                break;
            double best = candidates.Max(candidate => candidate.Score);
            ranking.Add(candidates.First(candidate => candidate.Score >= best - tie * Math.Max(1, Math.Abs(best))));
        }
        return [.. ranking];
    }

    internal static double FlooredCorrelation(FeatureTable table, int a, int b, double floor) =>
        Math.Max(Math.Abs(Correlation.Pearson(table.Column(a), table.Column(b)).Coefficient), floor);

    private static int[] States(double[] column)
    {
        Moments moments = Moments.Of(column);
        return [.. column.Select(x => x > moments.Mean + moments.SampleDeviation ? 1 : x < moments.Mean - moments.SampleDeviation ? -1 : 0)];
    }

    private static double Information(int[] a, int[] b) => a.Zip(b).GroupBy(pair => pair).Sum(cell =>
    {
        double n = a.Length, share = cell.Count() / n;
        return share * Math.Log(share / (a.Count(x => x == cell.Key.First) / n * (b.Count(x => x == cell.Key.Second) / n)));
    });
}
