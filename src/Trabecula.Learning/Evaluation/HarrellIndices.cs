using Trabecula.Learning.Statistics;

namespace Trabecula.Learning.Evaluation;

/// <summary>The indices of <c>rms::val.prob</c> that the other measures do not hold.</summary>
/// <remarks>
/// Definitions, with L the log likelihood and n subjects: D = (2 (L of the risks - L of the prevalence) - 1) / n;
/// U = (2 (L of the recalibrated risks - L of the risks) - 2) / n; Q = D - U; R² is Nagelkerke's, of
/// the risks as they are. Eavg, E90 and Emax
/// are distances of the risks from a lowess curve (<c>lowess(p, y, iter = 0)</c>); they are not ICI, E90 and Emax of <see cref="CalibrationCurve"/>.
/// Source: Harrell, Regression Modeling Strategies (2015), section 10.9; Miller, Hui and Tierney, Stat. Med. 10 (1991) 1213.
/// Edge cases: NaN where <see cref="CoxCalibration"/> has no finite fit.
/// </remarks>
/// <param name="SomersDxy">2 (AUROC - 1/2).</param>
/// <param name="NagelkerkeR2">Explained variation.</param>
/// <param name="Discrimination">D.</param>
/// <param name="Unreliability">U.</param>
/// <param name="LowessEavg">Mean distance from the lowess curve.</param>
/// <param name="LowessE90">90th percentile of the distance.</param>
/// <param name="LowessEmax">The largest distance.</param>
public sealed record HarrellIndices(
    double SomersDxy, double NagelkerkeR2, double Discrimination, double Unreliability, double LowessEavg, double LowessE90, double LowessEmax)
{
    /// <summary>Q = D - U, the quality of the risks as they are.</summary>
    public double Quality => Discrimination - Unreliability;

    /// <summary>Computes the indices.</summary>
    /// <exception cref="LearningException">A risk outside 0 to 1, or only one class.</exception>
    public static HarrellIndices Of(IReadOnlyList<bool> outcomes, IReadOnlyList<double> risks)
    {
        Predictions.RequireBothClasses(outcomes, risks, "a set of val.prob's indices");
        double n = outcomes.Count, prevalence = outcomes.Count(outcome => outcome) / n;
        CoxCalibration cox = CoxCalibration.Of(outcomes, risks);
        double[] logOdds = CoxCalibration.LogOdds(risks);
        double level = -2 * n * (prevalence * Math.Log(prevalence) + (1 - prevalence) * Math.Log(1 - prevalence));
        double recalibrated = 2 * CoxCalibration.MinusLogLikelihood(outcomes, logOdds, cox.Intercept, cox.Slope);
        double asTheyAre = 2 * CoxCalibration.MinusLogLikelihood(outcomes, logOdds, 0, 1);
        double[] smooth = Lowess.Of(risks, [.. outcomes.Select(outcome => outcome ? 1.0 : 0)]);
        double[] distances = [.. smooth.Zip(risks, (curve, risk) => Math.Abs(curve - risk))];
        return new HarrellIndices(
            2 * Auroc.ValueOf(outcomes, risks) - 1, (1 - Math.Exp((asTheyAre - level) / n)) / (1 - Math.Exp(-level / n)),
            (level - asTheyAre - 1) / n, (asTheyAre - recalibrated - 2) / n, distances.Average(), Quantiles.Of(distances, 0.9), distances.Max());
    }
}
