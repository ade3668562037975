using System.Numerics;
using Trabecula.Learning.Evaluation;

namespace Trabecula.Workbench.Audits;

/// <summary>All confusion matrices that a model's report leaves possible.</summary>
internal sealed class MatrixSearch
{
    /// <summary>Matrices that are looked through within a few seconds.</summary>
    internal const long Largest = 5_000_000;

    private readonly ReportedModel _model;
    private readonly Lazy<IReadOnlyList<ConfusionMatrix>> _asAsked, _inAnyReading;

    internal MatrixSearch(ReportedModel model, int events, int nonEvents)
    {
        (_model, Events, NonEvents) = (model, events, nonEvents);
        Measures = [.. MatrixMeasure.All.Where(measure => model.Measures.ContainsKey(measure.Name))];
        _asAsked = new(() => [.. WithCounts().Where(matrix => Measures.All(measure => Fits(measure, matrix, MatrixReading.AsAsked)))]);
        _inAnyReading = new(() => [.. WithCounts().Where(matrix => Measures.All(measure => FitsSomehow(measure, matrix)))]);
    }

    /// <summary>Subjects with the event.</summary>
    internal int Events { get; }

    /// <summary>Subjects without.</summary>
    internal int NonEvents { get; }

    /// <summary>The measures that were printed.</summary>
    internal IReadOnlyList<MatrixMeasure> Measures { get; }

    internal bool HasCounts => _model is not { TruePositives: null, FalseNegatives: null, FalsePositives: null, TrueNegatives: null };

    /// <summary>How many matrices there are at all.</summary>
    internal long Count => (Events + 1L) * (NonEvents + 1L);

    /// <summary>The matrices with all that was printed, rounded and of the event.</summary>
    internal IReadOnlyList<ConfusionMatrix> AsAsked => _asAsked.Value;

    /// <summary>The matrices that some reading allows: what an honest report can have meant.</summary>
    internal IReadOnlyList<ConfusionMatrix> InAnyReading => _inAnyReading.Value;

    /// <summary>The matrices with the printed counts.</summary>
    internal IEnumerable<ConfusionMatrix> WithCounts()
    {
        for (int tp = 0; tp <= Events; tp++)
        {
            if (IsOther(_model.TruePositives, tp) || IsOther(_model.FalseNegatives, Events - tp))
                continue;
            for (int fp = 0; fp <= NonEvents; fp++)
            {
                if (!IsOther(_model.FalsePositives, fp) && !IsOther(_model.TrueNegatives, NonEvents - fp))
                    yield return new ConfusionMatrix(tp, Events - tp, fp, NonEvents - fp);
            }
        }
    }

    internal bool Fits(MatrixMeasure measure, ConfusionMatrix matrix, MatrixReading reading) => measure.Fits(matrix, _model.Measures[measure.Name], reading);

    /// <summary>Whether a measure fits in some reading, whatever the others are.</summary>
    private bool FitsSomehow(MatrixMeasure measure, ConfusionMatrix matrix) =>
        MatrixReading.Widest.Any(reading => Fits(measure, matrix, reading));

    /// <summary>The largest sets of measures that go together, as bits, each with the matrices that have them.</summary>
    internal Dictionary<int, List<ConfusionMatrix>> LargestSets()
    {
        var sets = new Dictionary<int, List<ConfusionMatrix>>();
        int most = 0;
        foreach (ConfusionMatrix matrix in WithCounts())
        {
            int set = 0;
            for (int i = 0; i < Measures.Count; i++)
                set |= FitsSomehow(Measures[i], matrix) ? 1 << i : 0;
            int size = BitOperations.PopCount((uint)set);
            if (size < most)
                continue;
            if (size > most)
                sets.Clear();
            most = size;
            if (!sets.TryGetValue(set, out List<ConfusionMatrix>? matrices))
                sets[set] = matrices = [];
            matrices.Add(matrix);
        }
        return sets;
    }

    private static bool IsOther(int? printed, int count) => printed is { } known && known != count;
}
