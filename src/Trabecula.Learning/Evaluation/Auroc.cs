using Trabecula.Learning.Statistics;

namespace Trabecula.Learning.Evaluation;

/// <summary>
/// Area under the receiver operating characteristic: the probability that a case has a higher score than a control, ties
/// counting one half; with DeLong's variance and 95 % interval.
/// </summary>
/// <remarks>
/// Source: DeLong, DeLong and Clarke-Pearson, Biometrics 44 (1988) 837; midranks in O(n log n) after Sun and Xu, IEEE Signal
/// Process. Lett. 21 (2014) 1389. Equal to R's pROC <c>ci.auc(method = "delong")</c>.
/// Edge cases: the interval is cut at 0 and 1. Where the scores separate the classes fully, DeLong's variance is 0 and the
/// interval is the point 1, which understates the uncertainty.
/// </remarks>
public sealed record Auroc
{
    /// <summary>The 0.975 quantile of the standard normal distribution.</summary>
    private const double Normal975 = 1.959963984540054;

    private Auroc(double value, double variance, int cases, int controls) =>
        (Value, Variance, Cases, Controls) = (value, variance, cases, controls);

    /// <summary>The area, 0 to 1; 0.5 is chance.</summary>
    public double Value { get; }

    /// <summary>DeLong's variance of the area.</summary>
    public double Variance { get; }

    /// <summary>Lower end of the 95 % interval, at least 0.</summary>
    public double Lower => Math.Max(0, Value - Normal975 * Math.Sqrt(Variance));

    /// <summary>Upper end of the 95 % interval, at most 1.</summary>
    public double Upper => Math.Min(1, Value + Normal975 * Math.Sqrt(Variance));

    /// <summary>Number of rows with the event.</summary>
    public int Cases { get; }

    /// <summary>Number of rows without the event.</summary>
    public int Controls { get; }

    /// <summary>Computes area and variance.</summary>
    /// <param name="outcomes">True is the event.</param>
    /// <param name="scores">Higher means that the event is more likely; any monotone scale.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a score is NaN.</exception>
    /// <exception cref="LearningException">Fewer than two cases or two controls: the variance does not exist.</exception>
    public static Auroc Of(IReadOnlyList<bool> outcomes, IReadOnlyList<double> scores)
    {
        ClassScores classes = ClassScores.Of(outcomes, scores);
        int m = classes.Cases.Length, n = classes.Controls.Length;
        if (m < 2 || n < 2)
            throw new LearningException(
                $"{m} cases and {n} controls: DeLong's variance of the AUROC needs at least two of each.", "Evaluate on more subjects.");

        double[] inAll = Midranks.Of([.. classes.Cases, .. classes.Controls]);
        double[] inCases = Midranks.Of(classes.Cases), inControls = Midranks.Of(classes.Controls);
        // A case's midrank among all, less its midrank among cases, is the number of controls below it; and likewise for controls.
        var casePlacement = new double[m];
        for (int i = 0; i < m; i++)
            casePlacement[i] = (inAll[i] - inCases[i]) / n;
        var controlPlacement = new double[n];
        for (int j = 0; j < n; j++)
            controlPlacement[j] = 1 - (inAll[m + j] - inControls[j]) / m;

        double value = Mean(casePlacement);
        return new Auroc(value, SampleVariance(casePlacement) / m + SampleVariance(controlPlacement) / n, m, n);
    }

    /// <summary>The area alone, which one case and one control suffice for.</summary>
    /// <inheritdoc cref="Of"/>
    /// <exception cref="LearningException">Only one class occurs.</exception>
    public static double ValueOf(IReadOnlyList<bool> outcomes, IReadOnlyList<double> scores)
    {
        ClassScores classes = ClassScores.Of(outcomes, scores);
        Array.Sort(classes.Cases);
        Array.Sort(classes.Controls);
        // Half-wins in integers: exact, whatever the order of rows.
        long halfWins = 0;
        int below = 0, notAbove = 0;
        foreach (double score in classes.Cases)
        {
            while (below < classes.Controls.Length && classes.Controls[below] < score)
                below++;
            notAbove = Math.Max(notAbove, below);
            while (notAbove < classes.Controls.Length && classes.Controls[notAbove] <= score)
                notAbove++;
            halfWins += below + notAbove;
        }
        return halfWins / (2.0 * classes.Cases.Length * classes.Controls.Length);
    }

    private static double Mean(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
            sum += value;
        return sum / values.Length;
    }

    private static double SampleVariance(ReadOnlySpan<double> values)
    {
        double mean = Mean(values), sum = 0;
        foreach (double value in values)
            sum += (value - mean) * (value - mean);
        return sum / (values.Length - 1);
    }
}
