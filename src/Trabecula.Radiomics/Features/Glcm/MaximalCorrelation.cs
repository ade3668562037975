using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Trabecula.Radiomics.Features.Glcm;

/// <summary>
/// Maximal correlation coefficient (Haralick f14; PyRadiomics <c>MCC</c>): the root of the second largest eigenvalue of
/// Q(i,j) = sum over k of p(i,k) p(j,k) / (p(i) p(k) + e), e = 2^-52.
/// </summary>
/// <remarks>
/// <para>Without e, and for a symmetric matrix, Q is similar to M squared with M(i,j) = p(i,j) / sqrt(p(i) p(j)), which is symmetric. Its
/// largest eigenvalue is 1 with the known vector sqrt(p(i)); the one wanted is the next in magnitude. Lanczos' iteration, kept orthogonal to that
/// vector and to its own past, finds it in some 10 to 20 products with M instead of the cubic cost of all eigenvalues.</para>
/// <para>e matters for rare levels: two voxels in a million make p(i) p(k) about 1e-12. With M' = M(i,j) / (1 + e / (p(i) p(j))) the matrix
/// is similar to M' M, and to first order the eigenvalue becomes lambda v'M'v for the unit eigenvector v of M.</para>
/// <para>Levels that only ever meet each other are a matrix of their own, with an eigenvalue of 1 of its own; so has a bipartite one, in which
/// levels never meet their own side, with -1. Then the second largest is 1 but for e, and e decides which one it is.</para>
/// </remarks>
internal sealed class MaximalCorrelation
{
    private const double Epsilon = 2.220446049250313e-16;
    private const double Tolerance = 1e-11;

    private double[] _matrix = [];
    private double[] _basis = [];
    private double[] _product = [];
    private double[] _root = [];
    private double[] _inverse = [];
    private int[] _present = [];

    /// <summary>The coefficient, and the sum over cells of p(i,j) / (p(i) p(j)), a by-product that f12 needs.</summary>
    public readonly record struct Result(double Value, double SumOfRatios);

    public Result Compute(CooccurrenceMatrix counts)
    {
        int n = TakePresentLevels(counts, out int padded);
        double sumOfRatios = Normalize(counts, n, padded);
        if (counts.Size == 1)
            return new Result(1, sumOfRatios);
        // Levels without neighbours give eigenvalues of zero.
        if (n < 2)
            return new Result(0, sumOfRatios);
        if (SecondOfSeveralNearOne(n, padded) is double nearOne)
            return new Result(Math.Sqrt(nearOne), sumOfRatios);
        // Fewer pairs than cells: levels hang together by single pairs, several eigenvalues lie close to the wanted one, and the start can
        // be so far from its vector that another one converges first. Such matrices are small enough to use up the space.
        bool isSparse = counts.Total < (double)n * n;
        double eigenvalue = SecondEigenvalue(n, padded, isSparse, out Span<double> vector);
        double corrected = eigenvalue * WithEpsilon(eigenvalue, vector, n, padded);
        return new Result(Math.Sqrt(Math.Max(corrected, 0)), sumOfRatios);
    }

    private int TakePresentLevels(CooccurrenceMatrix counts, out int padded)
    {
        if (_present.Length < counts.Size)
            _present = new int[counts.Size];
        int n = 0;
        for (int i = 0; i < counts.Size; i++)
        {
            if (counts.RowSums[i] > 0)
                _present[n++] = i;
        }
        padded = (n + 3) & ~3;
        if (_matrix.Length < padded * padded)
        {
            _matrix = new double[padded * padded];
            _product = new double[padded];
            _root = new double[padded];
            _inverse = new double[padded];
        }
        return n;
    }

    /// <summary>Fills M, its rows padded with zeros to whole vectors, and the vector of its largest eigenvalue.</summary>
    private double Normalize(CooccurrenceMatrix counts, int n, int padded)
    {
        double total = counts.Total, ratios = 0;
        for (int i = 0; i < n; i++)
        {
            _root[i] = Math.Sqrt(counts.RowSums[_present[i]] / total);
            _inverse[i] = 1 / _root[i];
        }
        _root.AsSpan(n, padded - n).Clear();
        _inverse.AsSpan(n, padded - n).Clear();
        for (int i = 0; i < n; i++)
        {
            Span<double> row = _matrix.AsSpan(i * padded, padded);
            row[n..].Clear();
            double perRow = _inverse[i] / total, sum = 0;
            int counted = _present[i] * counts.Size;
            for (int j = 0; j < n; j++)
            {
                row[j] = counts.Counts[counted + _present[j]] * perRow * _inverse[j];
                sum += row[j] * _inverse[j];
            }
            ratios += sum * _inverse[i];
        }
        return ratios;
    }

