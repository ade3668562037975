using Trabecula.Learning.Statistics;

namespace Trabecula.Learning.Evaluation;

/// <summary>What of a model's risks is fitted anew to subjects of another place.</summary>
public enum RecalibrationForm
{
    /// <summary>The intercept: <c>logit p' = a + logit p</c>.</summary>
    Intercept,

    /// <summary>Intercept and slope: <c>logit p' = a + b logit p</c>.</summary>
    InterceptAndSlope,
}

/// <summary>A model's risks recalibrated to the subjects of another place, and how good such risks are there.</summary>
/// <remarks>
/// The coefficients to take home are fitted on all subjects. To judge them, each subject's risk is recalibrated with coefficients of the other folds:
/// recalibrated risks judged by the subjects they were fitted to are perfect by construction. Folds are by class, in turn along the order of the rows.
/// Source: Steyerberg, Clinical Prediction Models (2019), section 20.2; Janssen et al., J Clin Epidemiol 61 (2008) 76.
/// </remarks>
/// <param name="Form">What is fitted.</param>
/// <param name="Intercept">The intercept a, from all subjects.</param>
/// <param name="InterceptError">Its standard error.</param>
/// <param name="Slope">The slope b, from all subjects; 1 where it is not fitted.</param>
/// <param name="SlopeError">Its standard error; NaN where it is not fitted.</param>
/// <param name="CrossFitted">The risk of each subject by coefficients of the other folds.</param>
public sealed record Recalibration(
    RecalibrationForm Form, double Intercept, double InterceptError, double Slope, double SlopeError, IReadOnlyList<double> CrossFitted)
{
    /// <summary>Folds of the judgement; fewer where a class has fewer subjects.</summary>
    public const int Folds = 10;

    /// <summary>Fits a recalibration.</summary>
    /// <returns>Null where no finite fit exists: the risks separate the classes, or all are equal and the slope is asked for.</returns>
    /// <exception cref="LearningException">A risk outside 0 to 1.</exception>
    public static Recalibration? Of(RecalibrationForm form, IReadOnlyList<bool> outcomes, IReadOnlyList<double> risks)
    {
        var whole = CoxCalibration.Of(outcomes, risks);
        double[] logOdds = CoxCalibration.LogOdds(risks);
        int[] fold = FoldsOf(outcomes);
        int folds = fold.Max() + 1;
        var judged = new double[risks.Count];
        if (!Exists(form, whole) || folds < 2)
            return null;
        for (int f = 0; f < folds; f++)
        {
            int[] others = [.. Enumerable.Range(0, risks.Count).Where(row => fold[row] != f)];
            var fitted = CoxCalibration.Of([.. others.Select(row => outcomes[row])], [.. others.Select(row => risks[row])]);
            if (!Exists(form, fitted))
                return null;
            (double a, double b) = form == RecalibrationForm.Intercept ? (fitted.InTheLarge, 1) : (fitted.Intercept, fitted.Slope);
            foreach (int row in Enumerable.Range(0, risks.Count).Where(row => fold[row] == f))
                judged[row] = 1 / (1 + Math.Exp(-(a + b * logOdds[row])));
        }
        return form == RecalibrationForm.Intercept
            ? new Recalibration(form, whole.InTheLarge, whole.InTheLargeError, 1, double.NaN, judged)
            : new Recalibration(form, whole.Intercept, whole.InterceptError, whole.Slope, whole.SlopeError, judged);
    }

    /// <summary>The normal interval of the intercept.</summary>
    public ConfidenceInterval InterceptInterval(double level = 0.95) => ConfidenceInterval.Normal(Intercept, InterceptError, level);

    /// <summary>The normal interval of the slope.</summary>
    public ConfidenceInterval SlopeInterval(double level = 0.95) => ConfidenceInterval.Normal(Slope, SlopeError, level);

    private static bool Exists(RecalibrationForm form, CoxCalibration fitted) =>
        double.IsFinite(form == RecalibrationForm.Intercept ? fitted.InTheLarge : fitted.Slope);

    private static int[] FoldsOf(IReadOnlyList<bool> outcomes)
    {
        int events = outcomes.Count(outcome => outcome), folds = Math.Min(Folds, Math.Min(events, outcomes.Count - events));
        var next = new int[2];
        // With less than two of a class there is nothing to judge by.
        return [.. outcomes.Select(outcome => folds < 2 ? 0 : next[outcome ? 1 : 0]++ % folds)];
    }
}
