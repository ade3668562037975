using Trabecula.Learning.Statistics;

namespace Trabecula.Learning.Evaluation;

/// <summary>The difference of two models' AUROC on the same subjects, by DeLong's paired test.</summary>
/// <remarks>
/// Source: DeLong, DeLong and Clarke-Pearson, Biometrics 44 (1988) 837. Equal to pROC's <c>roc.test(paired = TRUE, method = "delong")</c>.
/// Caveat: for nested models compared on the rows that both were fitted on, the test does not hold its level (Demler, Pencina and
/// D'Agostino, Stat. Med. 31 (2012) 2577); on held-out subjects it does.
/// Edge cases: where the difference has no variance (equal rankings), z is 0 and P is 1 for equal areas, and both are NaN otherwise.
/// </remarks>
/// <param name="First">The first model.</param>
/// <param name="Second">The second.</param>
/// <param name="Covariance">Of the two areas.</param>
public sealed record AurocComparison(Auroc First, Auroc Second, double Covariance)
{
    /// <summary>First area less second.</summary>
    public double Difference => First.Value - Second.Value;

    /// <summary>Standard error of the difference.</summary>
    public double StandardError
    {
        get
        {
            double variance = First.Variance + Second.Variance - 2 * Covariance;
            // Equal rankings leave rounding alone.
            return variance <= 1e-14 * (First.Variance + Second.Variance) ? 0 : Math.Sqrt(variance);
        }
    }

    /// <summary>Difference over standard error.</summary>
    public double Z => StandardError > 0 ? Difference / StandardError : Math.Abs(Difference) < 1e-14 ? 0 : double.NaN;

    /// <summary>Two-sided P.</summary>
    public double P => Distributions.NormalTwoSided(Z);

    /// <summary>The interval of the difference.</summary>
    public ConfidenceInterval Interval(double level = 0.95) => ConfidenceInterval.Normal(Difference, StandardError, level);

    /// <summary>Compares.</summary>
    /// <param name="outcomes">True is the event.</param>
    /// <param name="first">The first model's scores.</param>
    /// <param name="second">The second model's scores of the same subjects, on any scale.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a score is NaN.</exception>
    /// <exception cref="LearningException">Fewer than two of a class.</exception>
    public static AurocComparison Of(IReadOnlyList<bool> outcomes, IReadOnlyList<double> first, IReadOnlyList<double> second) => new(
        Auroc.Of(outcomes, first), Auroc.Of(outcomes, second), Placements.Of(outcomes, first).CovarianceWith(Placements.Of(outcomes, second)));
}
