namespace Trabecula.Radiomics.Features.Blocks;

/// <summary>
/// Maximal correlation coefficient of any co-occurrence matrix: the root of the second largest eigenvalue of
/// Q(i,j) = Σ_k p(i,k) p(j,k) / (p_x(i) p_y(k) + e). Q is not symmetric, e within it; so all its eigenvalues are found.
/// </summary>
internal sealed class AnyMaximalCorrelation
{
    private const double Epsilon = 2.220446049250313e-16;

    private readonly RealEigenvalues _eigenvalues = new();
    private double[] _q = [];

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
        if (_q.Length < n * n)
            _q = new double[n * n];
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
                _q[i * n + j] = sum;
            }
        }
        double second = _eigenvalues.SecondLargest(_q.AsSpan(0, n * n), n);
        return Math.Sqrt(Math.Max(second, 0));
    }
}
