using Trabecula.Learning.Statistics;

namespace Trabecula.Workbench.Audits;

/// <summary>How many columns a screening keeps against how many it would keep by chance.</summary>
internal static class ScreeningCheck
{
    private const double Unusual = 0.05;

    internal static AuditFinding Of(ReportedScreening screening)
    {
        var chance = new BinomialTail(screening.Candidates, screening.Below);
        string place = FormattableString.Invariant($"{screening.Name}, {screening.Kept} of {screening.Candidates} at P < {screening.Below}");
        if (screening.Kept > screening.Candidates)
            return new AuditFinding(AuditVerdict.DoesNotFit, place, "More columns are kept than there were.", "");
        double more = chance.AtLeast(screening.Kept), fewer = chance.AtMost(screening.Kept);
        (string side, double tail) = screening.Kept < chance.Mean ? ("fewer", fewer) : ("more", more);
        string arithmetic = FormattableString.Invariant(
            $"{screening.Candidates} x {screening.Below} = {chance.Mean:0.0}, standard deviation sqrt({chance.Mean:0.0} x {1 - screening.Below}) = {chance.StandardDeviation:0.0}; the probability of {screening.Kept} or {side} is {tail:0.000} if the columns are independent. Correlation widens the spread, so that it may be quite different.");
        return fewer <= Unusual
            ? new AuditFinding(AuditVerdict.Notable, place, FormattableString.Invariant($"Fewer than the {chance.Mean:0} that chance alone would give."), arithmetic)
            : more > Unusual
                ? new AuditFinding(AuditVerdict.Notable, place,
                    FormattableString.Invariant($"Columns that have nothing to do with the outcome would give about {chance.Mean:0}: it is no more than chance alone would often give."), arithmetic)
                : new AuditFinding(AuditVerdict.Fits, place, FormattableString.Invariant($"More than the {chance.Mean:0} that chance gives."), arithmetic);
    }
}
