using Trabecula.Learning;
using Trabecula.Learning.Statistics;

namespace Trabecula.Workbench.Audits;

/// <summary>Shares of principal components against each other and against those of columns that have nothing in common.</summary>
/// <remarks>
/// The bounds hold for any columns less their means. The noise has columns of equal variance, as standardised columns have: only there does a
/// larger share mean that columns have something in common. Nothing is called impossible by the noise.
/// </remarks>
internal static class ComponentCheck
{
    private const int Draws = 200;
    private const int Three = 3;

    // A printed share is that of noise if noise reaches it within so many standard deviations.
    private const double Deviations = 3;

    internal static IEnumerable<AuditFinding> Of(ReportedComponents printed)
    {
        string place = $"principal components of {printed.Name}";
        int rank = Math.Min(printed.Columns, printed.Subjects - 1);
        AuditFinding[] bounds = [.. Bounds(printed, rank, place)];
        return bounds.Length > 0 ? bounds : [AgainstNoise(printed, rank, place)];
    }

    private static IEnumerable<AuditFinding> Bounds(ReportedComponents printed, int rank, string place)
    {
        // Columns less their means have no more components than columns, nor than rows less one.
        (ReportedNumber? first, ReportedNumber? three, int columns) = (printed.First, printed.FirstThree, rank);
        int most = Math.Min(Three, columns);
        if (first is not null && first.Highest < 1.0 / columns)
            yield return new AuditFinding(AuditVerdict.DoesNotFit, place,
                FormattableString.Invariant($"The first of {columns} components has at least one in {columns} of the variance."),
                FormattableString.Invariant($"1 / {columns} = {1.0 / columns:0.0000}; printed is {first}"));
        if (three is not null && three.Highest < (double)most / columns)
            yield return new AuditFinding(AuditVerdict.DoesNotFit, place,
                FormattableString.Invariant($"The first {most} of {columns} components have at least {most} in {columns} of the variance."),
                FormattableString.Invariant($"{most} / {columns} = {(double)most / columns:0.0000}; printed is {three}"));
        if (first is null || three is null)
            yield break;
        if (three.Lowest > Three * first.Highest)
            yield return new AuditFinding(AuditVerdict.DoesNotFit, place, "Three components have at most three times the share of the first.",
                $"3 x {first} is less than {three}");
        if (three.Highest < first.Lowest)
            yield return new AuditFinding(AuditVerdict.DoesNotFit, place, "Three components have at least the share of the first.", $"{three} is less than {first}");
    }

    private static AuditFinding AgainstNoise(ReportedComponents printed, int rank, string place)
    {
        (string Name, ReportedNumber? Share, int Components)[] shares = [("PC1", printed.First, 1), ("PC1 to PC3", printed.FirstThree, Three)];
        var lines = new List<string>();
        NoiseComponents[] ofNoise = NoiseComponents.SharesOfFirst(printed.Subjects, printed.Columns, Three, Draws, new Seed(1));
        bool less = false, more = false;
        foreach ((string name, ReportedNumber? share, int components) in shares)
        {
            // All components together have all the variance, of whatever columns.
            if (share is null || components >= rank)
                continue;
            NoiseComponents noise = ofNoise[components - 1];
            less |= share.High < noise.Mean - Deviations * noise.Deviation;
            more |= share.Low > noise.Mean + Deviations * noise.Deviation;
            lines.Add(FormattableString.Invariant($"{name}: printed {share}, noise {noise.Mean:0.00%} with a standard deviation of {noise.Deviation:0.00%}"));
        }
        if (lines.Count == 0)
            return new AuditFinding(AuditVerdict.NotChecked, place, "So few components have all the variance of any columns.",
                FormattableString.Invariant($"{printed.Subjects} x {printed.Columns} values have {rank} components"));
        string arithmetic = FormattableString.Invariant(
            $"{Draws} tables of {printed.Subjects} x {printed.Columns} independent normal values of equal variance. {string.Join("; ", lines)}");
        return less
            ? new AuditFinding(AuditVerdict.Notable, place, "A share is smaller than that of independent noise, which few columns give.", arithmetic)
            : !more
                ? new AuditFinding(AuditVerdict.Notable, place, "The shares are those of independent noise; columns that have something in common give more.", arithmetic)
                : printed.Standardised
                    ? new AuditFinding(AuditVerdict.Fits, place, "The shares are more than those of independent noise.", arithmetic)
                    : new AuditFinding(AuditVerdict.NotChecked, place,
                        "The shares are more than those of noise of equal variance; columns of unequal variance give more without having anything in common.", arithmetic);
    }
}
