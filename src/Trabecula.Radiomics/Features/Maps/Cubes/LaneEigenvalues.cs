using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Trabecula.Radiomics.Features.Maps.Cubes;

/// <summary>
/// The largest absolute eigenvalues of four small symmetric matrices at a time, one in each lane of a vector: reduction to tridiagonal form by
/// Householder reflections, then Laguerre's iteration on the characteristic polynomial from outside both ends of the spectrum, where it descends
/// towards the outermost root. No lane looks at another: a value does not depend on its neighbours.
/// </summary>
/// <remarks>
/// Sources: Golub and Van Loan, Matrix Computations, 4th ed., algorithm 8.3.1; Parlett, Laguerre's method applied to the matrix eigenvalue problem,
/// Math. Comp. 18 (1964). Close to several equal roots the polynomial rounds to a root that is off in its eighth digit, so each result is
/// checked by counting eigenvalues on both sides of it, and Jacobi's rotations replace one that fails.
/// </remarks>
internal sealed class LaneEigenvalues(int largestSize)
{
    /// <summary>Matrices at a time.</summary>
    public const int Lanes = 4;

    /// <summary>Vectors of less than this length are rounding; so are matrices.</summary>
    private const double Nothing = 1e-14;

    private const int MostSteps = 40;
    private const double StepTolerance = 1e-9;
    private const double Checked = 1e-8;

    private readonly double[] _matrices = new double[largestSize * largestSize * Lanes];
    private readonly double[] _copy = new double[largestSize * largestSize * Lanes];
    private readonly double[] _one = new double[largestSize * largestSize];
    private readonly Vector256<double>[] _reflection = new Vector256<double>[largestSize], _product = new Vector256<double>[largestSize];
    private readonly Vector256<double>[] _diagonal = new Vector256<double>[largestSize], _beside = new Vector256<double>[largestSize];
    private int _size;

    /// <summary>Begins with matrices of a size, all 0: element (i, j), i ≥ j, of a lane is at (i * size + j) * <see cref="Lanes"/> + lane.</summary>
    public Span<double> Begin(int size)
    {
        _size = size;
        Span<double> matrices = _matrices.AsSpan(0, size * size * Lanes);
        matrices.Clear();
        return matrices;
    }

    /// <summary>Writes each lane's largest absolute eigenvalue.</summary>
    public void LargestAbsolute(Span<double> values)
    {
        Span<double> matrices = _matrices.AsSpan(0, _size * _size * Lanes);
        matrices.CopyTo(_copy);
        Reduce(MemoryMarshal.Cast<double, Vector256<double>>(matrices));
        Vector256<double> squares = default;
        for (int i = 0; i < _size; i++)
            squares += _diagonal[i] * _diagonal[i] + (i > 0 ? _beside[i] + _beside[i] : default);
        // No eigenvalue is above the matrix' norm.
        Vector256<double> norm = Vector256.Sqrt(squares) * Vector256.Create(1 + 1e-12), result = Descend(norm);
        Vector256<double> good = Vector256.LessThanOrEqual(norm, Vector256.Create(Nothing))
            | (HoldsAll(result * Vector256.Create(1 + Checked)) & ~HoldsAll(result * Vector256.Create(1 - Checked)));
        uint isGood = good.ExtractMostSignificantBits();
        for (int lane = 0; lane < Lanes; lane++)
            values[lane] = (isGood >> lane & 1) != 0 ? result[lane] : ByRotations(lane);
    }

    /// <summary>Reduces the matrices to <see cref="_diagonal"/> and the squares beside it, <see cref="_beside"/>.</summary>
    private void Reduce(Span<Vector256<double>> a)
    {
        int n = _size;
        for (int k = 0; k < n - 2; k++)
        {
            _diagonal[k] = a[k * n + k];
            Vector256<double> first = a[(k + 1) * n + k], tail = default;
            for (int i = k + 2; i < n; i++)
            {
                Vector256<double> element = a[i * n + k];
                tail += element * element;
                _reflection[i] = element;
            }
            Vector256<double> isNothing = Vector256.LessThanOrEqual(tail, Vector256.Create(Nothing * Nothing * Nothing));
            Vector256<double> square = first * first + tail, length = Vector256.Sqrt(square);
            _beside[k + 1] = square;
            // Away from the element, whose sign the length takes.
            Vector256<double> head = first + Vector256.ConditionalSelect(Vector256.LessThan(first, default), -length, length);
            Vector256<double> scale = Vector256.ConditionalSelect(isNothing, default, Vector256.Create(2.0) / (head * head + tail));
            _reflection[k + 1] = head;
            Multiply(a, k + 1, scale);
            Subtract(a, k + 1, scale);
        }
        if (n > 1)
        {
            _diagonal[n - 2] = a[(n - 2) * n + n - 2];
            _beside[n - 1] = a[(n - 1) * n + n - 2] * a[(n - 1) * n + n - 2];
        }
        _diagonal[n - 1] = a[(n - 1) * n + n - 1];
    }

