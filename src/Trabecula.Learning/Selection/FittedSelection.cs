using System.Text.Json.Nodes;
using Trabecula.Learning.Splitting;

namespace Trabecula.Learning.Selection;

/// <summary>
/// A fitted choice among columns. It hands on the kept ones as they are and in the order of the table, and every column outside the
/// step's scope with them.
/// </summary>
public abstract class FittedSelection : FittedTransformer
{
    private readonly int[] _kept;

    private protected FittedSelection(SplitOrigin? origin, IReadOnlyList<FeatureColumn> input, IEnumerable<int> kept)
        : this(origin, input, [.. kept.Order()])
    {
    }

    private FittedSelection(SplitOrigin? origin, IReadOnlyList<FeatureColumn> input, int[] kept)
        : base(origin, input, [.. kept.Select(place => input[place])])
    {
        _kept = kept;
        Kept = Array.AsReadOnly(kept);
    }

    /// <summary>The places in <see cref="FittedTransformer.Input"/> of the columns that are handed on, rising.</summary>
    public IReadOnlyList<int> Kept { get; }

    private protected override double[] Compute(double[] values, int rows)
    {
        int width = Input.Count;
        var kept = new double[rows * _kept.Length];
        for (int row = 0, i = 0; row < rows; row++)
        {
            ReadOnlySpan<double> line = values.AsSpan(row * width, width);
            foreach (int place in _kept)
                kept[i++] = line[place];
        }
        return kept;
    }

    /// <summary>Columns and choice, to which a step adds why it chose so.</summary>
    private protected override JsonObject State() => new()
    {
        ["columns"] = StateJson.Columns(Input),
        ["kept"] = StateJson.Integers(_kept),
    };

    /// <summary>The choice that <see cref="State"/> wrote.</summary>
    private protected static int[] KeptOf(JsonObject state) => StateJson.Integers(state, "kept");

    /// <summary>The places kept when a choice is made within a scope: those chosen, and those outside the scope.</summary>
    internal static IEnumerable<int> WithRest(FeatureTable table, ReadOnlySpan<int> scope, IEnumerable<int> chosen)
    {
        int[] inScope = scope.ToArray();
        return chosen.Concat(Enumerable.Range(0, table.ColumnCount).Except(inScope));
    }
}
