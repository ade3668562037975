using Trabecula.Learning.Statistics;

namespace Trabecula.Workbench.Readers;

/// <summary>How far readers agree on a feature.</summary>
/// <param name="Feature">The feature.</param>
/// <param name="Pairs">Each pair of readers, in the order (1, 2), (1, 3) …, (2, 3) ….</param>
/// <param name="Correlations">The six intraclass correlations over all readers.</param>
/// <param name="Subjects">Subjects that every reader has, on whom the intraclass correlations are computed.</param>
internal sealed record FeatureAgreement(string Feature, IReadOnlyList<ReaderPair> Pairs, IReadOnlyList<IntraclassCorrelation> Correlations, int Subjects)
{
    /// <summary>The least concordance of any pair; NaN where one has none.</summary>
    public double LeastConcordance => Pairs.Select(pair => pair.Concordance.Coefficient).Aggregate(Math.Min);

    public static FeatureAgreement Of(string feature, double[][] readings)
    {
        var pairs = new List<ReaderPair>();
        for (int first = 0; first < readings.Length; first++)
        {
            for (int second = first + 1; second < readings.Length; second++)
                pairs.Add(new ReaderPair(first, second, Concordance.Of(readings[first], readings[second]), BlandAltman.Of(readings[first], readings[second])));
        }
        ReaderAgreement analysis = ReaderAgreement.Of(readings);
        return new FeatureAgreement(feature, pairs, [.. Enum.GetValues<IccForm>().Select(analysis.Correlation)], analysis.Subjects);
    }
}

/// <summary>A pair of readers on one feature.</summary>
/// <param name="First">Place of the first reader.</param>
/// <param name="Second">Place of the second.</param>
/// <param name="Concordance">Lin's coefficient.</param>
/// <param name="Differences">Second less first.</param>
internal sealed record ReaderPair(int First, int Second, Concordance Concordance, BlandAltman Differences);
