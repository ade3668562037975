using Trabecula.Learning.Evaluation;

namespace Trabecula.Workbench.Audits;

/// <summary>
/// Whether one confusion matrix can have all the counts and measures that were printed. There are few matrices, so all are tried: the
/// idea of GRIM (Brown and Heathers 2017, Soc. Psychol. Personal. Sci. 8:363) for classifiers.
/// </summary>
internal static class MatrixCheck
{
    private const int MostShown = 3;

    internal static IEnumerable<AuditFinding> Of(ReportedModel model, int events, int nonEvents)
    {
        MatrixMeasure[] printed = [.. MatrixMeasure.All.Where(measure => model.Measures.ContainsKey(measure.Name))];
        bool hasCounts = model is not { TruePositives: null, FalseNegatives: null, FalsePositives: null, TrueNegatives: null };
        if (printed.Length == 0 && !hasCounts)
            yield break;
        var search = new MatrixSearch(events, nonEvents);
        string place = $"{model.Name}, confusion matrix";
        if (search.Count > MatrixSearch.Largest)
        {
            yield return new AuditFinding(AuditVerdict.NotChecked, place,
                FormattableString.Invariant($"{events} events and {nonEvents} others have {search.Count} matrices, more than are tried."), "");
            yield break;
        }
        ConfusionMatrix[] counts = [.. search.Fitting(model, []).Take(1)];
        if (counts.Length == 0)
        {
            yield return new AuditFinding(AuditVerdict.DoesNotFit, place, "The counts do not add up to the subjects.",
                FormattableString.Invariant($"TP {Show(model.TruePositives)} + FN {Show(model.FalseNegatives)} should be {events}; FP {Show(model.FalsePositives)} + TN {Show(model.TrueNegatives)} should be {nonEvents}."));
            yield break;
        }
        ConfusionMatrix[] fitting = [.. search.Fitting(model, printed)];
        if (fitting.Length > 0)
        {
            yield return new AuditFinding(AuditVerdict.Fits, place,
                fitting.Length == 1
                    ? $"One matrix has all that was printed: {Show(fitting[0])}."
                    : FormattableString.Invariant($"{fitting.Length} matrices have all that was printed, as {Show(fitting[0])}."),
                string.Join("; ", printed.Select(measure => measure.Arithmetic(fitting[0]))));
            yield break;
        }
        foreach (AuditFinding finding in Misfits(model, search, printed))
            yield return finding;
    }

    /// <summary>The measures without which a matrix exists; all together where no single one is at fault.</summary>
    private static IEnumerable<AuditFinding> Misfits(ReportedModel model, MatrixSearch search, MatrixMeasure[] printed)
    {
        bool found = false;
        foreach (MatrixMeasure measure in printed)
        {
            MatrixMeasure[] others = [.. printed.Where(other => other != measure)];
            ConfusionMatrix[] without = [.. search.Fitting(model, others)];
            // A measure is at fault if the others agree; that is said of none if dropping it leaves next to nothing to check.
            if (without.Length == 0)
                continue;
            found = true;
            ReportedNumber value = model.Measures[measure.Name];
            string rest = others.Length == 0 ? "the counts" : string.Join(", ", others.Select(other => $"{other.Name} {model.Measures[other.Name]}"));
            yield return new AuditFinding(AuditVerdict.DoesNotFit, $"{model.Name}, {measure.Name} {value}",
                $"No confusion matrix of {Sizes(search)} has {measure.Name} {value} together with {rest}. {Left(without, measure)}",
                measure.Arithmetic(without[0]) + (without.Any(matrix => IsCutOff(measure.Of(matrix), value)) ? "; the printed digits are cut off, not rounded" : ""));
        }
        if (!found)
            yield return new AuditFinding(AuditVerdict.DoesNotFit, $"{model.Name}, confusion matrix",
                $"No confusion matrix of {Sizes(search)} has what was printed, and leaving out any one measure does not help.",
                string.Join(", ", printed.Select(measure => $"{measure.Name} {model.Measures[measure.Name]}")));
    }

    private static string Left(ConfusionMatrix[] matrices, MatrixMeasure measure)
    {
        string shown = string.Join("; ", matrices.Take(MostShown).Select(matrix => FormattableString.Invariant($"{Show(matrix)} with {measure.Name} {measure.Of(matrix):0.0000}")));
        return matrices.Length == 1 ? $"The only one with the rest is {shown}." : FormattableString.Invariant($"{matrices.Length} have the rest: {shown}{(matrices.Length > MostShown ? "; ..." : "")}.");
    }

    private static bool IsCutOff(double value, ReportedNumber printed) => value >= printed.Value && value < printed.Value + printed.Unit;

    private static string Sizes(MatrixSearch search) => FormattableString.Invariant($"{search.Events} events and {search.NonEvents} others");

    internal static string Show(ConfusionMatrix m) => FormattableString.Invariant($"TP {m.TruePositives}, FN {m.FalseNegatives}, FP {m.FalsePositives}, TN {m.TrueNegatives}");

    private static string Show(int? count) => count?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "(not printed)";
}
