namespace Trabecula.Learning.Models;

/// <summary>
/// An orthonormal basis of the span of a wide table's rows, and the rows in its coordinates: <c>X = L Qᵀ</c>. A penalised linear
/// model has no use for a direction that is orthogonal to all rows, since it costs penalty and changes no prediction; so
/// <c>w = Q u</c> with <c>|w| = |u|</c>.
/// </summary>
internal sealed class RowSpan
{
    private readonly double[] _basis;
    private readonly int _columns;

    private RowSpan(double[] basis, int columns, double[] coordinates, int dimension) =>
        (_basis, _columns, Coordinates, Dimension) = (basis, columns, coordinates, dimension);

    /// <summary>Row by row, <see cref="Dimension"/> numbers each.</summary>
    internal double[] Coordinates { get; }

    /// <summary>Number of basis vectors: the rank of the table.</summary>
    internal int Dimension { get; }

    /// <summary>Builds the basis by Gram and Schmidt, twice for each row, which makes it orthogonal to rounding (Giraud 2005).</summary>
    internal static RowSpan Of(ReadOnlySpan<double> values, int rows, int columns)
    {
        var basis = new double[rows * columns];
        var lower = new double[rows * rows];
        var rest = new double[columns];
        int dimension = 0;
        for (int row = 0; row < rows; row++)
        {
            values.Slice(row * columns, columns).CopyTo(rest);
            double length = Length(rest);
            for (int pass = 0; pass < 2; pass++)
            {
                for (int k = 0; k < dimension; k++)
                {
                    ReadOnlySpan<double> q = basis.AsSpan(k * columns, columns);
                    double along = Dot(q, rest);
                    lower[row * rows + k] += along;
                    for (int i = 0; i < columns; i++)
                        rest[i] -= along * q[i];
                }
            }
            double left = Length(rest);
            // A row within the span of those before it leaves only rounding, which is no direction.
            if (left <= 1e-13 * length * Math.Sqrt(columns))
                continue;
            for (int i = 0; i < columns; i++)
                basis[dimension * columns + i] = rest[i] / left;
            lower[row * rows + dimension++] = left;
        }

        var coordinates = new double[rows * dimension];
        for (int row = 0; row < rows; row++)
            lower.AsSpan(row * rows, dimension).CopyTo(coordinates.AsSpan(row * dimension));
        return new RowSpan(basis, columns, coordinates, dimension);
    }

    /// <summary>A vector of the span in the table's columns.</summary>
    internal double[] ToColumns(ReadOnlySpan<double> coordinates)
    {
        var result = new double[_columns];
        for (int k = 0; k < coordinates.Length; k++)
        {
            ReadOnlySpan<double> q = _basis.AsSpan(k * _columns, _columns);
            for (int i = 0; i < _columns; i++)
                result[i] += coordinates[k] * q[i];
        }
        return result;
    }

    private static double Length(ReadOnlySpan<double> vector) => Math.Sqrt(Dot(vector, vector));

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }
}
