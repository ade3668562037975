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
        if (brier.High >= bound)
            return new AuditFinding(AuditVerdict.Fits, place, FormattableString.Invariant($"Predictions with this AUROC have a Brier score of {bound:0.0000} or more."), arithmetic);
        if (brier.Highest >= SmallestBrierScore.Bound(Math.Min(1, auroc.Highest), events, nonEvents))
            return new AuditFinding(AuditVerdict.Notable, place, "They fit if digits are cut off or rounded twice.", arithmetic);
        return brier.Highest >= SmallestBrierScore.Bound(Math.Min(1, 1 - auroc.Lowest), events, nonEvents)
            ? new AuditFinding(AuditVerdict.Notable, place,
                FormattableString.Invariant($"They fit if the AUROC is {1 - auroc.Value:0.######}, that of the other direction."), arithmetic)
            : new AuditFinding(AuditVerdict.DoesNotFit, place,
                FormattableString.Invariant($"No one set of predictions of these subjects has this AUROC and a Brier score below {bound:0.0000}; printed is {brier}."), arithmetic);
    }

    /// <summary>GRIM for the AUROC: pairs are right, tied or wrong, so it moves in halves of a pair.</summary>
    private static AuditFinding? Grain(string name, ReportedNumber auroc, int events, int nonEvents)
    {
        double grain = 0.5 / ((double)events * nonEvents);
        if (grain < auroc.Unit)
            return null;
        double below = Math.Floor(auroc.Value / grain) * grain, above = below + grain;
        bool fits = auroc.FitsLoosely(below) || auroc.FitsLoosely(above);
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
        if (model.Threshold is not { } t || Matrices(search) is not { } matrices)
            return null;
        ConfusionMatrix best = matrices.Ends.MinBy(m => Least(m, t.Low, t.High))!;
        double bound = Least(best, t.Low, t.High);
        string place = $"{model.Name}, Brier {brier} with the confusion matrix";
        string arithmetic = FormattableString.Invariant(
            $"{best.FalsePositives} controls with a risk of {Math.Max(0, t.Low):0.#####} or more and {best.FalseNegatives} events with one below {Math.Min(1, t.High):0.#####}: ({best.FalsePositives} x {Math.Max(0, t.Low):0.#####}^2 + {best.FalseNegatives} x (1 - {Math.Min(1, t.High):0.#####})^2) / {best.Total} = {bound:0.00000}");
        return brier.High >= bound
            ? new AuditFinding(AuditVerdict.Fits, place, FormattableString.Invariant($"The misclassified subjects need a Brier score of {bound:0.0000} or more."), arithmetic)
            : brier.Highest >= matrices.Ends.Min(m => Least(m, t.Lowest, t.Highest))
                ? new AuditFinding(AuditVerdict.Notable, place, "They fit if digits are cut off or rounded twice.", arithmetic)
                : new AuditFinding(AuditVerdict.DoesNotFit, place, FormattableString.Invariant($"The misclassified subjects alone give a Brier score of {bound:0.0000}."), arithmetic);

        static double Least(ConfusionMatrix m, double low, double high) =>
            (m.FalsePositives * Math.Pow(Math.Max(0, low), 2) + m.FalseNegatives * Math.Pow(1 - Math.Min(1, high), 2)) / m.Total;
    }

    private static AuditFinding? AurocOfMatrix(ReportedModel model, ReportedNumber auroc, MatrixSearch search)
    {
        if (Matrices(search) is not { } matrices)
            return null;
        double low = matrices.Ends.Min(m => m.Sensitivity * m.Specificity), high = matrices.Ends.Max(m => 1 - (1 - m.Sensitivity) * (1 - m.Specificity));
        string place = $"{model.Name}, AUROC {auroc} with the confusion matrix";
        string arithmetic = FormattableString.Invariant(
            $"A curve through a sensitivity and a specificity has an area from their product, {low:0.0000}, to 1 - (1 - sensitivity)(1 - specificity), {high:0.0000}.");
        if (auroc.High >= low && auroc.Low <= high)
            return new AuditFinding(AuditVerdict.Fits, place, "A curve with this area can go through the point of the confusion matrix.", arithmetic);
        if ((auroc.Highest >= low && auroc.Lowest <= high) || (1 - auroc.Lowest >= low && 1 - auroc.Highest <= high))
            return new AuditFinding(AuditVerdict.Notable, place, "They fit if digits are cut off or rounded twice, or if the AUROC is that of the other direction.", arithmetic);
        return model.Threshold is null
            ? new AuditFinding(AuditVerdict.Notable, place,
                "No curve with this area goes through the point of the confusion matrix. Classes that other scores decide, as a support vector machine's beside its probabilities, need not lie on the curve; give the threshold if they are decided by it.", arithmetic)
            : new AuditFinding(AuditVerdict.DoesNotFit, place, "No curve with this area goes through the point of the confusion matrix.", arithmetic);
    }

    /// <summary>What the report leaves possible in any reading; null where it says too little to narrow it down, or nothing fits.</summary>
    private static MatrixSet? Matrices(MatrixSearch search)
    {
        if (search.IsTooLarge || !search.CountsAddUp || (search.Measures.Count == 0 && !search.HasCounts))
            return null;
        // A measure that fits no matrix has its own finding; counts still say which point the curve goes through.
        return search.InAnyReading.Count > 0 ? search.InAnyReading : search.HasCounts ? search.WithCounts() : null;
    }
}
