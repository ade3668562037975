using System.Text.Json.Nodes;

namespace Trabecula.Learning.Calibration;

/// <summary>
/// Isotonic regression: the risk that rises with the score and comes nearest to the outcomes, without a formula. Many steps on few
/// events: with fewer than about 1,000 rows prefer a logistic method. Its ends are often exactly 0 and 1, which no log loss survives.
/// </summary>
/// <remarks>
/// Definition: least squares over rising functions, by pooling adjacent violators; equal scores are averaged first; linear between the
/// ends of the blocks and constant outside. scikit-learn's <c>IsotonicRegression(out_of_bounds="clip")</c>.
/// Source: Ayer et al., Ann. Math. Stat. 26 (1955) 641; Zadrozny and Elkan, KDD 2002.
/// </remarks>
public sealed class IsotonicRegression : Calibrator
{
    private readonly double[] _x, _y;

    internal IsotonicRegression(double[] x, double[] y) => (_x, _y, X, Y) = (x, y, Array.AsReadOnly(x), Array.AsReadOnly(y));

    /// <inheritdoc/>
    public override string Name => "Isotonic regression";

    /// <summary>The scores at the ends of the blocks, rising.</summary>
    public IReadOnlyList<double> X { get; }

    /// <summary>The risk at each of <see cref="X"/>, never falling.</summary>
    public IReadOnlyList<double> Y { get; }

    internal override bool MapsRisks => false;

    /// <inheritdoc/>
    public override double Calibrate(double value)
    {
        if (double.IsNaN(value))
            return double.NaN;
        int at = Array.BinarySearch(_x, value);
        if (at >= 0)
            return _y[at];
        int above = ~at;
        if (above == 0 || above == _x.Length)
            return _y[Math.Min(above, _x.Length - 1)];
        double share = (value - _x[above - 1]) / (_x[above] - _x[above - 1]);
        return _y[above - 1] + share * (_y[above] - _y[above - 1]);
    }

    /// <summary>Estimates the steps from scores of rows that the model did not see.</summary>
    internal static IsotonicRegression Estimate(ReadOnlySpan<double> scores, ReadOnlySpan<bool> outcomes)
    {
        double[] x = scores.ToArray();
        bool[] y = outcomes.ToArray();
        Array.Sort(x, y);
        var blocks = new List<Block>();
        for (int i = 0; i < x.Length;)
        {
            int from = i, events = 0;
            for (; i < x.Length && x[i] == x[from]; i++)
                events += y[i] ? 1 : 0;
            var block = new Block(x[from], x[from], events, i - from);
            while (blocks.Count > 0 && blocks[^1].IsNotBelow(block))
            {
                block = blocks[^1].With(block);
                blocks.RemoveAt(blocks.Count - 1);
            }
            blocks.Add(block);
        }
        var ends = new List<(double X, double Y)>();
        foreach (Block block in blocks)
        {
            ends.Add((block.First, block.Risk));
            if (block.Last > block.First)
                ends.Add((block.Last, block.Risk));
        }
        return new IsotonicRegression([.. ends.Select(end => end.X)], [.. ends.Select(end => end.Y)]);
    }

    private protected override JsonObject State() => new() { ["x"] = StateJson.Numbers(_x), ["y"] = StateJson.Numbers(_y) };

    private readonly record struct Block(double First, double Last, int Events, int Rows)
    {
        internal double Risk => (double)Events / Rows;

        // On whole numbers: shares that are equal must not be told apart by their rounding.
        internal bool IsNotBelow(Block next) => (long)Events * next.Rows >= (long)next.Events * Rows;

        internal Block With(Block next) => new(First, next.Last, Events + next.Events, Rows + next.Rows);
    }
}
