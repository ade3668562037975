using Trabecula.Learning.Statistics;

namespace Trabecula.Learning.Evaluation;

/// <summary>
/// DeLong's structural components: for each case the share of controls below it, for each control the share of cases above it, ties
/// counting one half. Their means are the AUROC, their covariances its variance.
/// </summary>
/// <remarks>Midranks, O(n log n): Sun and Xu, IEEE Signal Process. Lett. 21 (2014) 1389.</remarks>
internal sealed record Placements(double[] Cases, double[] Controls)
{
    internal double Area => Mean(Cases);

    internal double Variance => CovarianceWith(this);

    /// <exception cref="LearningException">Fewer than two cases or two controls: the variance does not exist.</exception>
    internal static Placements Of(IReadOnlyList<bool> outcomes, IReadOnlyList<double> scores)
    {
        ClassScores classes = ClassScores.Of(outcomes, scores);
        int m = classes.Cases.Length, n = classes.Controls.Length;
        if (m < 2 || n < 2)
            throw new LearningException(
                $"{m} cases and {n} controls: DeLong's variance of the AUROC needs at least two of each.", "Evaluate on more subjects.");

        double[] inAll = Midranks.Of([.. classes.Cases, .. classes.Controls]);
        double[] inCases = Midranks.Of(classes.Cases), inControls = Midranks.Of(classes.Controls);
        // A case's midrank among all, less its midrank among cases, is the number of controls below it; and likewise for controls.
        var cases = new double[m];
        for (int i = 0; i < m; i++)
            cases[i] = (inAll[i] - inCases[i]) / n;
        var controls = new double[n];
        for (int j = 0; j < n; j++)
            controls[j] = 1 - (inAll[m + j] - inControls[j]) / m;
        return new Placements(cases, controls);
    }

    /// <summary>Of two models on the same subjects.</summary>
    internal double CovarianceWith(Placements other) =>
        SampleCovariance(Cases, other.Cases) / Cases.Length + SampleCovariance(Controls, other.Controls) / Controls.Length;

    private static double SampleCovariance(double[] a, double[] b)
    {
        double meanA = Mean(a), meanB = Mean(b), sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += (a[i] - meanA) * (b[i] - meanB);
        return sum / (a.Length - 1);
    }

    private static double Mean(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
            sum += value;
        return sum / values.Length;
    }
}
