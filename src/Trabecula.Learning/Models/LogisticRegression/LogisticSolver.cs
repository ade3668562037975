namespace Trabecula.Learning.Models;

/// <summary>
/// Damped proximal Newton iteration for <c>loss + ½ l2 |w|² + l1 |w|₁</c>. The unknowns are the coefficients followed by the intercept,
/// which is not penalised. Each iteration minimises the penalised second-order model of the loss among the coefficients that
/// are not 0 or should not be; without an L1 part this is Newton's.
/// </summary>
/// <remarks>Source: Lee, Sun and Saunders, Proximal Newton-type methods, SIAM J. Optim. 24 (2014) 1420.</remarks>
internal sealed class LogisticSolver
{
    private const double Tolerance = 1e-10;
    private const int MaximumIterations = 500;
    /// <summary>Columns that may enter at once, where twice those within are fewer: wide tables grow from the strongest.</summary>
    private const int LeastEntering = 64;

    private readonly LogisticLoss _loss;
    private readonly double _l1;
    private readonly double _l2;
    private readonly int _unknowns;
    private readonly double[] _slopes;
    private readonly double[] _excesses;
    private double[] _at;
    private double[] _trial;

    private LogisticSolver(LogisticLoss loss, double l1, double l2)
    {
        (_loss, _l1, _l2, _unknowns) = (loss, l1, l2, loss.Width + 1);
        (_at, _trial) = (new double[_unknowns], new double[_unknowns]);
        (_slopes, _excesses) = (new double[_unknowns], new double[_unknowns]);
        _at[^1] = loss.BaseLogOdds();
    }

    /// <summary>
    /// The coefficients, then the intercept, at the minimum: each part of the gradient is 0 within 1e-10 of the sum of the magnitudes that
    /// it is made of. The loss is left evaluated there.
    /// </summary>
    /// <param name="loss">The loss.</param>
    /// <param name="l1">Weight of the magnitudes of the coefficients, 0 or more.</param>
    /// <param name="l2">Weight of half their squares, 0 or more.</param>
    /// <param name="cancellationToken">Stops between iterations.</param>
    /// <exception cref="LearningException">
    /// The minimum is not reached, or there is none: without a penalty where a combination of columns separates the classes.
    /// </exception>
    internal static double[] Minimise(LogisticLoss loss, double l1, double l2, CancellationToken cancellationToken) =>
        new LogisticSolver(loss, l1, l2).Run(cancellationToken);

    private double[] Run(CancellationToken cancellationToken)
    {
        double objective = Objective(_at), worst = 0;
        for (int iteration = 0; iteration < MaximumIterations; iteration++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            worst = Differentiate();
            if (worst <= Tolerance)
                return _at;
            int[] working = WorkingSet();
            double[] target = MinimiseModel(working, cancellationToken);
            if (_l1 == 0 && _l2 == 0)
                Separation.RequireNone(_loss, _at, target);
            objective = Search(working, target, objective);
        }
        throw new LearningException(
            FormattableString.Invariant($"Logistic regression did not reach its minimum (the gradient is still {worst:G3} of its scale)."),
            "Scale the columns to unit standard deviation, or take a smaller C.");
    }

    private double Objective(ReadOnlySpan<double> at)
    {
        double squares = 0, magnitudes = 0;
        for (int j = 0; j < _loss.Width; j++)
        {
            squares += at[j] * at[j];
            magnitudes += Math.Abs(at[j]);
        }
        return _loss.Evaluate(at) + 0.5 * _l2 * squares + _l1 * magnitudes;
    }

    /// <summary>The derivatives of the smooth part, and how far each is from what the minimum asks for.</summary>
    /// <returns>The largest of these, each relative to the magnitudes that it is made of.</returns>
    private double Differentiate()
    {
        double worst = 0;
        for (int j = 0; j < _unknowns; j++)
        {
            double l1 = j == _loss.Width ? 0 : _l1, l2 = j == _loss.Width ? 0 : _l2;
            _slopes[j] = _loss.Slope(j) + l2 * _at[j];
            _excesses[j] = _at[j] == 0 ? Math.Max(Math.Abs(_slopes[j]) - l1, 0) : Math.Abs(_slopes[j] + l1 * Math.Sign(_at[j]));
            // Each part by itself: its rounding goes with its own magnitude, and columns may differ in scale by many powers of ten.
            if (_excesses[j] > 0)
                worst = Math.Max(worst, _excesses[j] / (_loss.Magnitude(j) + l2 * Math.Abs(_at[j]) + l1));
        }
        return worst;
    }

    private int[] WorkingSet()
    {
        int[] all = [.. Enumerable.Range(0, _unknowns)];
        if (_l1 == 0)
            return all;
        int[] within = [.. all.Where(j => _at[j] != 0 || j == _loss.Width)];
        IEnumerable<int> entering = all.Where(j => _at[j] == 0 && j != _loss.Width && _excesses[j] > 0)
            .OrderByDescending(j => _excesses[j]).Take(Math.Max(LeastEntering, 2 * within.Length));
        int[] working = [.. within, .. entering];
        Array.Sort(working);
        return working;
    }

    /// <summary>Where the penalised second-order model of the loss has its minimum; columns outside the working set stay.</summary>
    private double[] MinimiseModel(int[] working, CancellationToken cancellationToken)
    {
        int n = working.Length;
        var hessian = new double[n * n];
        _loss.Hessian(working, hessian);
        double[] at = Array.ConvertAll(working, j => _at[j]), linear = new double[n], penalties = new double[n];
        for (int i = 0; i < n; i++)
        {
            bool penalised = working[i] != _loss.Width;
            hessian[i * n + i] += penalised ? _l2 : 0;
            penalties[i] = penalised ? _l1 : 0;
        }
        for (int i = 0; i < n; i++)
            linear[i] = _slopes[working[i]] - VectorSums.Dot(hessian.AsSpan(i * n, n), at);
        new SparseQuadratic(hessian, linear, penalties).Minimise(at, cancellationToken);
        double[] target = [.. _at];
        for (int i = 0; i < n; i++)
            target[working[i]] = at[i];
        return target;
    }

    /// <summary>
    /// Moves towards the target by Armijo's rule, halving from the full step. Near the minimum the decrease sinks below the rounding of
    /// the objective and can no longer be seen; the full step is right there.
    /// </summary>
    /// <returns>The objective there.</returns>
    private double Search(int[] working, double[] target, double objective)
    {
        double slope = 0;
        foreach (int j in working)
        {
            double l1 = j == _loss.Width ? 0 : _l1;
            slope += _slopes[j] * (target[j] - _at[j]) + l1 * (Math.Abs(target[j]) - Math.Abs(_at[j]));
        }
        bool belowRounding = -slope <= 1e-13 * (1 + Math.Abs(objective));
        for (double length = 1; ; length /= 2)
        {
            for (int j = 0; j < _unknowns; j++)
                _trial[j] = length == 1 ? target[j] : _at[j] + length * (target[j] - _at[j]);
            double value = Objective(_trial);
            if (belowRounding || value <= objective + 1e-4 * length * slope || length < 1e-12)
            {
                (_at, _trial) = (_trial, _at);
                return value;
            }
        }
    }
}
