using Trabecula.Learning.Evaluation;

namespace Trabecula.Workbench.Studies;

/// <summary>AUROCs of each split whose predictions stand one after another; of those alone that hold out both classes.</summary>
internal sealed class AurocOverSplits
{
    private readonly List<(Range Rows, bool[] Outcomes, double TestToTraining)> _scored = [];

    /// <summary>Parts the outcomes of all predictions by the splits' sizes.</summary>
    internal AurocOverSplits(IReadOnlyList<bool> outcomes, IEnumerable<(int Training, int HeldOut)> splits)
    {
        int at = 0;
        foreach ((int training, int heldOut) in splits)
        {
            Range rows = at..(at += heldOut);
            bool[] own = [.. outcomes.Take(rows)];
            if (own.Distinct().Count() == 2)
                _scored.Add((rows, own, (double)heldOut / training));
        }
    }

    /// <summary>A model's AUROC on each scored split.</summary>
    internal double[] Of(IReadOnlyList<double> risks) => [.. _scored.Select(split => Auroc.ValueOf(split.Outcomes, [.. risks.Take(split.Rows)]))];

    /// <summary>Their mean, or the mean of differences, with what corrects for the overlap; null of fewer than two.</summary>
    internal CorrectedResampledTTest? Mean(IReadOnlyList<double> values) =>
        values.Count < 2 ? null : CorrectedResampledTTest.Of(values, _scored.Average(split => split.TestToTraining));
}
