namespace Trabecula.Learning.Models;

/// <summary>
/// Damped Newton iteration for the penalised logistic objective. The unknowns are the coefficients followed by the intercept.
/// The objective is strictly convex where both classes occur, so the minimum is unique and the Hessian positive definite.
/// </summary>
internal static class LogisticNewton
{
    private const double GradientTolerance = 1e-10;
    private const int MaximumIterations = 200;

    /// <summary>The coefficients, then the intercept, at the minimum.</summary>
    internal static double[] Minimise(
        ReadOnlySpan<double> design, bool[] outcomes, int width, double c, CancellationToken cancellationToken)
    {
        int unknowns = width + 1;
        var at = new double[unknowns];
        var trial = new double[unknowns];
        var gradient = new double[unknowns];
        var magnitude = new double[unknowns];
        var step = new double[unknowns];
        var hessian = new double[unknowns * unknowns];

        double objective = Objective(design, outcomes, width, c, at);
        for (int iteration = 0; iteration < MaximumIterations; iteration++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Differentiate(design, outcomes, width, c, at, gradient, magnitude, hessian);
            if (RelativeGradient(gradient, magnitude) <= GradientTolerance)
                return at;

            gradient.CopyTo(step, 0);
            if (!Cholesky.SolveInPlace(hessian, step))
                break;
            double slope = 0;
            for (int i = 0; i < unknowns; i++)
                slope -= gradient[i] * step[i];

            // Armijo's rule, halving from the full step. Near the minimum the decrease sinks below the rounding of the objective
            // and can no longer be seen; the full Newton step is right there.
            double length = 1;
            bool belowRounding = -slope <= 1e-13 * (1 + Math.Abs(objective));
            double value;
            while (true)
            {
                for (int i = 0; i < unknowns; i++)
                    trial[i] = at[i] - length * step[i];
                value = Objective(design, outcomes, width, c, trial);
                if (belowRounding || value <= objective + 1e-4 * length * slope || length < 1e-12)
                    break;
                length /= 2;
            }
            (at, trial) = (trial, at);
            objective = value;
        }
        throw new LearningException(
            FormattableString.Invariant($"Logistic regression did not reach its minimum (the gradient is still {RelativeGradient(gradient, magnitude):G3} of its scale)."),
            "Scale the columns to unit standard deviation, or take a smaller C.");
    }

    /// <summary>C times the log loss plus half the squared length of the coefficients.</summary>
    internal static double Objective(ReadOnlySpan<double> design, bool[] outcomes, int width, double c, ReadOnlySpan<double> at)
    {
        double loss = 0, squares = 0;
        for (int row = 0; row < outcomes.Length; row++)
        {
            double logOdds = LogOdds(design.Slice(row * width, width), at);
            double margin = outcomes[row] ? logOdds : -logOdds;
            loss += margin > 0 ? Log1P(Math.Exp(-margin)) : Log1P(Math.Exp(margin)) - margin;
        }
        for (int i = 0; i < width; i++)
            squares += at[i] * at[i];
        return c * loss + 0.5 * squares;
    }

    /// <summary>
    /// Gradient, the sum of the magnitudes that each of its parts is made of, and the lower triangle of the Hessian row by row.
    /// </summary>
    internal static void Differentiate(
        ReadOnlySpan<double> design, bool[] outcomes, int width, double c, ReadOnlySpan<double> at, Span<double> gradient,
        Span<double> magnitude, Span<double> hessian)
    {
        int unknowns = width + 1;
        gradient.Clear();
        magnitude.Clear();
        hessian.Clear();
        for (int row = 0; row < outcomes.Length; row++)
        {
            ReadOnlySpan<double> x = design.Slice(row * width, width);
            // The probability of the other outcome: 1 - risk would lose the digits of a small residual.
            double logOdds = LogOdds(x, at);
            double wrong = Sigmoid(outcomes[row] ? -logOdds : logOdds);
            double residual = outcomes[row] ? -wrong : wrong;
            double weight = wrong * (1 - wrong);
            for (int i = 0; i < width; i++)
            {
                double part = residual * x[i];
                gradient[i] += part;
                magnitude[i] += Math.Abs(part);
                double weighted = weight * x[i];
                Span<double> line = hessian.Slice(i * unknowns, i + 1);
                for (int j = 0; j < line.Length; j++)
                    line[j] += weighted * x[j];
                hessian[width * unknowns + i] += weighted;
            }
            gradient[width] += residual;
            magnitude[width] += wrong;
            hessian[width * unknowns + width] += weight;
        }
        for (int i = 0; i < unknowns; i++)
        {
            gradient[i] *= c;
            magnitude[i] *= c;
            for (int j = 0; j <= i; j++)
                hessian[i * unknowns + j] *= c;
            if (i == width)
                break;
            gradient[i] += at[i];
            magnitude[i] += Math.Abs(at[i]);
            hessian[i * unknowns + i] += 1;
        }
    }

    /// <summary>1 / (1 + exp(-x)) without overflow.</summary>
    internal static double Sigmoid(double x)
    {
        if (x >= 0)
            return 1 / (1 + Math.Exp(-x));
        double e = Math.Exp(x);
        return e / (1 + e);
    }

    private static double LogOdds(ReadOnlySpan<double> x, ReadOnlySpan<double> at)
    {
        double sum = at[x.Length];
        for (int i = 0; i < x.Length; i++)
            sum += at[i] * x[i];
        return sum;
    }

    // log(1 + x) for x in 0..1 to full precision: the rounding of 1 + x is divided out (Kahan; Goldberg 1991, theorem 4).
    private static double Log1P(double x)
    {
        double u = 1 + x;
        return u == 1 ? x : Math.Log(u) * (x / (u - 1));
    }

    // Each part by itself: its rounding goes with its own magnitude, and columns may differ in scale by many powers of ten.
    private static double RelativeGradient(ReadOnlySpan<double> gradient, ReadOnlySpan<double> magnitude)
    {
        double largest = 0;
        for (int i = 0; i < gradient.Length; i++)
        {
            if (gradient[i] != 0)
                largest = Math.Max(largest, Math.Abs(gradient[i]) / magnitude[i]);
        }
        return largest;
    }
}
