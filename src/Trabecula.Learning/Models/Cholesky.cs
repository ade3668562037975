namespace Trabecula.Learning.Models;

/// <summary>Solution of positive definite systems.</summary>
internal static class Cholesky
{
    /// <summary>
    /// Solves <c>A x = b</c>. Of A, row by row, only the lower triangle is read, and overwritten by its factor; b becomes x.
    /// </summary>
    /// <returns>False when A is not positive definite in double precision.</returns>
    internal static bool SolveInPlace(Span<double> a, Span<double> b)
    {
        int n = b.Length;
        for (int i = 0; i < n; i++)
        {
            Span<double> rowI = a.Slice(i * n, i + 1);
            for (int j = 0; j <= i; j++)
            {
                ReadOnlySpan<double> rowJ = a.Slice(j * n, j + 1);
                double sum = rowI[j];
                for (int k = 0; k < j; k++)
                    sum -= rowI[k] * rowJ[k];
                if (j < i)
                    rowI[j] = sum / rowJ[j];
                else if (sum > 0)
                    rowI[i] = Math.Sqrt(sum);
                else
                    return false;
            }
        }
        for (int i = 0; i < n; i++)
        {
            for (int k = 0; k < i; k++)
                b[i] -= a[i * n + k] * b[k];
            b[i] /= a[i * n + i];
        }
        for (int i = n - 1; i >= 0; i--)
        {
            for (int k = i + 1; k < n; k++)
                b[i] -= a[k * n + i] * b[k];
            b[i] /= a[i * n + i];
        }
        return true;
    }
}
