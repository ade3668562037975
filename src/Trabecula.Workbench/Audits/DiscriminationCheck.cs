using Trabecula.Learning.Evaluation;

namespace Trabecula.Workbench.Audits;

/// <summary>AUROC and Brier score against each other, the prevalence and the confusion matrix.</summary>
internal static class DiscriminationCheck
{
    internal static IEnumerable<AuditFinding> Of(ReportedModel model, MatrixSearch search)
    {
        (int events, int nonEvents) = (search.Events, search.NonEvents);
        if (model is { Auroc: { } auroc, Brier: { } brier })
            yield return BrierOfAuroc(model.Name, auroc, brier, events, nonEvents);
        if (model is { Brier: { } score })
        {
            if (BrierOfPrevalence(model.Name, score, events, nonEvents) is { } finding)
                yield return finding;
            if (BrierOfMatrix(model, score, search) is { } errors)
                yield return errors;
        }
        if (model.Auroc is { } printed && Grain(model.Name, printed, events, nonEvents) is { } grain)
            yield return grain;
        if (model.Auroc is { } area && AurocOfMatrix(model, area, search) is { } point)
            yield return point;
    }

    private static AuditFinding BrierOfAuroc(string name, ReportedNumber auroc, ReportedNumber brier, int events, int nonEvents)
    {
        double highest = Math.Min(1, auroc.High);
        long pairs = SmallestBrierScore.DiscordantPairs(highest, events, nonEvents);
        double bound = SmallestBrierScore.Bound(highest, events, nonEvents);
        string place = $"{name}, Brier {brier} with AUROC {auroc}";
        string arithmetic = FormattableString.Invariant(
            $"An AUROC of at most {auroc.Value + auroc.Unit / 2:0.######} leaves at least {pairs} of {events} x {nonEvents} = {(long)events * nonEvents} pairs tied or in the wrong order; on each, the two errors sum to 1 or more, so the squared errors of all subjects sum to at least {bound * (events + nonEvents):0.0000}, over {events + nonEvents} subjects {bound:0.00000}.");
        // A programme may cut digits off, or have called the other class the event.
        if (brier.High < bound && brier.LimitIfCutOff >= SmallestBrierScore.Bound(Math.Min(1, auroc.LimitIfCutOff), events, nonEvents))
            return new AuditFinding(AuditVerdict.Notable, place, "They fit if digits are cut off instead of rounded.", arithmetic);
        if (brier.High < bound && brier.High >= SmallestBrierScore.Bound(Math.Min(1, 1 - auroc.Low), events, nonEvents))
            return new AuditFinding(AuditVerdict.Notable, place,
                FormattableString.Invariant($"They fit if the AUROC is {1 - auroc.Value:0.######}, that of the other direction."), arithmetic);
        return brier.High < bound
            ? new AuditFinding(AuditVerdict.DoesNotFit, place,
                FormattableString.Invariant($"No predictions of these subjects with this AUROC have a Brier score below {bound:0.0000}; printed is {brier}."), arithmetic)
            : new AuditFinding(AuditVerdict.Fits, place, FormattableString.Invariant($"Predictions with this AUROC have a Brier score of {bound:0.0000} or more."), arithmetic);
    }

    /// <summary>GRIM for the AUROC: pairs are right, tied or wrong, so it moves in halves of a pair.</summary>
    private static AuditFinding? Grain(string name, ReportedNumber auroc, int events, int nonEvents)
    {
        double grain = 0.5 / ((double)events * nonEvents);
        if (grain < auroc.Unit)
            return null;
        double below = Math.Floor(auroc.Value / grain) * grain, above = below + grain;
        bool fits = auroc.Fits(below) || auroc.Fits(above) || auroc.IsCutOff(below) || auroc.IsCutOff(above);
        return new AuditFinding(fits ? AuditVerdict.Fits : AuditVerdict.Notable, $"{name}, AUROC {auroc}",
            fits ? "Such classes can have this AUROC." : "No ranking of these subjects has this AUROC; a mean over folds, or a smoothed curve, may.",
            FormattableString.Invariant($"{events} x {nonEvents} pairs, each worth 1, 1/2 or 0: steps of {grain:0.######}; the nearest are {below:0.######} and {above:0.######}"));
    }

