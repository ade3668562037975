using Trabecula.Learning.Statistics;

namespace Trabecula.Learning.Evaluation;

/// <summary>Predictions against outcomes at a threshold: a risk of at least the threshold counts as positive.</summary>
/// <remarks>
/// Sensitivity, specificity and accuracy are proportions and have exact intervals (Clopper and Pearson); for F1, kappa and Matthews'
/// correlation use <see cref="SubjectBootstrap"/>.
/// </remarks>
/// <param name="TruePositives">Events at or above the threshold.</param>
/// <param name="FalseNegatives">Events below it.</param>
/// <param name="FalsePositives">Controls at or above it.</param>
/// <param name="TrueNegatives">Controls below it.</param>
public sealed record ConfusionMatrix(int TruePositives, int FalseNegatives, int FalsePositives, int TrueNegatives)
{
    /// <summary>Number of subjects.</summary>
    public int Total => TruePositives + FalseNegatives + FalsePositives + TrueNegatives;

    /// <summary>Share of correct predictions.</summary>
    public double Accuracy => (double)(TruePositives + TrueNegatives) / Total;

    /// <summary>Sensitivity, or recall: share of events that are positive; NaN without events.</summary>
    public double Sensitivity => (double)TruePositives / (TruePositives + FalseNegatives);

    /// <summary>Specificity: share of controls that are negative; NaN without controls.</summary>
    public double Specificity => (double)TrueNegatives / (TrueNegatives + FalsePositives);

    /// <summary>Precision, or positive predictive value: share of positives that are events; NaN without positives.</summary>
    public double Precision => (double)TruePositives / (TruePositives + FalsePositives);

    /// <summary>Negative predictive value: share of negatives that are controls; NaN without negatives.</summary>
    public double NegativePredictiveValue => (double)TrueNegatives / (TrueNegatives + FalseNegatives);

    /// <summary>F1: harmonic mean of precision and sensitivity; 0 without a true positive.</summary>
    public double F1 => TruePositives == 0 ? 0 : 2.0 * TruePositives / (2.0 * TruePositives + FalsePositives + FalseNegatives);

    /// <summary>Cohen's kappa: agreement beyond that of the margins; NaN where the margins leave none to gain.</summary>
    public double Kappa
    {
        get
        {
            double n = Total;
            double expected = ((TruePositives + FalseNegatives) * (double)(TruePositives + FalsePositives) +
                (TrueNegatives + FalsePositives) * (double)(TrueNegatives + FalseNegatives)) / (n * n);
            return (Accuracy - expected) / (1 - expected);
        }
    }

    /// <summary>Matthews correlation coefficient; 0 where a margin is empty, as in scikit-learn.</summary>
    public double MatthewsCorrelation
    {
        get
        {
            double product = ((double)TruePositives + FalsePositives) * ((double)TruePositives + FalseNegatives) *
                ((double)TrueNegatives + FalsePositives) * ((double)TrueNegatives + FalseNegatives);
            double difference = (double)TruePositives * TrueNegatives - (double)FalsePositives * FalseNegatives;
            return product == 0 ? 0 : difference / Math.Sqrt(product);
        }
    }

    /// <summary>Share of events among all; NaN without subjects.</summary>
    public double Prevalence => (double)(TruePositives + FalseNegatives) / Total;

    /// <summary>Mean of sensitivity and specificity.</summary>
    public double BalancedAccuracy => (Sensitivity + Specificity) / 2;

    /// <summary>Youden's J: sensitivity + specificity - 1.</summary>
    public double Youden => Sensitivity + Specificity - 1;

    /// <summary>Positive likelihood ratio: sensitivity by false-positive rate; infinite without false positives.</summary>
    public double PositiveLikelihoodRatio => Sensitivity / (1 - Specificity);

    /// <summary>Negative likelihood ratio: false-negative rate by specificity.</summary>
    public double NegativeLikelihoodRatio => (1 - Sensitivity) / Specificity;

    /// <summary>The exact interval of <see cref="Accuracy"/>.</summary>
    public ConfidenceInterval AccuracyInterval(double level = 0.95) => Exact(TruePositives + TrueNegatives, Total, level);

    /// <summary>The exact interval of <see cref="Sensitivity"/>.</summary>
    public ConfidenceInterval SensitivityInterval(double level = 0.95) => Exact(TruePositives, TruePositives + FalseNegatives, level);

    /// <summary>The exact interval of <see cref="Specificity"/>.</summary>
    public ConfidenceInterval SpecificityInterval(double level = 0.95) => Exact(TrueNegatives, TrueNegatives + FalsePositives, level);

    /// <summary>The exact interval of <see cref="Precision"/>, for this prevalence.</summary>
    public ConfidenceInterval PrecisionInterval(double level = 0.95) => Exact(TruePositives, TruePositives + FalsePositives, level);

    /// <summary>The exact interval of <see cref="NegativePredictiveValue"/>, for this prevalence.</summary>
    public ConfidenceInterval NegativePredictiveValueInterval(double level = 0.95) => Exact(TrueNegatives, TrueNegatives + FalseNegatives, level);

    private static ConfidenceInterval Exact(int count, int total, double level) => ProportionInterval.ClopperPearson(count, total, level);

    /// <summary>Counts.</summary>
    /// <exception cref="LearningException">A risk outside 0 to 1, or no subject.</exception>
    public static ConfusionMatrix Of(IReadOnlyList<bool> outcomes, IReadOnlyList<double> risks, double threshold)
    {
        Predictions.Check(outcomes, risks);
        return OfRows(outcomes, risks, [.. Enumerable.Range(0, risks.Count)], threshold);
    }

    /// <summary>Counts some rows of checked predictions, one as often as it is named.</summary>
    internal static ConfusionMatrix OfRows(IReadOnlyList<bool> outcomes, IReadOnlyList<double> risks, IReadOnlyList<int> rows, double threshold)
    {
        int tp = 0, fn = 0, fp = 0, tn = 0;
        foreach (int row in rows)
        {
            bool positive = risks[row] >= threshold;
            if (outcomes[row])
                (tp, fn) = positive ? (tp + 1, fn) : (tp, fn + 1);
            else
                (fp, tn) = positive ? (fp + 1, tn) : (fp, tn + 1);
        }
        return new ConfusionMatrix(tp, fn, fp, tn);
    }
}
