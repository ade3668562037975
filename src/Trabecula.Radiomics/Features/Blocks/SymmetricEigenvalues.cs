namespace Trabecula.Radiomics.Features.Blocks;

/// <summary>Eigenvalues of a small symmetric matrix by Jacobi's rotations, which always converge.</summary>
/// <remarks>Source: Golub and Van Loan, Matrix Computations, 4th ed., algorithm 8.5.3.</remarks>
internal static class SymmetricEigenvalues
{
    private const int MostSweeps = 60;

    /// <summary>The second largest eigenvalue.</summary>
    /// <param name="a">The matrix, row by row; overwritten.</param>
    /// <param name="n">Its size, at least 2.</param>
    public static double SecondLargest(Span<double> a, int n)
    {
        Diagonalize(a, n);
        double largest = double.NegativeInfinity, second = double.NegativeInfinity;
        for (int i = 0; i < n; i++)
        {
            double value = a[i * n + i];
            (largest, second) = value > largest ? (value, largest) : (largest, Math.Max(second, value));
        }
        return second;
    }

    /// <summary>The largest absolute value of an eigenvalue.</summary>
    /// <param name="a">The matrix, row by row; overwritten.</param>
    /// <param name="n">Its size.</param>
    public static double LargestAbsolute(Span<double> a, int n)
    {
        Diagonalize(a, n);
        double largest = 0;
        for (int i = 0; i < n; i++)
            largest = Math.Max(largest, Math.Abs(a[i * n + i]));
        return largest;
    }

    private static void Diagonalize(Span<double> a, int n)
    {
        double size = 0;
        for (int i = 0; i < n; i++)
            size = Math.Max(size, Math.Abs(a[i * n + i]));
        // An element this small moves an eigenvalue by less than its last bits.
        double small = 1e-16 * size;
        for (int sweep = 0; sweep < MostSweeps; sweep++)
        {
            bool rotated = false;
            for (int p = 0; p < n - 1; p++)
            {
                for (int q = p + 1; q < n; q++)
                {
                    if (Math.Abs(a[p * n + q]) <= small)
                        continue;
                    Rotate(a, n, p, q);
                    rotated = true;
                }
            }
            if (!rotated)
                break;
        }
    }

    private static void Rotate(Span<double> a, int n, int p, int q)
    {
        double apq = a[p * n + q], theta = (a[q * n + q] - a[p * n + p]) / (2 * apq);
        double t = (theta < 0 ? -1 : 1) / (Math.Abs(theta) + Math.Sqrt(theta * theta + 1)), c = 1 / Math.Sqrt(t * t + 1), s = t * c;
        a[p * n + p] -= t * apq;
        a[q * n + q] += t * apq;
        a[p * n + q] = a[q * n + p] = 0;
        for (int k = 0; k < n; k++)
        {
            if (k == p || k == q)
                continue;
            double akp = a[k * n + p], akq = a[k * n + q];
            a[k * n + p] = a[p * n + k] = c * akp - s * akq;
            a[k * n + q] = a[q * n + k] = s * akp + c * akq;
        }
    }
}
