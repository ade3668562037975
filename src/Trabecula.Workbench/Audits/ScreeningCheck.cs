using Trabecula.Learning.Statistics;

namespace Trabecula.Workbench.Audits;

/// <summary>How many columns a screening keeps against how many it would keep by chance.</summary>
internal static class ScreeningCheck
{
    private const double Unusual = 0.05;

    internal static AuditFinding Of(ReportedScreening screening)
    {
        var chance = new BinomialTail(screening.Candidates, screening.Below);
        double tail = chance.AtLeast(screening.Kept);
        string place = FormattableString.Invariant($"{screening.Name}, {screening.Kept} of {screening.Candidates} at P < {screening.Below}");
        string arithmetic = FormattableString.Invariant(
            $"{screening.Candidates} x {screening.Below} = {chance.Mean:0.0}, standard deviation sqrt({chance.Mean:0.0} x {1 - screening.Below}) = {chance.StandardDeviation:0.0}; the probability of {screening.Kept} or more is {tail:0.000} if the columns are independent, and larger if they are correlated.");
        return screening.Kept > screening.Candidates
            ? new AuditFinding(AuditVerdict.DoesNotFit, place, "More columns are kept than there were.", "")
            : tail > Unusual
                ? new AuditFinding(AuditVerdict.Notable, place,
                    FormattableString.Invariant($"Columns that have nothing to do with the outcome would give about {chance.Mean:0}: chance alone explains the number."), arithmetic)
                : new AuditFinding(AuditVerdict.Fits, place, FormattableString.Invariant($"More than the {chance.Mean:0} that chance gives."), arithmetic);
    }
}