    /// <summary>The second largest eigenvalue of Q where several are 1 but for e; null where one is.</summary>
    private double? SecondOfSeveralNearOne(int n, int padded)
    {
        Span<int> side = n <= 512 ? stackalloc int[n] : new int[n];
        Span<int> queue = n <= 512 ? stackalloc int[n] : new int[n];
        side.Clear();
        double largest = double.NegativeInfinity, second = double.NegativeInfinity;
        for (int start = 0; start < n; start++)
        {
            if (side[start] != 0)
                continue;
            (int length, bool bipartite) = Component(start, side, queue, padded);
            if (length == n && !bipartite)
                return null;
            double value = ComponentEigenvalue(queue[..length], padded);
            for (int copy = 0; copy < (bipartite ? 2 : 1); copy++)
                (largest, second) = value > largest ? (value, largest) : (largest, Math.Max(second, value));
        }
        return second;
    }

    /// <summary>Collects the levels that are linked with one, and tries to put neighbours on sides 1 and -1.</summary>
    private (int Length, bool Bipartite) Component(int start, Span<int> side, Span<int> queue, int padded)
    {
        int length = 1;
        bool bipartite = true;
        (queue[0], side[start]) = (start, 1);
        for (int k = 0; k < length; k++)
        {
            int i = queue[k];
            ReadOnlySpan<double> row = _matrix.AsSpan(i * padded, side.Length);
            for (int j = 0; j < row.Length; j++)
            {
                if (row[j] == 0)
                    continue;
                if (side[j] == 0)
                    (queue[length++], side[j]) = (j, -side[i]);
                bipartite &= side[j] != side[i];
            }
        }
        return (length, bipartite);
    }

    /// <summary>v'M'v for the component's own vector v = sqrt(p(i)), normalised.</summary>
    private double ComponentEigenvalue(ReadOnlySpan<int> levels, int padded)
    {
        double sum = 0, norm = 0;
        foreach (int i in levels)
        {
            norm += _root[i] * _root[i];
            double perRow = Epsilon * _inverse[i] * _inverse[i];
            foreach (int j in levels)
                sum += _root[i] * _root[j] * _matrix[i * padded + j] / (1 + perRow * (_inverse[j] * _inverse[j]));
        }
        return sum / norm;
    }

    /// <summary>Lanczos with full reorthogonalisation; ends exactly when the space is used up.</summary>
    private double SecondEigenvalue(int n, int padded, bool toTheEnd, out Span<double> vector)
    {
        if (_basis.Length < padded * (n + 2))
            _basis = new double[padded * (n + 2)];
        Span<double> diagonal = n <= 256 ? stackalloc double[n] : new double[n];
        Span<double> offDiagonal = n <= 256 ? stackalloc double[n] : new double[n];
        Span<double> coefficients = n <= 256 ? stackalloc double[n] : new double[n];
        Start(n, padded);
        double eigenvalue = 0;
        int m = 0;
        for (; m < n - 1;)
        {
            Span<double> v = _basis.AsSpan(m * padded, padded);
            Span<double> w = _product.AsSpan(0, padded);
            Multiply(v, w, n, padded);
            diagonal[m] = Dot(v, w);
            Orthogonalize(w, m + 1, padded);
            double beta = Math.Sqrt(Dot(w, w));
            offDiagonal[m] = beta;
            m++;
            bool exhausted = beta < 1e-13 || m == n - 1;
            if (exhausted || (!toTheEnd && m >= 6 && m % 3 == 0))
            {
                Tridiagonal.LargestMagnitude(diagonal[..m], offDiagonal[..m], coefficients[..m], out eigenvalue, out double gap);
                double residual = beta * Math.Abs(coefficients[m - 1]);
                double error = Math.Min(residual, residual * residual / Math.Max(gap, 1e-300));
                if (exhausted || error <= Tolerance * Math.Abs(eigenvalue))
                    break;
            }
            Span<double> next = _basis.AsSpan(m * padded, padded);
            for (int i = 0; i < padded; i++)
                next[i] = w[i] / beta;
        }
        vector = _product.AsSpan(0, padded);
        vector.Clear();
        for (int k = 0; k < m; k++)
            AddScaled(vector, _basis.AsSpan(k * padded, padded), coefficients[k]);
        return eigenvalue;
    }

