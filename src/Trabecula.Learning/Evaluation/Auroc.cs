using Trabecula.Learning.Statistics;

namespace Trabecula.Learning.Evaluation;

/// <summary>The scale on which an interval of the AUROC is symmetric.</summary>
public enum AurocScale
{
    /// <summary>The area itself, as pROC.</summary>
    Plain,

    /// <summary>Its log odds (Pepe 2003, section 5.2.5).</summary>
    Logit,
}

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
    private Auroc(double value, double variance, int cases, int controls) =>
        (Value, Variance, Cases, Controls) = (value, variance, cases, controls);

    /// <summary>The area, 0 to 1; 0.5 is chance.</summary>
    public double Value { get; }

    /// <summary>DeLong's variance of the area.</summary>
    public double Variance { get; }

    /// <summary>Lower end of the 95 % interval, at least 0.</summary>
    public double Lower => Interval().Lower;

    /// <summary>Upper end of the 95 % interval, at most 1.</summary>
    public double Upper => Interval().Upper;

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
        Placements placements = Placements.Of(outcomes, scores);
        return new Auroc(placements.Area, placements.Variance, placements.Cases.Length, placements.Controls.Length);
    }

    /// <summary>DeLong's interval.</summary>
    /// <param name="level">Above 0 and below 1.</param>
    /// <param name="scale">Plain is cut at 0 and 1; on the log odds it never reaches them, and covers better near 1 and for few events.</param>
    /// <exception cref="ArgumentOutOfRangeException">The level is outside its range.</exception>
    public ConfidenceInterval Interval(double level = 0.95, AurocScale scale = AurocScale.Plain)
    {
        if (scale == AurocScale.Plain || Value is 0 or 1)
        {
            ConfidenceInterval plain = ConfidenceInterval.Normal(Value, Math.Sqrt(Variance), level);
            return new ConfidenceInterval(Math.Max(0, plain.Lower), Math.Min(1, plain.Upper));
        }
        // By the delta method: the derivative of the log odds is 1 / [A (1 - A)].
        ConfidenceInterval logit = ConfidenceInterval.Normal(
            Math.Log(Value / (1 - Value)), Math.Sqrt(Variance) / (Value * (1 - Value)), level);
        return new ConfidenceInterval(1 / (1 + Math.Exp(-logit.Lower)), 1 / (1 + Math.Exp(-logit.Upper)));
    }

    /// <summary>The standard error from area and counts alone, as for a published AUROC without data.</summary>
    /// <remarks>Source: Hanley and McNeil, Radiology 143 (1982) 29, with exponential distributions of the scores.</remarks>
    /// <param name="area">0 to 1.</param>
    /// <param name="cases">Subjects with the event, at least 1.</param>
    /// <param name="controls">Subjects without it, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static double HanleyMcNeilError(double area, int cases, int controls)
    {
        if (!(area is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(area), area, "An area is from 0 to 1.");
        ArgumentOutOfRangeException.ThrowIfLessThan(cases, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(controls, 1);
        double square = area * area, q1 = area / (2 - area), q2 = 2 * square / (1 + area);
        return Math.Sqrt((area * (1 - area) + (cases - 1) * (q1 - square) + (controls - 1) * (q2 - square)) / ((double)cases * controls));
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
}
