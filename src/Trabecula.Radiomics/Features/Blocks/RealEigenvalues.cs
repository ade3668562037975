namespace Trabecula.Radiomics.Features.Blocks;

/// <summary>
/// Eigenvalues of a general real matrix that is similar to a symmetric one but for rounding, so that they are real: reduction to Hessenberg form
/// by Householder reflections, then Francis' implicit double-shift QR steps.
/// </summary>
/// <remarks>Source: Golub and Van Loan, Matrix Computations, 4th ed., algorithms 7.4.2 and 7.5.1.</remarks>
internal sealed class RealEigenvalues
{
    private const int MostSteps = 240;

    private double[] _real = [];
    private double[] _reflection = [];

    /// <summary>The second largest real part of the eigenvalues; null where the iteration does not settle.</summary>
    /// <param name="a">The matrix, row by row; overwritten.</param>
    /// <param name="n">Its size, at least 2.</param>
    public double? SecondLargest(Span<double> a, int n)
    {
        if (_real.Length < n)
            (_real, _reflection) = (new double[n], new double[n]);
        Reduce(a, n);
        int found = 0, last = n - 1, steps = 0;
        while (last >= 0)
        {
            int first = StartOfBlock(a, n, last, steps);
            if (first == last)
            {
                _real[found++] = a[last * n + last];
                (last, steps) = (last - 1, 0);
            }
            else if (first == last - 1)
            {
                (_real[found], _real[found + 1]) = Pair(a[first * n + first], a[first * n + last], a[last * n + first], a[last * n + last]);
                (found, last, steps) = (found + 2, last - 2, 0);
            }
            else if (++steps > MostSteps)
            {
                return null;
            }
            else
            {
                Step(a, n, first, last, exceptional: steps % 10 == 0);
            }
        }
        Array.Sort(_real, 0, n);
        return _real[n - 2];
    }

    private void Reduce(Span<double> a, int n)
    {
        for (int k = 0; k < n - 2; k++)
        {
            Span<double> v = _reflection.AsSpan(0, n - k - 1);
            for (int i = 0; i < v.Length; i++)
                v[i] = a[(k + 1 + i) * n + k];
            if (!Householder(v, out double scale))
                continue;
            Reflect(a, n, v, scale, k + 1, k, n, 0, n);
        }
    }

    /// <summary>Turns a vector into the normal of the reflection that leaves only its first element; false where there is nothing to do.</summary>
    private static bool Householder(Span<double> v, out double scale)
    {
        double tail = 0, largest = 0;
        foreach (double element in v)
            largest = Math.Max(largest, Math.Abs(element));
        scale = 0;
        if (largest == 0)
            return false;
        // Of elements that are all rounding, of a matrix with few eigenvalues but 0, the squares would underflow.
        for (int i = 0; i < v.Length; i++)
            v[i] /= largest;
        for (int i = 1; i < v.Length; i++)
            tail += v[i] * v[i];
        if (tail == 0)
            return false;
        v[0] += Math.CopySign(Math.Sqrt(v[0] * v[0] + tail), v[0]);
        double norm = tail + v[0] * v[0];
        if (norm == 0)
            return false;
        scale = 2 / norm;
        return true;
    }

    /// <summary>Applies a reflection of the rows and columns from <paramref name="at"/>, on both sides.</summary>
    private static void Reflect(Span<double> a, int n, ReadOnlySpan<double> v, double scale, int at, int firstColumn, int endColumn, int firstRow, int endRow)
    {
        for (int j = firstColumn; j < endColumn; j++)
        {
            double sum = 0;
            for (int i = 0; i < v.Length; i++)
                sum += v[i] * a[(at + i) * n + j];
            sum *= scale;
            for (int i = 0; i < v.Length; i++)
                a[(at + i) * n + j] -= sum * v[i];
        }
        for (int i = firstRow; i < endRow; i++)
        {
            double sum = 0;
            for (int j = 0; j < v.Length; j++)
                sum += a[i * n + at + j] * v[j];
            sum *= scale;
            for (int j = 0; j < v.Length; j++)
                a[i * n + at + j] -= sum * v[j];
        }
    }

    private static int StartOfBlock(Span<double> a, int n, int last, int steps)
    {
        // Clusters of equal eigenvalues may not get down to the last bit: the longer it takes, the less is asked.
        double tolerance = 4.5e-16 * (1 << (steps / 12));
        int first = last;
        for (; first > 0; first--)
        {
            double size = Math.Abs(a[(first - 1) * n + first - 1]) + Math.Abs(a[first * n + first]);
            // Against the matrix' norm, which is about 1, where both neighbours vanish.
            if (Math.Abs(a[first * n + first - 1]) <= tolerance * Math.Max(size, 0.05))
            {
                a[first * n + first - 1] = 0;
                break;
            }
        }
        return first;
    }

    private static (double, double) Pair(double a, double b, double c, double d)
    {
        double half = (a - d) / 2, middle = (a + d) / 2, square = half * half + b * c;
        // A complex pair is two real ones that rounding has pushed past each other.
        double root = square > 0 ? Math.Sqrt(square) : 0;
        return (middle - root, middle + root);
    }

    private void Step(Span<double> a, int n, int first, int last, bool exceptional)
    {
        double p = a[(last - 1) * n + last - 1], q = a[last * n + last];
        double trace = p + q, determinant = p * q - a[(last - 1) * n + last] * a[last * n + last - 1];
        if (exceptional)
        {
            double shift = Math.Abs(a[last * n + last - 1]) + Math.Abs(a[(last - 1) * n + last - 2]);
            (trace, determinant) = (1.5 * shift, shift * shift);
        }
        double h00 = a[first * n + first], h01 = a[first * n + first + 1], h10 = a[(first + 1) * n + first], h11 = a[(first + 1) * n + first + 1];
        double x = h00 * h00 + h01 * h10 - trace * h00 + determinant, y = h10 * (h00 + h11 - trace), z = h10 * a[(first + 2) * n + first + 1];
        for (int k = first; k < last; k++)
        {
            int length = Math.Min(3, last - k + 1);
            Span<double> v = _reflection.AsSpan(0, length);
            (v[0], v[1]) = (x, y);
            if (length == 3)
                v[2] = z;
            if (Householder(v, out double scale))
                Reflect(a, n, v, scale, k, Math.Max(first, k - 1), last + 1, first, Math.Min(last, k + 3) + 1);
            x = a[(k + 1) * n + k];
            y = k + 2 <= last ? a[(k + 2) * n + k] : 0;
            z = k + 3 <= last ? a[(k + 3) * n + k] : 0;
        }
    }
}
