using System.Globalization;
using Trabecula.Learning.Evaluation;
using Trabecula.Learning.Statistics;

namespace Trabecula.Workbench.Studies;

/// <summary>
/// A model's AUROC on held-out subjects as a report begins with it. Where every subject was held out once: of all risks, with DeLong's interval on the log
/// odds. Where splits hold out subjects again and again, whose risks are no independent ones: the mean over the splits, with the interval of Nadeau and Bengio.
/// </summary>
/// <param name="Measure">What the value is.</param>
/// <param name="Value">NaN where it cannot be estimated.</param>
/// <param name="Interval">NaN where it cannot be estimated.</param>
/// <param name="Method">How the interval was made, or why something cannot be estimated.</param>
internal sealed record HeadlineAuroc(string Measure, double Value, ConfidenceInterval Interval, string Method)
{
    internal const string DeLong = "DeLong, log odds", OverSplits = "over the splits, Nadeau and Bengio";

    /// <summary>The columns of an AUROC and its interval in every table of a study.</summary>
    internal static readonly string[] Columns = ["AUROC", $"AUROC lower ({DeLong})", $"AUROC upper ({DeLong})"];

    /// <summary>The same of pooled risks. Risks of a subject who was held out again are no new ones, as DeLong's variance would take them: no interval then.</summary>
    internal static string[] ColumnsOf(HeldOutPool pool) => pool.Repeats ? Columns[..1] : Columns;

    /// <summary>The cells of <see cref="ColumnsOf"/>.</summary>
    internal static IEnumerable<string> CellsOf(HeldOutPool pool, Auroc auroc) =>
        pool.Repeats ? [StudyTables.Number(auroc.Value)] : EvaluationTables.Ends(auroc.Value, IntervalOf(auroc));

    /// <summary>The columns of the mean over the splits and its interval, beside the AUROC of pooled risks.</summary>
    internal static readonly string[] MeanColumns =
        ["mean AUROC over the splits", "mean AUROC over the splits lower (Nadeau and Bengio)", "mean AUROC over the splits upper (Nadeau and Bengio)"];

    private const int FewestOfAClass = 2;

    /// <summary>As a report says it: the value, the interval, and how it was made.</summary>
    /// <param name="to">What stands between the interval's ends.</param>
    internal string Words(string to) => double.IsNaN(Value) ? Reach(to) : $"{Three(Value)}, {Reach(to)}";

    /// <summary>The interval, and how it was made; or what cannot be estimated, and why.</summary>
    /// <param name="to">What stands between the interval's ends.</param>
    internal string Reach(string to) => double.IsNaN(Value) ? $"not estimable ({Method})"
        : double.IsNaN(Interval.Lower) ? $"interval not estimable ({Method})"
        : $"95 % interval {Three(Interval.Lower)}{to}{Three(Interval.Upper)} ({Method})";

    internal static HeadlineAuroc Of(StudySummary summary, ModelSummary model)
    {
        int events = summary.HeldOutOutcomes.Count(outcome => outcome), others = summary.HeldOutOutcomes.Count - events;
        string counts = string.Create(CultureInfo.InvariantCulture, $"{events} with and {others} without the event");
        if (events == 0 || others == 0)
            return new HeadlineAuroc("AUROC on held-out subjects", double.NaN, ConfidenceInterval.None, counts);
        if (summary.RepeatsSubjects)
            return OfSplits(new AurocOverSplits(summary.HeldOutOutcomes, summary.Splits.Select(split => (split.Training, split.HeldOut))), model.Risks, summary.Evaluation is not null);
        return events < FewestOfAClass || others < FewestOfAClass
            ? new HeadlineAuroc("AUROC on held-out subjects", Auroc.ValueOf(summary.HeldOutOutcomes, model.Risks), ConfidenceInterval.None, counts)
            : OfRisks(summary.HeldOutOutcomes, model.Risks);
    }

    /// <summary>Of risks of as many different subjects, two or more of each class.</summary>
    internal static HeadlineAuroc OfRisks(IReadOnlyList<bool> outcomes, IReadOnlyList<double> risks)
    {
        var auroc = Auroc.Of(outcomes, risks);
        return new HeadlineAuroc("AUROC on held-out subjects", auroc.Value, IntervalOf(auroc), HasInterval(auroc) ? DeLong : "DeLong's variance is 0: all risks are tied, or part the classes fully");
    }

    /// <summary>DeLong's interval on the log odds; NaN where its variance is 0, which would say that the AUROC is known.</summary>
    internal static ConfidenceInterval IntervalOf(Auroc auroc) => HasInterval(auroc) ? auroc.Interval(0.95, AurocScale.Logit) : ConfidenceInterval.None;

    // Beside the rounding of a variance that is 0.
    private static bool HasInterval(Auroc auroc) => auroc.Variance > 1e-14;

    /// <summary>Of risks of subjects who were held out again and again.</summary>
    /// <param name="splits">The splits.</param>
    /// <param name="risks">A model's risks, of all splits.</param>
    /// <param name="hasTwoOfEach">Whether two or more different subjects of each class are held out.</param>
    internal static HeadlineAuroc OfSplits(AurocOverSplits splits, IReadOnlyList<double> risks, bool hasTwoOfEach = true)
    {
        double[] areas = splits.Of(risks);
        string measure = string.Create(CultureInfo.InvariantCulture, $"mean AUROC of {areas.Length} splits");
        if (hasTwoOfEach && splits.Mean(areas) is { } mean)
            return new HeadlineAuroc(measure, mean.Mean, Within(mean.Interval(), 0, 1), mean.Varies ? OverSplits : "AUROCs do not vary between splits");
        return new HeadlineAuroc(measure, areas.Length == 0 ? double.NaN : areas.Average(), ConfidenceInterval.None,
            hasTwoOfEach ? "the other splits hold out one class" : "fewer than two held-out subjects of a class");
    }

    /// <summary>An interval cut at what a measure can be.</summary>
    internal static ConfidenceInterval Within(ConfidenceInterval interval, double lowest, double highest) => new(Math.Max(lowest, interval.Lower), Math.Min(highest, interval.Upper));

    private static string Three(double value) => value.ToString("F3", CultureInfo.InvariantCulture);
}
