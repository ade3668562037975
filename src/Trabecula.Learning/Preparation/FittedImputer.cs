using System.Text.Json.Nodes;
using Trabecula.Learning.Splitting;

namespace Trabecula.Learning.Preparation;

/// <summary>What stands in for the missing values of each column.</summary>
public sealed class FittedImputer : FittedTransformer
{
    private readonly double[] _fills;
    private readonly int[] _indicated;

    internal FittedImputer(SplitOrigin? origin, IReadOnlyList<FeatureColumn> input, double[] fills, int[] indicated)
        : base(origin, input, [.. input, .. indicated.Select(i => new FeatureColumn(IndicatorName(input[i].Name), ColumnKind.Binary, input[i].Source))])
    {
        (_fills, _indicated) = (fills, indicated);
        (Fills, Indicated) = (Array.AsReadOnly(fills), Array.AsReadOnly(indicated));
    }

    /// <inheritdoc/>
    public override string Name => Imputer.FieldName;

    /// <summary>What stands in for a missing value of each column; NaN outside the scope, where missing values stay.</summary>
    public IReadOnlyList<double> Fills { get; }

    /// <summary>The columns that have an indicator, in the order of the indicators.</summary>
    public IReadOnlyList<int> Indicated { get; }

    internal static string IndicatorName(string column) => $"{column} missing";

    internal static FittedImputer Read(JsonObject state) => new(
        null, StateJson.Columns(state, "columns"), StateJson.Numbers(state, "fills"), StateJson.Integers(state, "indicated"));

    internal override int SourceOf(int output) => output < _fills.Length ? output : _indicated[output - _fills.Length];

    private protected override FeatureTable Map(FeatureTable table) => table.Map(
        CategoryLevels.HandOn(table, [.. Output]), values => Compute(values, table.RowCount), values => Copy(values, table.RowCount));

    private protected override double[] Compute(double[] values, int rows)
    {
        double[] filled = Copy(values, rows);
        int width = Output.Count;
        for (int row = 0; row < rows; row++)
        {
            Span<double> line = filled.AsSpan(row * width, width);
            for (int i = 0; i < _indicated.Length; i++)
                line[_fills.Length + i] = double.IsNaN(line[_indicated[i]]) ? 1 : 0;
            for (int column = 0; column < _fills.Length; column++)
            {
                if (double.IsNaN(line[column]))
                    line[column] = _fills[column];
            }
        }
        return filled;
    }

    private protected override JsonObject State() => new()
    {
        ["columns"] = StateJson.Columns(Input),
        ["fills"] = StateJson.Numbers(_fills),
        ["indicated"] = StateJson.Integers(_indicated),
    };

    /// <summary>The values with room for the indicators, which nobody read again.</summary>
    private double[] Copy(double[] values, int rows)
    {
        var copy = new double[rows * Output.Count];
        Array.Fill(copy, double.NaN);
        for (int row = 0; row < rows; row++)
            values.AsSpan(row * _fills.Length, _fills.Length).CopyTo(copy.AsSpan(row * Output.Count));
        return copy;
    }
}
