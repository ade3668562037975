namespace Trabecula.Radiomics.Features.Blocks;

/// <summary>
/// Maximal correlation coefficient of any co-occurrence matrix: the root of the second largest eigenvalue of
/// Q(i,j) = Σ_k p(i,k) p(j,k) / (p_x(i) p_y(k) + e), e = 2^-52.
/// </summary>
/// <remarks>
/// Without e, Q is similar to the symmetric B B' with B(i,k) = p(i,k) / √(p_x(i) p_y(k)). It is left out where it changes no term by more than
/// 1e-11, as in every small kernel of a map: there are too few pairs for p_x(i) p_y(k) to be small. In large regions rare levels make it matter,
/// and the eigenvalues are those of Q itself.
/// </remarks>
internal sealed class AnyMaximalCorrelation
{
    private const double Epsilon = 2.220446049250313e-16;
    private const double Negligible = 1e-11;

    private readonly RealEigenvalues _eigenvalues = new();
    private double[] _matrix = [];
    private double[] _scaled = [];

    /// <summary>The coefficient: 1 in a region of one level, 0 in a kernel with one level of several.</summary>
    /// <param name="p">The normalised matrix.</param>
    /// <param name="px">Sums of its rows.</param>
    /// <param name="py">Sums of its columns.</param>
    /// <param name="regionLevels">Levels of the region that the matrix belongs to; those that are missing give eigenvalues of 0.</param>
    public double Compute(ReadOnlySpan<double> p, ReadOnlySpan<double> px, ReadOnlySpan<double> py, int regionLevels)
    {
        int n = px.Length;
        if (n < 2)
            return regionLevels < 2 ? 1 : 0;
        if (_matrix.Length < n * n)
            (_matrix, _scaled) = (new double[n * n], new double[n * n]);
        double smallest = double.PositiveInfinity;
        for (int i = 0; i < n; i++)
        {
            for (int k = 0; k < n; k++)
                smallest = p[i * n + k] > 0 ? Math.Min(smallest, px[i] * py[k]) : smallest;
        }
        double? second = Epsilon / smallest < Negligible ? null : OfQ(p, px, py);
        return Math.Sqrt(Math.Max(second ?? OfSymmetric(p, px, py), 0));
    }

    private double OfSymmetric(ReadOnlySpan<double> p, ReadOnlySpan<double> px, ReadOnlySpan<double> py)
    {
        int n = px.Length;
        Span<double> scaled = _scaled.AsSpan(0, n * n), product = _matrix.AsSpan(0, n * n);
        for (int i = 0; i < n; i++)
        {
            for (int k = 0; k < n; k++)
                scaled[i * n + k] = p[i * n + k] == 0 ? 0 : p[i * n + k] / Math.Sqrt(px[i] * py[k]);
        }
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = 0;
                for (int k = 0; k < n; k++)
                    sum += scaled[i * n + k] * scaled[j * n + k];
                product[i * n + j] = product[j * n + i] = sum;
            }
        }
        return SymmetricEigenvalues.SecondLargest(product, n);
    }

    /// <summary>The eigenvalue of Q itself; null where the iteration does not settle.</summary>
    private double? OfQ(ReadOnlySpan<double> p, ReadOnlySpan<double> px, ReadOnlySpan<double> py)
    {
        int n = px.Length;
        Span<double> q = _matrix.AsSpan(0, n * n);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                double sum = 0;
                for (int k = 0; k < n; k++)
                {
                    double product = p[i * n + k] * p[j * n + k];
                    if (product != 0)
                        sum += product / (px[i] * py[k] + Epsilon);
                }
                q[i * n + j] = sum;
            }
        }
        return _eigenvalues.SecondLargest(q, n);
    }
}
