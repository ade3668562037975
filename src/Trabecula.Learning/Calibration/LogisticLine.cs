using Trabecula.Learning.Models;

namespace Trabecula.Learning.Calibration;

/// <summary>
/// The line <c>slope · x + intercept</c> whose logistic function comes nearest to targets: minimises
/// <c>Σ log(1 + exp(z_i)) - t_i z_i</c>. No penalty; convex, with a unique minimum where x varies and the targets do not separate along it.
/// </summary>
internal static class LogisticLine
{
    private const int MaximumIterations = 200;
    private const double Rounding = 1e-13;

    /// <summary>Newton's method with halving, on x brought to mean 0 and deviation 1 so that no scale of x is a hard one.</summary>
    /// <param name="x">At least one number.</param>
    /// <param name="targets">For each a number from 0 to 1.</param>
    /// <exception cref="LearningException">No minimum was reached.</exception>
    internal static (double Slope, double Intercept) Fit(ReadOnlySpan<double> x, ReadOnlySpan<double> targets)
    {
        double mean = Mean(x), target = Mean(targets);
        double[] centred = new double[x.Length];
        double squares = 0;
        for (int i = 0; i < x.Length; i++)
        {
            centred[i] = x[i] - mean;
            squares += centred[i] * centred[i];
        }
        double deviation = Math.Sqrt(squares / x.Length);
        double level = Math.Log(target / (1 - target));
        if (deviation <= Rounding * Math.Abs(mean))
            return (0, level);
        for (int i = 0; i < centred.Length; i++)
            centred[i] /= deviation;

        (double slope, double intercept) = Minimise(centred, targets, level);
        return (slope / deviation, intercept - slope * mean / deviation);
    }

    private static (double Slope, double Intercept) Minimise(ReadOnlySpan<double> x, ReadOnlySpan<double> targets, double level)
    {
        double slope = 0, intercept = level, objective = Objective(x, targets, slope, intercept);
        for (int iteration = 0, lastSteps = 0; iteration < MaximumIterations; iteration++)
        {
            (double slopeStep, double interceptStep, double decrease) = NewtonStep(x, targets, slope, intercept);
            double length = 1;
            // A decrease below the rounding of the objective cannot be seen, but there the full step is right, and the second one exact.
            bool isLast = decrease <= Rounding * (1 + objective);
            while (!isLast && length > Rounding &&
                   !(Objective(x, targets, slope - length * slopeStep, intercept - length * interceptStep) <= objective - 1e-4 * length * decrease))
                length /= 2;
            slope -= length * slopeStep;
            intercept -= length * interceptStep;
            objective = Objective(x, targets, slope, intercept);
            if (isLast && ++lastSteps == 2)
                return (slope, intercept);
        }
        throw new LearningException("Calibration: the logistic line did not reach its minimum.", "Use another method of calibration.");
    }

    private static (double Slope, double Intercept, double Decrease) NewtonStep(
        ReadOnlySpan<double> x, ReadOnlySpan<double> targets, double slope, double intercept)
    {
        double g0 = 0, g1 = 0, h00 = 0, h01 = 0, h11 = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double p = LogisticLoss.Sigmoid(slope * x[i] + intercept);
            double weight = p * LogisticLoss.Sigmoid(-slope * x[i] - intercept), residual = p - targets[i];
            g0 += residual;
            g1 += residual * x[i];
            h00 += weight;
            h01 += weight * x[i];
            h11 += weight * x[i] * x[i];
        }
        double determinant = h00 * h11 - h01 * h01;
        if (!(determinant > 0))
            throw new LearningException("Calibration: the scores are too far apart for a logistic line.", "Use another method of calibration.");
        double slopeStep = (h00 * g1 - h01 * g0) / determinant, interceptStep = (h11 * g0 - h01 * g1) / determinant;
        return (slopeStep, interceptStep, g0 * interceptStep + g1 * slopeStep);
    }

    private static double Objective(ReadOnlySpan<double> x, ReadOnlySpan<double> targets, double slope, double intercept)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double z = slope * x[i] + intercept;
            // log(1 + exp(z)) - t z, with the part that grows taken out of the exponential.
            sum += Math.Log(1 + Math.Exp(-Math.Abs(z))) + Math.Max(z, 0) - targets[i] * z;
        }
        return sum;
    }

    private static double Mean(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
            sum += value;
        return sum / values.Length;
    }
}
