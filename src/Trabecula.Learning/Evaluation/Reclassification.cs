using Trabecula.Learning.Statistics;

namespace Trabecula.Learning.Evaluation;

/// <summary>
/// How a second model moves risks: net reclassification improvement and integrated discrimination improvement. Neither is a proper
/// measure: both can improve by miscalibration alone (Hilden and Gerds, Stat. Med. 33 (2014) 3405; Pepe et al., Stat. Biosci. 7 (2015) 282).
/// Prefer AUROC, net benefit and the Brier score; these are here because papers report them.
/// </summary>
/// <remarks>Source: Pencina et al., Stat. Med. 27 (2008) 157 and 30 (2011) 11. The continuous form and IDI are those of <c>Hmisc::improveProb</c>.</remarks>
/// <param name="Events">Subjects with the event.</param>
/// <param name="UpEvents">Those whose risk, or category, rose.</param>
/// <param name="DownEvents">Those whose risk fell.</param>
/// <param name="Controls">Subjects without the event.</param>
/// <param name="UpControls">Those whose risk rose.</param>
/// <param name="DownControls">Those whose risk fell.</param>
public sealed record Reclassification(int Events, int UpEvents, int DownEvents, int Controls, int UpControls, int DownControls)
{
    /// <summary>Share of events that rose less share that fell.</summary>
    public double EventsNri => (UpEvents - DownEvents) / (double)Events;

    /// <summary>Share of controls that fell less share that rose.</summary>
    public double ControlsNri => (DownControls - UpControls) / (double)Controls;

    /// <summary>The sum of both, from -2 to 2; not a percentage of subjects.</summary>
    public double Nri => EventsNri + ControlsNri;

    /// <summary>Standard error of <see cref="EventsNri"/> by the multinomial variance, as improveProb.</summary>
    public double EventsError => ErrorOf(UpEvents, DownEvents, Events, multinomial: true);

    /// <summary>Standard error of <see cref="ControlsNri"/> by the multinomial variance.</summary>
    public double ControlsError => ErrorOf(UpControls, DownControls, Controls, multinomial: true);

    /// <summary>Standard error of <see cref="Nri"/> by the multinomial variance.</summary>
    public double Error => Math.Sqrt(EventsError * EventsError + ControlsError * ControlsError);

    /// <summary>Standard error of <see cref="Nri"/> as in Pencina 2008, which takes the difference for 0.</summary>
    public double NullError => Math.Sqrt(
        Square(ErrorOf(UpEvents, DownEvents, Events, multinomial: false)) + Square(ErrorOf(UpControls, DownControls, Controls, multinomial: false)));

    /// <summary>Counts every rise and fall of risk (continuous NRI).</summary>
    /// <exception cref="LearningException">A risk outside 0 to 1, or only one class.</exception>
    public static Reclassification Continuous(IReadOnlyList<bool> outcomes, IReadOnlyList<double> first, IReadOnlyList<double> second) =>
        Count(outcomes, first, second, risk => risk);

    /// <summary>Counts moves between categories of risk; a risk at a cut point belongs to the category above it.</summary>
    /// <param name="outcomes">True is the event.</param>
    /// <param name="first">Risks of the first model.</param>
    /// <param name="second">Risks of the second.</param>
    /// <param name="cutPoints">Between the categories.</param>
    /// <exception cref="LearningException">A risk outside 0 to 1, or only one class.</exception>
    public static Reclassification Categorical(
        IReadOnlyList<bool> outcomes, IReadOnlyList<double> first, IReadOnlyList<double> second, IReadOnlyList<double> cutPoints)
    {
        ArgumentNullException.ThrowIfNull(cutPoints);
        return Count(outcomes, first, second, risk => cutPoints.Count(cut => risk >= cut));
    }

    private static Reclassification Count(
        IReadOnlyList<bool> outcomes, IReadOnlyList<double> first, IReadOnlyList<double> second, Func<double, double> category)
    {
        Predictions.RequireBothClasses(outcomes, first, "reclassification");
        Predictions.Check(outcomes, second);
        int[] moves = [.. first.Zip(second, (a, b) => category(b).CompareTo(category(a)))];
        return new Reclassification(
            outcomes.Count(o => o), moves.Where((m, i) => outcomes[i] && m > 0).Count(), moves.Where((m, i) => outcomes[i] && m < 0).Count(),
            outcomes.Count(o => !o), moves.Where((m, i) => !outcomes[i] && m > 0).Count(), moves.Where((m, i) => !outcomes[i] && m < 0).Count());
    }

    private static double ErrorOf(int up, int down, double total, bool multinomial) =>
        Math.Sqrt(((up + down) / total - (multinomial ? Square((up - down) / total) : 0)) / total);

    private static double Square(double x) => x * x;
}

/// <summary>Integrated discrimination improvement: how much the distance between the mean risks of events and controls grows. See <see cref="Reclassification"/>.</summary>
/// <param name="Value">The improvement.</param>
/// <param name="StandardError">With the variances of the changes in both classes (divisor n - 1), as improveProb.</param>
public sealed record DiscriminationImprovement(double Value, double StandardError)
{
    /// <summary>Value over standard error.</summary>
    public double Z => Value / StandardError;

    /// <summary>Computes the improvement from the first to the second model.</summary>
    /// <exception cref="LearningException">A risk outside 0 to 1, or only one class.</exception>
    public static DiscriminationImprovement Of(IReadOnlyList<bool> outcomes, IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        Predictions.RequireBothClasses(outcomes, first, "integrated discrimination improvement");
        Predictions.Check(outcomes, second);
        double[] changes = [.. first.Zip(second, (a, b) => b - a)];
        Moments events = Moments.Of([.. changes.Where((_, i) => outcomes[i])]), controls = Moments.Of([.. changes.Where((_, i) => !outcomes[i])]);
        return new DiscriminationImprovement(events.Mean - controls.Mean, Math.Sqrt(Of(events) + Of(controls)));

        static double Of(Moments m) => m.SampleDeviation * m.SampleDeviation / m.Count;
    }
}