    private static AuditFinding? BrierOfPrevalence(string name, ReportedNumber brier, int events, int nonEvents)
    {
        double share = (double)events / (events + nonEvents), constant = share * (1 - share);
        return brier.Low <= constant ? null : new AuditFinding(AuditVerdict.Notable, $"{name}, Brier {brier}",
            FormattableString.Invariant($"Telling everybody the prevalence has a lower Brier score, {constant:0.0000}."),
            FormattableString.Invariant($"{events} / {events + nonEvents} = {share:0.0000}; {share:0.0000} x (1 - {share:0.0000}) = {constant:0.0000}"));
    }

    private static AuditFinding? BrierOfMatrix(ReportedModel model, ReportedNumber brier, MatrixSearch search)
    {
        if (model.Threshold is not { } t || Matrices(search) is not { Count: > 0 } matrices)
            return null;
        ConfusionMatrix best = matrices.MinBy(Least)!;
        double bound = Least(best);
        string place = $"{model.Name}, Brier {brier} with the confusion matrix";
        string arithmetic = FormattableString.Invariant(
            $"{best.FalsePositives} controls with a risk of {t} or more and {best.FalseNegatives} events below it: ({best.FalsePositives} x {t}^2 + {best.FalseNegatives} x (1 - {t})^2) / {best.Total} = {bound:0.00000}");
        return brier.High < bound
            ? new AuditFinding(AuditVerdict.DoesNotFit, place, FormattableString.Invariant($"The misclassified subjects alone give a Brier score of {bound:0.0000}."), arithmetic)
            : new AuditFinding(AuditVerdict.Fits, place, FormattableString.Invariant($"The misclassified subjects need a Brier score of {bound:0.0000} or more."), arithmetic);

        double Least(ConfusionMatrix m) => (m.FalsePositives * t * t + m.FalseNegatives * (1 - t) * (1 - t)) / m.Total;
    }

    private static AuditFinding? AurocOfMatrix(ReportedModel model, ReportedNumber auroc, MatrixSearch search)
    {
        if (Matrices(search) is not { Count: > 0 } matrices)
            return null;
        double low = matrices.Min(m => m.Sensitivity * m.Specificity), high = matrices.Max(m => 1 - (1 - m.Sensitivity) * (1 - m.Specificity));
        string place = $"{model.Name}, AUROC {auroc} with the confusion matrix";
        string arithmetic = FormattableString.Invariant(
            $"A curve through a sensitivity and a specificity has an area from their product, {low:0.0000}, to 1 - (1 - sensitivity)(1 - specificity), {high:0.0000}.");
        if ((auroc.High < low && auroc.LimitIfCutOff >= low) || (auroc.High < low && 1 - auroc.Low >= low && 1 - auroc.High <= high))
            return new AuditFinding(AuditVerdict.Notable, place, "They fit if digits are cut off, or if the AUROC is that of the other direction.", arithmetic);
        return auroc.High < low || auroc.Low > high
            ? new AuditFinding(AuditVerdict.DoesNotFit, place, "No curve with this area goes through the point of the confusion matrix.", arithmetic)
            : new AuditFinding(AuditVerdict.Fits, place, "A curve with this area can go through the point of the confusion matrix.", arithmetic);
    }

    /// <summary>What the report leaves possible in any reading; null where it says too little to narrow it down, or nothing fits.</summary>
    private static IReadOnlyList<ConfusionMatrix>? Matrices(MatrixSearch search)
    {
        if (search.Count > MatrixSearch.Largest || (search.Measures.Count == 0 && !search.HasCounts))
            return null;
        // A measure that fits no matrix has its own finding; counts still say which point the curve goes through.
        return search.InAnyReading.Count > 0 || !search.HasCounts ? search.InAnyReading : [.. search.WithCounts()];
    }
}
