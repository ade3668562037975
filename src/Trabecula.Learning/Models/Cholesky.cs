namespace Trabecula.Learning.Models;

/// <summary>Solution of positive definite systems. Matrices lie row by row; only the lower triangle is read.</summary>
internal static class Cholesky
{
    private const int Block = 4;

    /// <summary>Overwrites the lower triangle of A by its factor L, <c>A = L Lᵀ</c>.</summary>
    /// <param name="a">The matrix, n times n.</param>
    /// <param name="n">Number of rows.</param>
    /// <param name="relativePivot">The least part of a diagonal element that must be left when its row's turn comes.</param>
    /// <returns>False when A is not positive definite in double precision; A is then spoilt.</returns>
    internal static bool Factor(Span<double> a, int n, double relativePivot = 0)
    {
        Span<double> products = stackalloc double[Block];
        for (int first = 0; first < n; first += Block)
        {
            int end = Math.Min(first + Block, n);
            // Four rows above stay in the nearest memory while they serve four rows below.
            for (int column = 0; column < first; column += Block)
            {
                for (int i = first; i < end; i++)
                {
                    Span<double> row = a.Slice(i * n, n);
                    VectorSums.Dot4(
                        row[..column], a.Slice(column * n, column), a.Slice((column + 1) * n, column), a.Slice((column + 2) * n, column),
                        a.Slice((column + 3) * n, column), products);
                    for (int j = column; j < column + Block; j++)
                    {
                        double sum = row[j] - products[j - column];
                        for (int k = column; k < j; k++)
                            sum -= row[k] * a[j * n + k];
                        row[j] = sum / a[j * n + j];
                    }
                }
            }
            for (int i = first; i < end; i++)
            {
                if (!FinishRow(a, i, first, n, relativePivot))
                    return false;
            }
        }
        return true;
    }

    /// <summary>Overwrites a row of A by that of L, after the rows above it.</summary>
    /// <returns>False when the pivot is not positive, or too small a part of the diagonal element.</returns>
    internal static bool FactorRow(Span<double> a, int i, int n, double relativePivot) => FinishRow(a, i, 0, n, relativePivot);

    private static bool FinishRow(Span<double> a, int i, int from, int n, double relativePivot)
    {
        Span<double> row = a.Slice(i * n, i + 1);
        for (int j = from; j < i; j++)
            row[j] = (row[j] - VectorSums.Dot(row[..j], a.Slice(j * n, j))) / a[j * n + j];
        double pivot = row[i] - VectorSums.Dot(row[..i], row[..i]);
        if (!(pivot > relativePivot * row[i]))
            return false;
        row[i] = Math.Sqrt(pivot);
        return true;
    }

    /// <summary>Solves <c>L Lᵀ x = b</c>; b becomes x.</summary>
    internal static void Solve(ReadOnlySpan<double> factor, Span<double> b)
    {
        int n = b.Length;
        for (int i = 0; i < n; i++)
            b[i] = (b[i] - VectorSums.Dot(factor.Slice(i * n, i), b[..i])) / factor[i * n + i];
        for (int i = n - 1; i >= 0; i--)
        {
            b[i] /= factor[i * n + i];
            VectorSums.AddScaled(b[..i], -b[i], factor.Slice(i * n, i));
        }
    }

    /// <summary>Solves <c>A x = b</c>: A is overwritten by its factor, b by x.</summary>
    /// <returns>False when A is not positive definite in double precision; both are then spoilt.</returns>
    internal static bool SolveInPlace(Span<double> a, Span<double> b)
    {
        if (!Factor(a, b.Length))
            return false;
        Solve(a, b);
        return true;
    }
}