    /// <summary>
    /// Neighbouring voxels are alike, so the wanted vector is close to a straight line in the level; the scattered part, the same in every
    /// run, keeps any other vector within reach.
    /// </summary>
    private void Start(int n, int padded)
    {
        Span<double> v = _basis.AsSpan(0, padded);
        v.Clear();
        uint scatter = 2463534242;
        for (int i = 0; i < n; i++)
        {
            scatter ^= scatter << 13;
            scatter ^= scatter >> 17;
            scatter ^= scatter << 5;
            v[i] = _root[i] * (i - 0.5 * n) / n + 0.05 * (scatter / 4294967296.0 - 0.5);
        }
        Orthogonalize(v, 0, padded);
        double norm = Math.Sqrt(Dot(v, v));
        for (int i = 0; i < padded; i++)
            v[i] /= norm;
    }

    /// <summary>Removes the known vector and the first <paramref name="count"/> of the basis, twice: once leaves rounding behind.</summary>
    private void Orthogonalize(Span<double> w, int count, int padded)
    {
        for (int pass = 0; pass < 2; pass++)
        {
            AddScaled(w, _root.AsSpan(0, padded), -Dot(w, _root.AsSpan(0, padded)));
            for (int k = 0; k < count; k++)
            {
                ReadOnlySpan<double> v = _basis.AsSpan(k * padded, padded);
                AddScaled(w, v, -Dot(w, v));
            }
        }
    }

    private void Multiply(ReadOnlySpan<double> v, Span<double> w, int n, int padded)
    {
        w.Clear();
        for (int i = 0; i < n; i++)
            w[i] = Dot(_matrix.AsSpan(i * padded, padded), v);
    }

    /// <summary>v'M'v = lambda - sum of v(i) v(j) M(i,j) d / (1 + d) with d = e / (p(i) p(j)).</summary>
    private double WithEpsilon(double eigenvalue, Span<double> v, int n, int padded)
    {
        double largest = 0;
        for (int i = 0; i < n; i++)
            largest = Math.Max(largest, _inverse[i]);
        if (Epsilon * largest * largest * largest * largest < 1e-6)
        {
            // d is its own first-order term: with w = v / p, the sum is e w'Mw.
            Span<double> w = _basis.AsSpan(0, padded), product = _basis.AsSpan(padded, padded);
            for (int i = 0; i < padded; i++)
                w[i] = v[i] * (_inverse[i] * _inverse[i]);
            Multiply(w, product, n, padded);
            return eigenvalue - Epsilon * Dot(w, product);
        }
        double sum = 0;
        for (int i = 0; i < n; i++)
        {
            ReadOnlySpan<double> row = _matrix.AsSpan(i * padded, padded);
            double perRow = Epsilon * _inverse[i] * _inverse[i], inner = 0;
            for (int j = 0; j < n; j++)
                inner += row[j] * v[j] / (1 + perRow * (_inverse[j] * _inverse[j]));
            sum += v[i] * inner;
        }
        return sum;
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        ref double x = ref MemoryMarshal.GetReference(a);
        ref double y = ref MemoryMarshal.GetReference(b);
        Vector256<double> sum = Vector256<double>.Zero;
        for (int i = 0; i < a.Length; i += 4)
            sum += Vector256.LoadUnsafe(ref x, (nuint)i) * Vector256.LoadUnsafe(ref y, (nuint)i);
        return sum[0] + sum[1] + (sum[2] + sum[3]);
    }

    private static void AddScaled(Span<double> target, ReadOnlySpan<double> source, double factor)
    {
        ref double x = ref MemoryMarshal.GetReference(target);
        ref double y = ref MemoryMarshal.GetReference(source);
        Vector256<double> scale = Vector256.Create(factor);
        for (int i = 0; i < target.Length; i += 4)
            (Vector256.LoadUnsafe(ref x, (nuint)i) + Vector256.LoadUnsafe(ref y, (nuint)i) * scale).StoreUnsafe(ref x, (nuint)i);
    }
}
