using Trabecula.Learning.Evaluation;

namespace Trabecula.Workbench.Audits;

/// <summary>All confusion matrices that a report leaves possible.</summary>
/// <param name="Events">Subjects with the event.</param>
/// <param name="NonEvents">Subjects without.</param>
internal sealed record MatrixSearch(int Events, int NonEvents)
{
    /// <summary>Matrices that are looked through within a second or so.</summary>
    internal const long Largest = 20_000_000;

    /// <summary>How many matrices there are at all.</summary>
    internal long Count => (Events + 1L) * (NonEvents + 1L);

    /// <summary>The matrices whose counts and measures are the printed ones.</summary>
    internal IEnumerable<ConfusionMatrix> Fitting(ReportedModel model, IReadOnlyCollection<MatrixMeasure> measures)
    {
        (MatrixMeasure Measure, ReportedNumber Printed)[] printed = [.. measures.Select(measure => (measure, model.Measures[measure.Name]))];
        for (int tp = 0; tp <= Events; tp++)
        {
            if (IsOther(model.TruePositives, tp) || IsOther(model.FalseNegatives, Events - tp))
                continue;
            for (int fp = 0; fp <= NonEvents; fp++)
            {
                if (IsOther(model.FalsePositives, fp) || IsOther(model.TrueNegatives, NonEvents - fp))
                    continue;
                var matrix = new ConfusionMatrix(tp, Events - tp, fp, NonEvents - fp);
                if (Array.TrueForAll(printed, each => each.Printed.Fits(each.Measure.Of(matrix))))
                    yield return matrix;
            }
        }
    }

    private static bool IsOther(int? printed, int count) => printed is { } known && known != count;
}
