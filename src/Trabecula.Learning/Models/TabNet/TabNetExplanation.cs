namespace Trabecula.Learning.Models;

/// <summary>Which columns a TabNet looked at.</summary>
/// <remarks>
/// Source: Arik and Pfister 2021, section 3.4. A step weighs as much as its decision part, cut at 0, sums to. Of a categorical column the
/// parts of its vector are summed.
/// </remarks>
public sealed class TabNetExplanation
{
    private readonly double[][] _masks;
    private readonly double[] _explain;

    internal TabNetExplanation(IReadOnlyList<string> columns, IReadOnlyList<string> subjects, double[][] masks, double[][] weights, double[] explain)
    {
        (Columns, Subjects, _masks, _explain) = (columns, subjects, masks, explain);
        var importances = new double[columns.Count];
        double total = 0;
        for (int i = 0; i < explain.Length; i++)
        {
            importances[i % columns.Count] += explain[i];
            total += explain[i];
        }
        for (int column = 0; column < importances.Length && total > 0; column++)
            importances[column] /= total;
        Importances = Array.AsReadOnly(importances);
        double[] sums = Array.ConvertAll(weights, step => step.Sum());
        double all = sums.Sum();
        StepShares = Array.AsReadOnly(Array.ConvertAll(sums, sum => all > 0 ? sum / all : 0));
    }

    /// <summary>The columns.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The subject of each row.</summary>
    public IReadOnlyList<string> Subjects { get; }

    /// <summary>Number of decision steps.</summary>
    public int Steps => _masks.Length;

    /// <summary>
    /// Share of each column in all that the rows were decided by, summing to 1: the reference's <c>feature_importances_</c> where the rows are
    /// those of the training. All 0 where no step decided anything.
    /// </summary>
    public IReadOnlyList<double> Importances { get; }

    /// <summary>
    /// Share of each step in all that the rows were decided by, summing to 1; all 0 where no step decided anything. A step of a small share
    /// shows a mask like any other.
    /// </summary>
    public IReadOnlyList<double> StepShares { get; }

    /// <summary>How much a step looked at each column for a row; sums to 1.</summary>
    /// <param name="step">From 0.</param>
    /// <param name="row">Its place in <see cref="Subjects"/>.</param>
    public ReadOnlySpan<double> Mask(int step, int row) => _masks[step].AsSpan(row * Columns.Count, Columns.Count);

    /// <summary>The masks of a row, each times the weight of its step, summed over the steps: not normalised.</summary>
    /// <param name="row">Its place in <see cref="Subjects"/>.</param>
    public ReadOnlySpan<double> Explain(int row) => _explain.AsSpan(row * Columns.Count, Columns.Count);
}
