namespace Trabecula.Learning.Models;

/// <summary>
/// A Newton step of the dual among the rows that are off their bounds, with Σ β kept: exact where the right rows are off their bounds,
/// where steps of pairs would close in for thousands of rounds.
/// </summary>
/// <remarks>Source: Nocedal and Wright, Numerical Optimization, 2nd ed., section 16.5 (active sets).</remarks>
internal sealed class FreeSetStep(DualProblem problem, KernelRows kernel)
{
    /// <summary>Larger systems cost more than the pairs that they replace.</summary>
    private const int LargestSystem = 600;
    private const int RowsBeyondRank = 12;
    private const double LeastPivot = 1e-11;

    /// <summary>Steps, and again with one row less as often as a row reaches its bound.</summary>
    /// <returns>Whether the last step came to its end: no row was stopped, and the system could be solved.</returns>
    internal bool Take(CancellationToken cancellationToken)
    {
        // More rows than the rank of the kernel have directions that leave every decision as it is; along these, rows go to their bounds
        // one by one, and a few rows more than the rank do for that.
        int most = kernel.LargestRank + RowsBeyondRank;
        int[] free = Free(most);
        while (free.Length is > 1 and <= LargestSystem)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Direction(free) is not { } direction)
                return false;
            double length = 1;
            int stopped = -1;
            for (int k = 0; k < free.Length; k++)
            {
                double room = problem.Room(free[k], direction[k]);
                if (Math.Abs(direction[k]) * length >= room)
                    (length, stopped) = (room / Math.Abs(direction[k]), k);
            }
            for (int k = 0; k < free.Length; k++)
            {
                double before = problem.Coefficients[free[k]];
                if (k == stopped)
                    problem.SetToBound(free[k], direction[k]);
                else
                    problem.Move(free[k], length * direction[k]);
                VectorSums.AddScaled(problem.Residuals, before - problem.Coefficients[free[k]], kernel[free[k]]);
            }
            if (stopped < 0)
                return true;
            free = Free(most);
        }
        return free.Length <= 1;
    }

    /// <summary>About how many steps of pairs take as long as the next step here.</summary>
    internal long CostInPairs()
    {
        long free = Math.Min(Enumerable.Range(0, problem.Count).Count(problem.IsFree), kernel.LargestRank + RowsBeyondRank);
        return free * free * free / (30L * problem.Count);
    }

    private int[] Free(int most) => [.. Enumerable.Range(0, problem.Count).Where(problem.IsFree).Take(most)];

    /// <summary>The solution d of <c>K d + λ = f</c> with <c>Σ d = 0</c> over the free rows; null where the kernel is not positive definite on them.</summary>
    private double[]? Direction(int[] free)
    {
        int n = free.Length;
        var matrix = new double[n * n];
        double scale = 0;
        for (int i = 0; i < n; i++)
        {
            double[] row = kernel[free[i]];
            for (int j = 0; j <= i; j++)
                matrix[i * n + j] = row[free[j]];
            scale = Math.Max(scale, row[free[i]]);
        }
        // Kernels of low rank, the linear one above all, are singular on many rows. The addition bounds the step, which still descends.
        for (int i = 0; i < n; i++)
            matrix[i * n + i] += LeastPivot * scale;
        if (!Cholesky.Factor(matrix, n))
            return null;
        double[] direct = new double[n], ones = new double[n];
        double mean = 0;
        foreach (int row in free)
            mean += problem.Residuals[row] / n;
        for (int i = 0; i < n; i++)
            (direct[i], ones[i]) = (problem.Residuals[free[i]] - mean, 1);
        Cholesky.Solve(matrix, direct);
        Cholesky.Solve(matrix, ones);
        double multiplier = VectorSums.Sum(direct) / VectorSums.Sum(ones);
        VectorSums.AddScaled(direct, -multiplier, ones);
        // On a nearly singular system the solutions are long, and their rounding would move Σ β.
        double drift = VectorSums.Sum(direct) / n;
        for (int i = 0; i < n; i++)
            direct[i] -= drift;
        return Array.TrueForAll(direct, double.IsFinite) ? direct : null;
    }
}
