namespace Trabecula.Radiomics.Features.Glcm;

/// <summary>Eigenvalues of a small symmetric tridiagonal matrix.</summary>
internal static class Tridiagonal
{
    /// <summary>
    /// The eigenvalue of largest magnitude with its unit vector, by the implicit QL method (Bowdler, Martin, Reinsch and Wilkinson 1968)
    /// with the rotations applied to all vectors; sizes are some tens.
    /// </summary>
    /// <param name="diagonal">The diagonal.</param>
    /// <param name="offDiagonal">Entry k couples k and k + 1; the last is not used.</param>
    /// <param name="vector">Receives the unit eigenvector.</param>
    /// <param name="eigenvalue">The eigenvalue, with its sign.</param>
    /// <param name="gap">Distance to the nearest other eigenvalue.</param>
    public static void LargestMagnitude(
        ReadOnlySpan<double> diagonal, ReadOnlySpan<double> offDiagonal, Span<double> vector, out double eigenvalue, out double gap)
    {
        int n = diagonal.Length;
        Span<double> d = n <= 128 ? stackalloc double[n] : new double[n];
        Span<double> e = n <= 128 ? stackalloc double[n] : new double[n];
        Span<double> z = n <= 64 ? stackalloc double[n * n] : new double[n * n];
        diagonal.CopyTo(d);
        offDiagonal.CopyTo(e);
        e[n - 1] = 0;
        z.Clear();
        for (int k = 0; k < n; k++)
            z[k * n + k] = 1;
        for (int l = 0; l < n; l++)
            Deflate(d, e, z, l);

        int best = 0;
        for (int k = 1; k < n; k++)
        {
            if (Math.Abs(d[k]) > Math.Abs(d[best]))
                best = k;
        }
        eigenvalue = d[best];
        gap = double.MaxValue;
        for (int k = 0; k < n; k++)
        {
            if (k != best)
                gap = Math.Min(gap, Math.Abs(d[k] - eigenvalue));
        }
        // Vectors are kept as rows: row k belongs to eigenvalue k.
        z.Slice(best * n, n).CopyTo(vector);
    }

    /// <summary>Rotates until entry <paramref name="l"/> of the diagonal stands alone.</summary>
    private static void Deflate(Span<double> d, Span<double> e, Span<double> z, int l)
    {
        int n = d.Length;
        while (true)
        {
            int m = l;
            while (m < n - 1 && Math.Abs(e[m]) > 1e-17 * (Math.Abs(d[m]) + Math.Abs(d[m + 1])))
                m++;
            if (m == l)
                return;
            double shift = (d[l + 1] - d[l]) / (2 * e[l]);
            double r = Math.Sqrt(shift * shift + 1);
            double g = d[m] - d[l] + e[l] / (shift + Math.CopySign(r, shift));
            double s = 1, c = 1, p = 0;
            int i = m - 1;
            for (; i >= l; i--)
            {
                double f = s * e[i], b = c * e[i];
                r = Math.Sqrt(f * f + g * g);
                e[i + 1] = r;
                if (r == 0)
                {
                    d[i + 1] -= p;
                    e[m] = 0;
                    break;
                }
                s = f / r;
                c = g / r;
                g = d[i + 1] - p;
                r = (d[i] - g) * s + 2 * c * b;
                p = s * r;
                d[i + 1] = g + p;
                g = c * r - b;
                Rotate(z.Slice((i + 1) * n, n), z.Slice(i * n, n), s, c);
            }
            if (r == 0 && i >= l)
                continue;
            d[l] -= p;
            e[l] = g;
            e[m] = 0;
        }
    }

    private static void Rotate(Span<double> upper, Span<double> lower, double s, double c)
    {
        for (int k = 0; k < upper.Length; k++)
        {
            double f = upper[k];
            upper[k] = s * lower[k] + c * f;
            lower[k] = c * lower[k] - s * f;
        }
    }
}
