namespace Trabecula.Learning.Models;

/// <summary>
/// The minimum of <c>½ vᵀHv + qᵀv + Σ l_j |v_j|</c>: coordinate descent until no sign changes, then one Newton step among the
/// coordinates that are not 0, which is exact where the signs are right, and again until the conditions of the minimum hold.
/// </summary>
/// <remarks>
/// Source: Friedman, Hastie and Tibshirani, J. Stat. Softw. 33 (2010) 1, for the descent; Lee, Battle, Raina and Ng, Efficient sparse
/// coding algorithms, NIPS 2006, for the step among fixed signs. Either lowers the objective, so their alternation ends; descent
/// alone would take thousands of sweeps where columns are nearly copies of each other.
/// </remarks>
internal sealed class SparseQuadratic
{
    private const double Rounding = 1e-12;
    private const int MaximumRounds = 500;
    private const int SweepsPerRound = 10;

    private readonly int _n;
    private readonly double[] _h;
    private readonly double[] _q;
    private readonly double[] _penalties;
    private readonly double[] _slopes;

    /// <summary>Takes a problem.</summary>
    /// <param name="h">Symmetric and positive semidefinite, row by row.</param>
    /// <param name="q">The linear part.</param>
    /// <param name="penalties">What the magnitude of each coordinate costs; 0 for a free one.</param>
    internal SparseQuadratic(double[] h, double[] q, double[] penalties)
    {
        (_n, _h, _q, _penalties) = (q.Length, h, q, penalties);
        _slopes = new double[_n];
    }

    /// <summary>Moves to the minimum.</summary>
    internal void Minimise(Span<double> v, CancellationToken cancellationToken)
    {
        bool smooth = Array.TrueForAll(_penalties, penalty => penalty == 0);
        for (int round = 0; round < MaximumRounds; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (round == 0)
                RenewSlopes(v);
            for (int sweep = 0; !smooth && sweep < SweepsPerRound && Descend(v); sweep++)
            {
            }
            while (StepAmongSigns(v))
            {
            }
            RenewSlopes(v);
            if (smooth || IsMinimum(v))
                return;
        }
    }

    private void RenewSlopes(ReadOnlySpan<double> v)
    {
        for (int j = 0; j < _n; j++)
            _slopes[j] = _q[j] + VectorSums.Dot(Line(j), v);
    }

    /// <summary>Minimises along each coordinate in turn.</summary>
    /// <returns>Whether a coordinate changed its sign, left 0 or went there.</returns>
    private bool Descend(Span<double> v)
    {
        bool changed = false;
        for (int j = 0; j < _n; j++)
        {
            double curvature = _h[j * _n + j], old = v[j];
            if (curvature <= 0)
                continue;
            double target = curvature * old - _slopes[j];
            double moved = Math.CopySign(Math.Max(Math.Abs(target) - _penalties[j], 0), target) / curvature;
            if (moved == old)
                continue;
            v[j] = moved;
            VectorSums.AddScaled(_slopes, moved - old, Line(j));
            changed |= _penalties[j] > 0 && Math.Sign(moved) != Math.Sign(old);
        }
        return changed;
    }

    /// <summary>A Newton step among the coordinates that are not 0, as far as their signs stay.</summary>
    /// <returns>Whether a coordinate reached 0 on the way, so that another step follows.</returns>
    private bool StepAmongSigns(Span<double> v)
    {
        var support = new List<int>(_n);
        for (int j = 0; j < _n; j++)
        {
            if (v[j] != 0 || _penalties[j] == 0)
                support.Add(j);
        }
        double[] step = NewtonStep(support, v);
        double length = 1;
        int stopped = -1;
        for (int i = 0; i < step.Length; i++)
        {
            double at = v[support[i]];
            if (_penalties[support[i]] == 0 || step[i] == 0 || (at > 0 ? at + step[i] > 0 : at + step[i] < 0))
                continue;
            double reach = -at / step[i];
            if (reach < length || stopped < 0)
                (length, stopped) = (Math.Min(reach, length), support[i]);
        }
        for (int i = 0; i < step.Length; i++)
        {
            int j = support[i];
            double moved = j == stopped ? 0 : v[j] + length * step[i];
            VectorSums.AddScaled(_slopes, moved - v[j], Line(j));
            v[j] = moved;
        }
        return stopped >= 0;
    }

    private double[] NewtonStep(List<int> support, ReadOnlySpan<double> v)
    {
        int n = support.Count;
        var matrix = new double[n * n];
        var step = new double[n];
        // Copies of a column make the system singular. A little more on its diagonal bounds the step, which still descends.
        for (double ridge = 0; ridge < 1; ridge = Math.Max(ridge * 100, 1e-13))
        {
            for (int i = 0; i < n; i++)
            {
                int at = support[i];
                step[i] = -_slopes[at] - _penalties[at] * Math.Sign(v[at]);
                for (int j = 0; j < i; j++)
                    matrix[i * n + j] = _h[at * _n + support[j]];
                matrix[i * n + i] = _h[at * _n + at] * (1 + ridge);
            }
            if (!Cholesky.Factor(matrix, n, relativePivot: 1e-14))
                continue;
            Cholesky.Solve(matrix, step);
            return step;
        }
        Array.Clear(step);
        return step;
    }

    private bool IsMinimum(ReadOnlySpan<double> v)
    {
        for (int j = 0; j < _n; j++)
        {
            double tolerance = Rounding * (Math.Abs(_q[j]) + VectorSums.DotOfMagnitudes(Line(j), v) + _penalties[j]);
            double excess = v[j] == 0
                ? Math.Abs(_slopes[j]) - _penalties[j]
                : Math.Abs(_slopes[j] + _penalties[j] * Math.Sign(v[j]));
            if (excess > tolerance)
                return false;
        }
        return true;
    }

    private ReadOnlySpan<double> Line(int j) => _h.AsSpan(j * _n, _n);
}
