namespace Trabecula.Learning.Statistics;

/// <summary>
/// The largest eigenvalues of a symmetric matrix by way of a tridiagonal one: its diagonal, and the squares of what stands beside it, of which the
/// last is 0.
/// </summary>
internal static class Tridiagonal
{
    /// <summary>Householder's reflections (Golub and Van Loan, Matrix Computations (2013), 8.3.1), from the last row up.</summary>
    /// <param name="matrix">Its lower triangle, row by row of equal length; overwritten.</param>
    /// <param name="diagonal">Takes the diagonal.</param>
    /// <param name="squares">Takes the squares beside it.</param>
    internal static void Reduce(double[] matrix, double[] diagonal, double[] squares)
    {
        int size = diagonal.Length;
        var image = new double[size];
        squares[size - 1] = 0;
        for (int i = size - 1; i >= 0; i--)
        {
            diagonal[i] = matrix[i * size + i];
            if (i == 0)
                continue;
            Span<double> normal = matrix.AsSpan(i * size, i);
            double square = 0;
            foreach (double value in normal)
                square += value * value;
            squares[i - 1] = square;
            if (i == 1 || square == 0)
                continue;
            // The reflection moves the row onto its last entry; the sign that adds loses no digits.
            double length = Math.Sqrt(square), last = normal[i - 1];
            normal[i - 1] = last + (last < 0 ? -length : length);
            Reflect(matrix, size, normal, image.AsSpan(0, i), 1 / (square + Math.Abs(last) * length));
        }
    }

    /// <summary>The k-th largest eigenvalue from 0 on, by bisection of Sturm's count (Golub and Van Loan, 8.4.1); none may be negative.</summary>
    internal static double Largest(int k, double[] diagonal, double[] squares, double accuracy)
    {
        double low = 0, high = 0;
        for (int i = 0; i < diagonal.Length; i++)
            high = Math.Max(high, diagonal[i] + Math.Sqrt(squares[i]) + (i > 0 ? Math.Sqrt(squares[i - 1]) : 0));
        while (high - low > accuracy * high)
        {
            double middle = (low + high) / 2;
            if (CountAbove(middle, diagonal, squares) > k)
                low = middle;
            else
                high = middle;
        }
        return (low + high) / 2;
    }

    /// <summary>A - v wᵀ - w vᵀ of the leading block A, w = u - (f/2) (uᵀ v) v, u = f A v.</summary>
    private static void Reflect(double[] matrix, int size, ReadOnlySpan<double> normal, Span<double> image, double factor)
    {
        image.Clear();
        for (int i = 0; i < normal.Length; i++)
        {
            ReadOnlySpan<double> row = matrix.AsSpan(i * size, i);
            double sum = matrix[i * size + i] * normal[i], own = normal[i];
            for (int j = 0; j < row.Length; j++)
            {
                sum += row[j] * normal[j];
                image[j] += row[j] * own;
            }
            image[i] += sum;
        }
        double along = 0;
        for (int i = 0; i < normal.Length; i++)
        {
            image[i] *= factor;
            along += image[i] * normal[i];
        }
        for (int i = 0; i < normal.Length; i++)
            image[i] -= factor / 2 * along * normal[i];
        for (int i = 0; i < normal.Length; i++)
        {
            Span<double> row = matrix.AsSpan(i * size, i + 1);
            double a = normal[i], b = image[i];
            for (int j = 0; j < row.Length; j++)
                row[j] -= a * image[j] + b * normal[j];
        }
    }

    private static int CountAbove(double x, double[] diagonal, double[] squares)
    {
        int above = 0;
        double pivot = 1, square = 0;
        for (int i = 0; i < diagonal.Length; i++)
        {
            pivot = diagonal[i] - x - square / pivot;
            // An exact zero would divide; the next pivot is then as good as infinite of either sign.
            if (pivot == 0)
                pivot = -double.Epsilon;
            above += pivot > 0 ? 1 : 0;
            square = squares[i];
        }
        return above;
    }
}
