using Trabecula.Learning.Evaluation;

namespace Trabecula.Workbench.Audits;

/// <summary>Matrices of the same true positives with false positives from one number to another, which fit the same measures.</summary>
/// <param name="TruePositives">True positives.</param>
/// <param name="From">The fewest false positives.</param>
/// <param name="To">The most.</param>
/// <param name="Measures">The measures that they fit, as bits.</param>
internal readonly record struct MatrixStretch(int TruePositives, int From, int To, int Measures);

/// <summary>Confusion matrices of the same classes.</summary>
/// <param name="events">Subjects with the event.</param>
/// <param name="nonEvents">Subjects without.</param>
/// <param name="stretches">The matrices, each once.</param>
internal sealed class MatrixSet(int events, int nonEvents, IReadOnlyList<MatrixStretch> stretches)
{
    /// <summary>How many there are.</summary>
    internal long Count => stretches.Sum(stretch => stretch.To - stretch.From + 1L);

    /// <summary>One after another.</summary>
    internal IEnumerable<ConfusionMatrix> All =>
        stretches.SelectMany(stretch => Enumerable.Range(stretch.From, stretch.To - stretch.From + 1).Select(fp => Matrix(stretch.TruePositives, fp)));

    /// <summary>The first and last of each stretch: what falls or rises with the false positives is least and largest there.</summary>
    internal IEnumerable<ConfusionMatrix> Ends =>
        stretches.SelectMany(stretch => (ConfusionMatrix[])[Matrix(stretch.TruePositives, stretch.From), Matrix(stretch.TruePositives, stretch.To)]);

    /// <summary>The first of them.</summary>
    internal ConfusionMatrix First => All.First();

    private ConfusionMatrix Matrix(int tp, int fp) => new(tp, events - tp, fp, nonEvents - fp);
}
