namespace Trabecula.Learning.Models;

/// <summary>
/// Sequential minimal optimisation with the second-order choice of pairs, helped by Newton steps among the free rows.
/// </summary>
/// <remarks>
/// Source: Fan, Chen and Lin, Working set selection using second order information for training support vector machines, J. Mach. Learn.
/// Res. 6 (2005) 1889. No shrinking. The point stays feasible and the objective falls at every step.
/// </remarks>
internal sealed class DualSolver(DualProblem problem, KernelRows kernel, double tolerance)
{
    private const int MaximumSteps = 10_000_000;
    private const int StepsBetweenChecks = 32;

    private int _steps;

    /// <summary>Moves to the minimum.</summary>
    /// <returns>The intercept.</returns>
    /// <exception cref="LearningException">The minimum is not reached.</exception>
    internal double Run(CancellationToken cancellationToken)
    {
        var freeSet = new FreeSetStep(problem, kernel);
        int wait = kernel.Count, next = wait, last = 0;
        bool renewed = false;
        while (_steps < MaximumSteps)
        {
            if (_steps % StepsBetweenChecks == 0)
                cancellationToken.ThrowIfCancellationRequested();
            int rising = problem.MostRising();
            double[] rowRising = kernel[rising];
            (int falling, double violation) = problem.BestPartner(rising, rowRising);
            bool moved = false;
            if (violation > tolerance && falling >= 0)
            {
                moved = problem.StepPair(rising, falling, rowRising, kernel[falling]);
                _steps++;
                renewed &= !moved;
            }
            if (!moved)
            {
                // Either the minimum, or rounding: what it has added up is taken out once, and then this is as near as doubles come.
                if (renewed)
                    return Intercept();
                if (violation <= tolerance && _steps > last && freeSet.CostInPairs() <= _steps)
                    freeSet.Take(cancellationToken);
                problem.RenewResiduals();
                renewed = true;
            }
            else if (_steps >= next)
            {
                // Never more time on Newton steps than on pairs: where pairs close in fast, the systems are the larger work.
                if (last + freeSet.CostInPairs() is var due && due > _steps)
                {
                    next = (int)Math.Min(due, MaximumSteps);
                    continue;
                }
                wait = freeSet.Take(cancellationToken) ? Math.Max(16, wait / 4) : 2 * wait;
                last = _steps;
                next = _steps + wait;
            }
        }
        (double most, double least) = problem.Extremes();
        throw new LearningException(
            FormattableString.Invariant($"Support vector machine: after {MaximumSteps} steps the optimality conditions are still violated by {most - least:G3}, more than {tolerance:G3}."),
            "Scale the columns to unit standard deviation, or take a smaller C or degree.");
    }

    /// <summary>The mean residual of rows off their bounds; where there is none, the middle of the values that fit.</summary>
    private double Intercept()
    {
        double sum = 0;
        int free = 0;
        for (int i = 0; i < problem.Count; i++)
        {
            if (!problem.IsFree(i))
                continue;
            sum += problem.Residuals[i];
            free++;
        }
        (double rising, double falling) = problem.Extremes();
        return free > 0 ? sum / free : (rising + falling) / 2;
    }
}