    /// <summary>The scaled product of the rest of the matrix from a row on and the reflection's normal.</summary>
    private void Multiply(Span<Vector256<double>> a, int start, Vector256<double> scale)
    {
        int n = _size;
        Vector256<double>[] v = _reflection, p = _product;
        for (int i = start; i < n; i++)
        {
            Vector256<double> vi = v[i], sum = a[i * n + i] * vi;
            for (int j = start; j < i; j++)
            {
                Vector256<double> element = a[i * n + j];
                sum += element * v[j];
                p[j] += element * vi;
            }
            p[i] = sum;
        }
        for (int i = start; i < n; i++)
            p[i] *= scale;
    }

    private void Subtract(Span<Vector256<double>> a, int start, Vector256<double> scale)
    {
        int n = _size;
        Vector256<double>[] v = _reflection, p = _product;
        Vector256<double> half = default;
        for (int i = start; i < n; i++)
            half += v[i] * p[i];
        half *= scale * Vector256.Create(0.5);
        for (int i = start; i < n; i++)
        {
            Vector256<double> vi = v[i], qi = p[i] -= half * vi;
            for (int j = start; j <= i; j++)
                a[i * n + j] -= vi * p[j] + qi * v[j];
        }
    }

    /// <summary>Laguerre's iteration from both ends, of the matrix and of its negative.</summary>
    private Vector256<double> Descend(Vector256<double> norm)
    {
        int n = _size;
        Vector256<double> up = norm, down = norm, one = Vector256.Create(1.0), tolerance = Vector256.Create(StepTolerance);
        // A lane that has arrived stays where it is while others go on.
        Vector256<double> upMoves = Vector256<double>.AllBitsSet, downMoves = upMoves;
        for (int step = 0; step < MostSteps; step++)
        {
            // The polynomial of i rows by those of i - 1 and i - 2, with its first two derivatives, of the matrix (p) and of its negative (q).
            Vector256<double> p0 = one, p1 = default, p2 = default, before0 = default, before1 = default, before2 = default;
            Vector256<double> q0 = one, q1 = default, q2 = default, last0 = default, last1 = default, last2 = default;
            for (int i = 0; i < n; i++)
            {
                Vector256<double> beside = i > 0 ? _beside[i] : default, u = up - _diagonal[i], w = down + _diagonal[i];
                Vector256<double> next0 = u * p0 - beside * before0, next1 = u * p1 - beside * before1 + p0, next2 = u * p2 - beside * before2 + p1 + p1;
                (before0, before1, before2, p0, p1, p2) = (p0, p1, p2, next0, next1, next2);
                next0 = w * q0 - beside * last0;
                next1 = w * q1 - beside * last1 + q0;
                next2 = w * q2 - beside * last2 + q1 + q1;
                (last0, last1, last2, q0, q1, q2) = (q0, q1, q2, next0, next1, next2);
            }
            Vector256<double> upwards = Step(p0, p1, p2, n) & upMoves, downwards = Step(q0, q1, q2, n) & downMoves;
            upMoves &= Vector256.GreaterThan(upwards, tolerance * up);
            downMoves &= Vector256.GreaterThan(downwards, tolerance * down);
            up -= upwards;
            down -= downwards;
            if ((upMoves | downMoves) == Vector256<double>.Zero)
                break;
        }
        return Vector256.Max(up, down);
    }

    /// <summary>n p / (p' + √((n - 1) ((n - 1) p'² - n p p''))), which is not negative outside the roots.</summary>
    private static Vector256<double> Step(Vector256<double> p0, Vector256<double> p1, Vector256<double> p2, int n)
    {
        Vector256<double> size = Vector256.Create((double)n), rest = Vector256.Create(n - 1.0);
        Vector256<double> discriminant = rest * (rest * (p1 * p1) - size * (p0 * p2));
        Vector256<double> divisor = p1 + Vector256.Sqrt(Vector256.Max(discriminant, default));
        return size * Vector256.Max(p0, default) / Vector256.Max(divisor, Vector256.Create(double.Epsilon));
    }

    /// <summary>All bits set in lanes where no eigenvalue has an absolute value above a bound, by the signs of the pivots (Sylvester).</summary>
    private Vector256<double> HoldsAll(Vector256<double> bound)
    {
        Vector256<double> up = bound - _diagonal[0], down = bound + _diagonal[0], tiny = Vector256.Create(1e-300);
        Vector256<double> positive = Vector256.GreaterThan(up, default) & Vector256.GreaterThan(down, default);
        for (int i = 1; i < _size; i++)
        {
            up = bound - _diagonal[i] - _beside[i] / Vector256.Max(up, tiny);
            down = bound + _diagonal[i] - _beside[i] / Vector256.Max(down, tiny);
            positive &= Vector256.GreaterThan(up, default) & Vector256.GreaterThan(down, default);
        }
        return positive;
    }

    private double ByRotations(int lane)
    {
        int n = _size;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
                _one[i * n + j] = _one[j * n + i] = _copy[(i * n + j) * Lanes + lane];
        }
        return Blocks.SymmetricEigenvalues.LargestAbsolute(_one, n);
    }
}
