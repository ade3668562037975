using System.Numerics;
using Trabecula.Learning.Evaluation;

namespace Trabecula.Workbench.Audits;

/// <summary>All confusion matrices that a model's report leaves possible.</summary>
internal sealed class MatrixSearch
{
    /// <summary>Events that are looked through within a few seconds.</summary>
    internal const int Largest = 20_000;

    private readonly ReportedModel _model;
    private readonly Lazy<MatrixSet> _asAsked, _inAnyReading;
    private readonly (int Low, int High) _truePositives, _falsePositives;

    internal MatrixSearch(ReportedModel model, int events, int nonEvents)
    {
        (_model, Events, NonEvents) = (model, events, nonEvents);
        Measures = [.. MatrixMeasure.All.Where(measure => model.Measures.ContainsKey(measure.Name))];
        _truePositives = Range(model.TruePositives, model.FalseNegatives, events);
        _falsePositives = Range(model.FalsePositives, model.TrueNegatives, nonEvents);
        _asAsked = new(() => WithAll(MatrixReading.AsAsked));
        _inAnyReading = new(() => WithAll(Enum.GetValues<ClassReading>(), cutOff: true));
    }

    /// <summary>Subjects with the event.</summary>
    internal int Events { get; }

    /// <summary>Subjects without.</summary>
    internal int NonEvents { get; }

    /// <summary>The measures that were printed.</summary>
    internal IReadOnlyList<MatrixMeasure> Measures { get; }

    internal bool HasCounts => _model is not { TruePositives: null, FalseNegatives: null, FalsePositives: null, TrueNegatives: null };

    /// <summary>Whether the printed counts are those of some matrix.</summary>
    internal bool CountsAddUp => _truePositives.Low <= _truePositives.High && _falsePositives.Low <= _falsePositives.High;

    /// <summary>Whether the printed counts leave one matrix.</summary>
    internal bool IsKnown => _truePositives.Low == _truePositives.High && _falsePositives.Low == _falsePositives.High;

    /// <summary>Whether there are more matrices than are looked through.</summary>
    internal bool IsTooLarge => _truePositives.High - _truePositives.Low > Largest;

    /// <summary>The matrices with all that was printed, rounded and of the event.</summary>
    internal MatrixSet AsAsked => _asAsked.Value;

    /// <summary>The matrices that some reading of each measure allows: what an honest report can have meant.</summary>
    internal MatrixSet InAnyReading => _inAnyReading.Value;

    /// <summary>The matrices with all that was printed if it is read so.</summary>
    internal MatrixSet WithAll(MatrixReading reading) => WithAll([reading.Class], reading.CutOff);

    /// <summary>The matrices with the printed counts.</summary>
    internal MatrixSet WithCounts() => Set([.. Enumerable.Range(_truePositives.Low, Math.Max(0, _truePositives.High - _truePositives.Low + 1))
        .Select(tp => new MatrixStretch(tp, _falsePositives.Low, _falsePositives.High, 0))]);

    internal bool Fits(MatrixMeasure measure, ConfusionMatrix matrix, MatrixReading reading) => measure.Fits(matrix, _model.Measures[measure.Name], reading);

    /// <summary>The largest sets of measures that go together, as bits, each with the matrices that have them.</summary>
    internal Dictionary<int, MatrixSet> LargestSets()
    {
        MatrixStretch[] stretches = [.. Stretches(Enum.GetValues<ClassReading>(), cutOff: true, int.MaxValue)];
        int most = stretches.Max(Size);
        return stretches.Where(stretch => Size(stretch) == most).GroupBy(stretch => stretch.Measures).ToDictionary(group => group.Key, group => Set([.. group]));

        static int Size(MatrixStretch stretch) => BitOperations.PopCount((uint)stretch.Measures);
    }

    private MatrixSet Set(IReadOnlyList<MatrixStretch> stretches) => new(Events, NonEvents, stretches);

    private MatrixSet WithAll(ClassReading[] classes, bool cutOff) =>
        Set([.. Stretches(classes, cutOff, misfits: 0).Where(stretch => stretch.Measures == (1 << Measures.Count) - 1)]);

    /// <summary>The matrices with the printed counts, cut where a measure begins or ceases to fit; after more misfits no further measure is tried.</summary>
    private IEnumerable<MatrixStretch> Stretches(ClassReading[] classes, bool cutOff, int misfits)
    {
        (ReportedNumber Printed, Func<ConfusionMatrix, double>[] Values)[] measures =
            [.. Measures.Select(measure => (_model.Measures[measure.Name], measure.Values(classes).ToArray()))];
        for (int tp = _truePositives.Low; tp <= _truePositives.High; tp++)
        {
            // With none or all of the others positive a measure may be 0 / 0, which programs print as they like: those matrices stand alone.
            var cuts = new SortedSet<int> { 1, NonEvents };
            foreach ((ReportedNumber printed, Func<ConfusionMatrix, double>[] values) in measures)
            {
                (double low, double high) = cutOff ? (printed.Lowest, printed.Highest) : (printed.Low, printed.High);
                foreach (Func<ConfusionMatrix, double> value in values)
                {
                    cuts.Add(FirstInside(fp => value(Matrix(tp, fp)) <= high));
                    cuts.Add(FirstInside(fp => value(Matrix(tp, fp)) < low));
                }
            }
            int from = _falsePositives.Low;
            foreach (int end in cuts.Where(cut => cut > from && cut <= _falsePositives.High).Append(_falsePositives.High + 1))
            {
                if (end > from)
                    yield return new MatrixStretch(tp, from, end - 1, Fitting(Matrix(tp, from), classes, cutOff, misfits));
                from = end;
            }
        }
    }

    /// <summary>The first number of false positives of a condition that all larger ones fulfil too, where some others are negative and some positive.</summary>
    private int FirstInside(Func<int, bool> condition)
    {
        (int low, int high) = (1, NonEvents);
        while (low < high)
        {
            int middle = low + (high - low) / 2;
            if (condition(middle))
                high = middle;
            else
                low = middle + 1;
        }
        return low;
    }

    private int Fitting(ConfusionMatrix matrix, ClassReading[] classes, bool cutOff, int misfits)
    {
        int set = 0;
        for (int i = 0; i < Measures.Count && misfits >= 0; i++)
        {
            if (Array.Exists(classes, each => Fits(Measures[i], matrix, new MatrixReading(each, cutOff))))
                set |= 1 << i;
            else
                misfits--;
        }
        return set;
    }

    private ConfusionMatrix Matrix(int tp, int fp) => new(tp, Events - tp, fp, NonEvents - fp);

    /// <summary>What a printed count, and one that it leaves, allow of all; none where they do not add up.</summary>
    private static (int Low, int High) Range(int? count, int? rest, int all)
    {
        int low = Math.Max(count ?? 0, all - rest ?? 0), high = Math.Min(count ?? all, all - rest ?? all);
        return (Math.Max(0, low), Math.Min(all, high));
    }
}
