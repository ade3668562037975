namespace Trabecula.Learning.Evaluation;

/// <summary>Predictions against outcomes at a threshold: a risk of at least the threshold counts as positive.</summary>
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

    /// <summary>Counts.</summary>
    /// <exception cref="LearningException">A risk outside 0 to 1, or no subject.</exception>
    public static ConfusionMatrix Of(IReadOnlyList<bool> outcomes, IReadOnlyList<double> risks, double threshold)
    {
        Predictions.Check(outcomes, risks);
        int tp = 0, fn = 0, fp = 0, tn = 0;
        for (int i = 0; i < risks.Count; i++)
        {
            bool positive = risks[i] >= threshold;
            tp += outcomes[i] && positive ? 1 : 0;
            fn += outcomes[i] && !positive ? 1 : 0;
            fp += !outcomes[i] && positive ? 1 : 0;
            tn += !outcomes[i] && !positive ? 1 : 0;
        }
        return new ConfusionMatrix(tp, fn, fp, tn);
    }
}
