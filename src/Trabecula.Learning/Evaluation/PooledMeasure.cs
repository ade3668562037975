using Trabecula.Learning.Statistics;

namespace Trabecula.Learning.Evaluation;

/// <summary>A measure of risks that can be pooled over places: how it is estimated, and on which scale.</summary>
public enum PoolableMeasure
{
    /// <summary>The AUROC, pooled as log odds with DeLong's variance by the delta method.</summary>
    Auroc,

    /// <summary>Observed over expected events, pooled as a logarithm with variance <c>(1 - share of events) / events</c>.</summary>
    ObservedOverExpected,

    /// <summary>Calibration in the large.</summary>
    InTheLarge,

    /// <summary>The calibration slope.</summary>
    Slope,
}

/// <summary>A measure in several places: what each has, and what they have together.</summary>
/// <remarks>Scales and variances: Debray et al., BMJ 356 (2017) i6460, appendix; Snell et al., Stat Methods Med Res 27 (2018) 3505.</remarks>
/// <param name="Measure">The measure.</param>
/// <param name="Pooled">The places together, on the measure's scale.</param>
/// <param name="LeftOut">Places whose estimate does not exist or has no variance, such as an AUROC of 1.</param>
public sealed record PooledMeasure(PoolableMeasure Measure, RandomEffects Pooled, int LeftOut)
{
    /// <summary>The pooled value on the scale of the measure itself.</summary>
    public double Value => Back(Measure, Pooled.Mean);

    /// <summary>The interval of the pooled value.</summary>
    public ConfidenceInterval Interval(double level = 0.95) => Back(Measure, Pooled.Interval(level));

    /// <summary>Where a further place's true value is expected.</summary>
    public ConfidenceInterval PredictionInterval(double level = 0.95) => Back(Measure, Pooled.PredictionInterval(level));

    /// <summary>Pools a measure.</summary>
    /// <returns>Null where fewer than two places have it.</returns>
    public static PooledMeasure? Of(PoolableMeasure measure, IReadOnlyList<SubgroupEvaluation> places)
    {
        ArgumentNullException.ThrowIfNull(places);
        (double Value, double Variance)[] all = [.. places.Where(place => place.Measures is not null).Select(place => Estimate(measure, place))];
        (double Value, double Variance)[] known = [.. all.Where(each => double.IsFinite(each.Value) && double.IsFinite(each.Variance) && each.Variance > 0)];
        return known.Length < 2 ? null
            : new PooledMeasure(measure, RandomEffects.Of([.. known.Select(each => each.Value)], [.. known.Select(each => each.Variance)]), all.Length - known.Length);
    }

    /// <summary>A place's value with its normal interval on the measure's scale, both brought back; NaN where it has none.</summary>
    public static (double Value, ConfidenceInterval Interval) In(PoolableMeasure measure, SubgroupEvaluation place)
    {
        ArgumentNullException.ThrowIfNull(place);
        if (place.Measures is null)
            return (double.NaN, ConfidenceInterval.None);
        (double value, double variance) = Estimate(measure, place);
        return (Back(measure, value), Back(measure, ConfidenceInterval.Normal(value, Math.Sqrt(variance), 0.95)));
    }

    private static (double Value, double Variance) Estimate(PoolableMeasure measure, SubgroupEvaluation place)
    {
        RiskEvaluation e = place.Measures!;
        switch (measure)
        {
            case PoolableMeasure.Auroc:
                double area = e.Auroc.Value, slope = area * (1 - area);
                return (Math.Log(area / (1 - area)), e.Auroc.Variance / (slope * slope));
            case PoolableMeasure.ObservedOverExpected:
                return (Math.Log(e.Prevalence / e.MeanRisk), (1 - e.Prevalence) / place.Events);
            case PoolableMeasure.InTheLarge:
                return (e.Calibration.InTheLarge, e.Calibration.InTheLargeError * e.Calibration.InTheLargeError);
            default:
                return (e.Calibration.Slope, e.Calibration.SlopeError * e.Calibration.SlopeError);
        }
    }

    private static double Back(PoolableMeasure measure, double value) => measure switch
    {
        PoolableMeasure.Auroc => 1 / (1 + Math.Exp(-value)),
        PoolableMeasure.ObservedOverExpected => Math.Exp(value),
        _ => value,
    };

    private static ConfidenceInterval Back(PoolableMeasure measure, ConfidenceInterval interval) => new(Back(measure, interval.Lower), Back(measure, interval.Upper));
}
