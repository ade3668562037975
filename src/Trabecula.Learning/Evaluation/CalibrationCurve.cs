using Trabecula.Learning.Statistics;

namespace Trabecula.Learning.Evaluation;

/// <summary>
/// The observed share of events as a smooth function of the predicted risk, by loess (<c>loess(y ~ p, degree = 2, span = 0.75)</c>), with the
/// distances between the two: ICI, E50, E90 and Emax.
/// </summary>
/// <remarks>
/// Source: Austin and Steyerberg, Stat. Med. 38 (2019) 4051. R's default surface and the exact one differ in the third decimal, so the
/// one used is named. The curve is not held within 0 and 1.
/// Edge cases: risks at few levels may leave a neighbourhood of equal risks, which has no curve; see <see cref="CalibrationGroups"/>.
/// </remarks>
public sealed class CalibrationCurve
{
    private readonly Loess _loess;

    private CalibrationCurve(Loess loess, LoessSurface surface, double[] fitted, double[] distances)
    {
        (_loess, Surface, Fitted) = (loess, surface, Array.AsReadOnly(fitted));
        Ici = distances.Average();
        E50 = Quantiles.Of(distances, 0.5);
        E90 = Quantiles.Of(distances, 0.9);
        Emax = distances.Max();
    }

    /// <summary>How the curve was computed.</summary>
    public LoessSurface Surface { get; }

    /// <summary>The curve at each subject's risk, in the subjects' order.</summary>
    public IReadOnlyList<double> Fitted { get; }

    /// <summary>Integrated calibration index: the mean distance of curve and risk over the subjects.</summary>
    public double Ici { get; }

    /// <summary>The median distance.</summary>
    public double E50 { get; }

    /// <summary>The 90th percentile of the distance (linear quantile).</summary>
    public double E90 { get; }

    /// <summary>The largest distance.</summary>
    public double Emax { get; }

    /// <summary>The curve at a risk; NaN outside the range of the subjects' risks.</summary>
    public double At(double risk) => _loess.At(risk);

    /// <summary>Computes the curve.</summary>
    /// <param name="outcomes">True is the event.</param>
    /// <param name="risks">Predicted probabilities.</param>
    /// <param name="surface">R's default, or the exact surface.</param>
    /// <param name="span">Share of the subjects that each local fit uses.</param>
    /// <exception cref="LearningException">A risk outside 0 to 1, only one class, or too few subjects or levels of risk.</exception>
    public static CalibrationCurve Of(
        IReadOnlyList<bool> outcomes, IReadOnlyList<double> risks, LoessSurface surface = LoessSurface.Direct, double span = 0.75)
    {
        Predictions.RequireBothClasses(outcomes, risks, "a calibration curve");
        Loess loess = Loess.Of(risks, [.. outcomes.Select(outcome => outcome ? 1.0 : 0)], span, 2, surface);
        Dictionary<double, double> levels = risks.Distinct().ToDictionary(risk => risk, loess.At);
        double[] fitted = [.. risks.Select(risk => levels[risk])];
        return new CalibrationCurve(loess, surface, fitted, [.. fitted.Zip(risks, (curve, risk) => Math.Abs(curve - risk))]);
    }
}
