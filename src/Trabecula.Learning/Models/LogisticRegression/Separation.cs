namespace Trabecula.Learning.Models;

/// <summary>
/// Separation of the classes: a combination of columns that no row of one class exceeds a row of the other in. The likelihood then has no
/// maximum, since coefficients along it can grow without end. A direction found so is a proof.
/// </summary>
/// <remarks>Source: Albert and Anderson, Biometrika 71 (1984) 1.</remarks>
internal static class Separation
{
    /// <summary>Where log odds are smaller, the fit still moves among rows that overlap, and its steps say nothing.</summary>
    private const double FarLogOdds = 12;
    private const double Rounding = 1e-6;

    /// <summary>Refuses a loss without a minimum, seen from a point on the way there.</summary>
    /// <param name="loss">The loss, evaluated at the point.</param>
    /// <param name="at">The point.</param>
    /// <param name="target">Where the next step leads. Along a separation it goes on and on, while all other parts of it vanish.</param>
    internal static void RequireNone(LogisticLoss loss, double[] at, double[] target)
    {
        bool far = false;
        foreach (double logOdds in loss.LogOdds)
            far |= Math.Abs(logOdds) > FarLogOdds;
        if (!far)
            return;
        double[] direction = [.. target.Select((value, j) => value - at[j])];
        if (loss.Separates(at, 0) || loss.Separates(direction, Rounding))
            throw new LearningException(
                "Logistic regression: a combination of the columns separates the classes, so that the coefficients have no finite estimate.",
                "Use fewer columns, or a penalty (l2, l1 or elasticnet), whose estimates are finite.");
    }
}
