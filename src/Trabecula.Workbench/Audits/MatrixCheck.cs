using Trabecula.Learning.Evaluation;

namespace Trabecula.Workbench.Audits;

/// <summary>
/// Whether one confusion matrix can have all the counts and measures that were printed. All are tried: the
/// idea of GRIM (Brown and Heathers 2017, Soc. Psychol. Personal. Sci. 8:363) for classifiers.
/// </summary>
internal static class MatrixCheck
{
    private const int MostShown = 3;

    internal static IEnumerable<AuditFinding> Of(ReportedModel model, MatrixSearch search)
    {
        if (search.Measures.Count == 0 && !search.HasCounts)
            return [];
        string place = $"{model.Name}, confusion matrix";
        if (search.IsTooLarge)
            return [new AuditFinding(AuditVerdict.NotChecked, place,
                FormattableString.Invariant($"Matrices of {search.Events} events are too many to try; those of up to {MatrixSearch.Largest} are tried."), "")];
        if (!search.CountsAddUp)
            return [new AuditFinding(AuditVerdict.DoesNotFit, place, "The counts do not add up to the subjects.",
                FormattableString.Invariant($"TP {Show(model.TruePositives)} + FN {Show(model.FalseNegatives)} should be {search.Events}; FP {Show(model.FalsePositives)} + TN {Show(model.TrueNegatives)} should be {search.NonEvents}."))];
        if (search.AsAsked is { Count: > 0 } fitting)
            return [new AuditFinding(AuditVerdict.Fits, place,
                fitting.Count == 1
                    ? $"One matrix has all that was printed: {Show(fitting.First)}."
                    : FormattableString.Invariant($"{fitting.Count} matrices have all that was printed, as {Show(fitting.First)}."),
                Arithmetic(search.Measures, fitting.First))];
        return search.InAnyReading.Count > 0 ? [Otherwise(search, place)] : Misfits(model, search, place);
    }

    private static AuditFinding Otherwise(MatrixSearch search, string place)
    {
        MatrixReading[] common = [.. MatrixReading.All.Where(each => search.WithAll(each).Count > 0).Take(1)];
        if (common.Length == 0)
            return new AuditFinding(AuditVerdict.Notable, place,
                $"The measures of the event, rounded, have no confusion matrix in common; they fit if classes are averaged or digits cut off differently from measure to measure, as with {Show(search.InAnyReading.First)}.",
                Arithmetic(search.Measures, search.InAnyReading.First));
        MatrixReading reading = common[0];
        ConfusionMatrix matrix = search.WithAll(reading).First;
        IEnumerable<string> read = search.Measures.Where(measure => !search.Fits(measure, matrix, MatrixReading.AsAsked)).Select(measure =>
            FormattableString.Invariant($"{measure.Name} read so: {measure.Average(matrix, reading.Class, 0):0.0000}"));
        return new AuditFinding(AuditVerdict.Notable, place,
            $"The measures of the event, rounded, have no confusion matrix in common; they fit if {reading.Condition}, as with {Show(matrix)}.",
            string.Join("; ", read.Prepend(Arithmetic(search.Measures, matrix))));
    }

    /// <summary>The measures without which a matrix exists; else the largest sets that go together.</summary>
    private static IEnumerable<AuditFinding> Misfits(ReportedModel model, MatrixSearch search, string place)
    {
        foreach ((int set, MatrixSet matrices) in search.LargestSets())
        {
            MatrixMeasure[] rest = [.. search.Measures.Where((_, i) => (set & 1 << i) != 0)], others = [.. search.Measures.Except(rest)];
            string with = rest.Length == 0 ? search.HasCounts ? "the counts" : "these class sizes" : Printed(model, rest);
            if (search.IsKnown || others.Length == 1)
            {
                foreach (MatrixMeasure measure in others)
                    yield return new AuditFinding(AuditVerdict.DoesNotFit, $"{model.Name}, {measure.Name} {model.Measures[measure.Name]}",
                        $"No confusion matrix of {Sizes(search)} has {measure.Name} {model.Measures[measure.Name]} together with {with}. {Left(matrices, measure)}",
                        measure.Arithmetic(matrices.First));
                continue;
            }
            yield return new AuditFinding(AuditVerdict.DoesNotFit, place,
                $"No confusion matrix of {Sizes(search)} has what was printed. {Show(matrices.First)} goes with {with}, and with no more: not with {Printed(model, others)}.",
                Arithmetic(others, matrices.First));
            // Other sets of this size say the same of other measures.
            yield break;
        }
    }

    private static string Printed(ReportedModel model, IEnumerable<MatrixMeasure> measures) =>
        string.Join(", ", measures.Select(measure => $"{measure.Name} {model.Measures[measure.Name]}"));

    private static string Arithmetic(IEnumerable<MatrixMeasure> measures, ConfusionMatrix matrix) =>
        string.Join("; ", measures.Select(measure => measure.Arithmetic(matrix)));

    private static string Left(MatrixSet matrices, MatrixMeasure measure)
    {
        string shown = string.Join("; ", matrices.All.Take(MostShown).Select(matrix => FormattableString.Invariant($"{Show(matrix)} with {measure.Name} {measure.Of(matrix):0.0000}")));
        return matrices.Count == 1 ? $"The only one with the rest is {shown}." : FormattableString.Invariant($"{matrices.Count} have the rest: {shown}{(matrices.Count > MostShown ? "; ..." : "")}.");
    }

    private static string Sizes(MatrixSearch search) => FormattableString.Invariant($"{search.Events} events and {search.NonEvents} others");

    internal static string Show(ConfusionMatrix m) => FormattableString.Invariant($"TP {m.TruePositives}, FN {m.FalseNegatives}, FP {m.FalsePositives}, TN {m.TrueNegatives}");

    private static string Show(int? count) => count?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "(not printed)";
}
