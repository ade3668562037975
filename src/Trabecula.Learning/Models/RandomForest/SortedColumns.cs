namespace Trabecula.Learning.Models;

/// <summary>
/// The columns of a table in rising order, sorted once for all trees and nodes. The <i>place</i> of a row in a column is its place in
/// that order, equal values in the order of their rows; so a node sorts its rows by integers, each of which occurs once.
/// Values are rounded to 32 bits, so that those which differ by rounding alone are equal and no threshold comes between them.
/// </summary>
internal sealed class SortedColumns
{
    private readonly float[] _values;
    private readonly int[] _rows;
    private readonly int[] _places;
    private readonly bool[] _hasTies;

    internal SortedColumns(FeatureTable table)
    {
        (RowCount, ColumnCount) = (table.RowCount, table.ColumnCount);
        (_values, _rows, _places) = (new float[RowCount * ColumnCount], new int[RowCount * ColumnCount], new int[RowCount * ColumnCount]);
        _hasTies = new bool[ColumnCount];
        for (int column = 0; column < ColumnCount; column++)
        {
            Span<float> values = _values.AsSpan(column * RowCount, RowCount);
            Span<int> rows = _rows.AsSpan(column * RowCount, RowCount), places = _places.AsSpan(column * RowCount, RowCount);
            float[] unsorted = Array.ConvertAll(table.Column(column), value => (float)value);
            for (int row = 0; row < rows.Length; row++)
                rows[row] = row;
            rows.Sort((a, b) => unsorted[a] != unsorted[b] ? unsorted[a].CompareTo(unsorted[b]) : a - b);
            for (int place = 0; place < rows.Length; place++)
            {
                places[rows[place]] = place;
                values[place] = unsorted[rows[place]];
                _hasTies[column] |= place > 0 && values[place] == values[place - 1];
            }
        }
    }

    internal int RowCount { get; }

    internal int ColumnCount { get; }

    /// <summary>The values of a column, rising.</summary>
    internal ReadOnlySpan<float> Values(int column) => _values.AsSpan(column * RowCount, RowCount);

    /// <summary>The row at each place of a column.</summary>
    internal ReadOnlySpan<int> Rows(int column) => _rows.AsSpan(column * RowCount, RowCount);

    /// <summary>The place of each row in a column.</summary>
    internal ReadOnlySpan<int> Places(int column) => _places.AsSpan(column * RowCount, RowCount);

    /// <summary>Whether a value occurs twice in a column.</summary>
    internal bool HasTies(int column) => _hasTies[column];
}
