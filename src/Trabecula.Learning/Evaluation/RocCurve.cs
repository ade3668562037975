namespace Trabecula.Learning.Evaluation;

/// <summary>A point of the receiver operating characteristic.</summary>
/// <param name="Threshold">Scores of at least this count as positive; infinite at the start.</param>
/// <param name="FalsePositiveRate">Share of controls at or above the threshold.</param>
/// <param name="TruePositiveRate">Share of cases at or above the threshold.</param>
public readonly record struct RocPoint(double Threshold, double FalsePositiveRate, double TruePositiveRate);

/// <summary>
/// The receiver operating characteristic: one point per distinct score, from (0, 0) to (1, 1). Equal scores form one step, so
/// that the trapezoidal area is the AUROC. As scikit-learn's <c>roc_curve(drop_intermediate=False)</c>.
/// </summary>
public sealed class RocCurve
{
    private RocCurve(RocPoint[] points) => Points = Array.AsReadOnly(points);

    /// <summary>The points, thresholds falling.</summary>
    public IReadOnlyList<RocPoint> Points { get; }

    /// <summary>Computes the curve.</summary>
    /// <param name="outcomes">True is the event.</param>
    /// <param name="scores">Higher means that the event is more likely.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a score is NaN.</exception>
    /// <exception cref="LearningException">Only one class occurs.</exception>
    public static RocCurve Of(IReadOnlyList<bool> outcomes, IReadOnlyList<double> scores)
    {
        ClassScores classes = ClassScores.Of(outcomes, scores);
        Array.Sort(classes.Cases, Descending);
        Array.Sort(classes.Controls, Descending);
        var points = new List<RocPoint> { new(double.PositiveInfinity, 0, 0) };
        int truePositives = 0, falsePositives = 0;
        foreach (double threshold in scores.Distinct().OrderDescending())
        {
            while (truePositives < classes.Cases.Length && classes.Cases[truePositives] >= threshold)
                truePositives++;
            while (falsePositives < classes.Controls.Length && classes.Controls[falsePositives] >= threshold)
                falsePositives++;
            points.Add(new RocPoint(
                threshold, (double)falsePositives / classes.Controls.Length, (double)truePositives / classes.Cases.Length));
        }
        return new RocCurve([.. points]);
    }

    private static int Descending(double a, double b) => b.CompareTo(a);
}
