namespace Trabecula.Learning.Evaluation;

/// <summary>A point of a precision-recall curve.</summary>
/// <param name="Threshold">Scores of at least this count as positive; infinite at the end, where none does.</param>
/// <param name="Precision">Share of positives that are cases; 1 where there is no positive.</param>
/// <param name="Recall">Share of cases that are positive.</param>
public readonly record struct PrecisionRecallPoint(double Threshold, double Precision, double Recall);

/// <summary>
/// Precision against recall: one point per distinct score, thresholds rising, and (1, 0) at the end. As scikit-learn's
/// <c>precision_recall_curve</c>. Chance is the prevalence, so areas of cohorts that differ in it cannot be compared.
/// </summary>
public sealed class PrecisionRecallCurve
{
    private PrecisionRecallCurve(PrecisionRecallPoint[] points, double prevalence) => (Points, Prevalence) = (Array.AsReadOnly(points), prevalence);

    /// <summary>The points, thresholds rising.</summary>
    public IReadOnlyList<PrecisionRecallPoint> Points { get; }

    /// <summary>The share of cases, which is the precision of chance.</summary>
    public double Prevalence { get; }

    /// <summary>
    /// Average precision, the sum of precision times the step in recall, without interpolation: scikit-learn's
    /// <c>average_precision_score</c>. The one to report.
    /// </summary>
    public double AveragePrecision => Sum((from, to) => (from.Recall - to.Recall) * from.Precision);

    /// <summary>
    /// Area by straight lines between points. No classifier reaches these lines, so it is too optimistic (Davis and Goadrich, ICML 2006); it
    /// is here because papers report it.
    /// </summary>
    public double TrapezoidalArea => Sum((from, to) => (from.Recall - to.Recall) * (from.Precision + to.Precision) / 2);

    /// <summary>
    /// Interpolated average precision: at each recall the highest precision at that recall or a higher one (Manning, Raghavan and Schütze,
    /// Introduction to Information Retrieval (2008), section 8.4); never below <see cref="AveragePrecision"/>.
    /// </summary>
    public double InterpolatedAveragePrecision
    {
        get
        {
            double area = 0, highest = 0;
            for (int i = 0; i < Points.Count - 1; i++)
            {
                highest = Math.Max(highest, Points[i].Precision);
                area += (Points[i].Recall - Points[i + 1].Recall) * highest;
            }
            return area;
        }
    }

    /// <summary>Computes the curve.</summary>
    /// <param name="outcomes">True is the event.</param>
    /// <param name="scores">Higher means that the event is more likely.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a score is NaN.</exception>
    /// <exception cref="LearningException">Only one class occurs.</exception>
    public static PrecisionRecallCurve Of(IReadOnlyList<bool> outcomes, IReadOnlyList<double> scores)
    {
        ClassScores classes = ClassScores.Of(outcomes, scores);
        Array.Sort(classes.Cases);
        Array.Sort(classes.Controls);
        var points = new List<PrecisionRecallPoint>();
        int casesBelow = 0, controlsBelow = 0;
        foreach (double threshold in scores.Distinct().Order())
        {
            while (casesBelow < classes.Cases.Length && classes.Cases[casesBelow] < threshold)
                casesBelow++;
            while (controlsBelow < classes.Controls.Length && classes.Controls[controlsBelow] < threshold)
                controlsBelow++;
            int cases = classes.Cases.Length - casesBelow, controls = classes.Controls.Length - controlsBelow;
            points.Add(new PrecisionRecallPoint(threshold, (double)cases / (cases + controls), (double)cases / classes.Cases.Length));
        }
        points.Add(new PrecisionRecallPoint(double.PositiveInfinity, 1, 0));
        return new PrecisionRecallCurve([.. points], (double)classes.Cases.Length / outcomes.Count);
    }

    private double Sum(Func<PrecisionRecallPoint, PrecisionRecallPoint, double> part)
    {
        double sum = 0;
        for (int i = 0; i < Points.Count - 1; i++)
            sum += part(Points[i], Points[i + 1]);
        return sum;
    }
}
