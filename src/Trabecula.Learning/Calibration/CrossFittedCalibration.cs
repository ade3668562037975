using Trabecula.Learning.Splitting;

namespace Trabecula.Learning.Calibration;

/// <summary>A way to turn what a model gives into a probability.</summary>
public enum CalibrationMethod
{
    /// <summary><see cref="PlattScaling"/> of scores: scikit-learn's <c>sigmoid</c>.</summary>
    Platt,

    /// <summary><see cref="IsotonicRegression"/> of scores.</summary>
    Isotonic,

    /// <summary><see cref="Calibration.LogisticRefit"/> of risks.</summary>
    LogisticRefit,

    /// <summary><see cref="PriorCorrection"/> of risks by what samplers and class weights did to the classes; needs no folds.</summary>
    PriorShift,
}

/// <summary>
/// How a pipeline's risks are calibrated on its own training rows: the whole pipeline, preparation and samplers included, is fitted on
/// each fold's training rows and asked for the rows that the fold left out, as they are, never resampled. The calibrator is estimated
/// from these values of all rows; the pipeline that is kept is fitted on all rows.
/// </summary>
/// <remarks>
/// scikit-learn's <c>CalibratedClassifierCV(ensemble=False)</c>. Preparation belongs inside: columns that were selected with the rows
/// left out would make their scores, and so the calibrated risks, too sure.
/// </remarks>
public sealed record CrossFittedCalibration
{
    /// <summary>The map.</summary>
    public CalibrationMethod Method { get; init; } = CalibrationMethod.Platt;

    /// <summary>Number of stratified folds, at least 2; unused by <see cref="CalibrationMethod.PriorShift"/>.</summary>
    public int NSplits { get; init; } = 5;

    /// <summary>Every problem of the options; empty when there is none.</summary>
    public IReadOnlyList<string> Validate() => SubjectFolds.ProblemsOfCount(nameof(NSplits), NSplits, 2);

    /// <summary>Whether the map takes risks; scores otherwise.</summary>
    internal bool MapsRisks => Method is CalibrationMethod.LogisticRefit or CalibrationMethod.PriorShift;

    /// <summary>Estimates the map for a pipeline.</summary>
    /// <param name="pipeline">What is calibrated; its own calibration is not looked at.</param>
    /// <param name="training">The rows that it is fitted on.</param>
    /// <param name="resampled">These rows after the samplers of the kept fit.</param>
    /// <param name="seed">The seed of folds and of their fits.</param>
    /// <param name="cancellationToken">Stops between fits.</param>
    internal Calibrator Estimate(Pipeline pipeline, TrainingSet training, FeatureTable resampled, Seed seed, CancellationToken cancellationToken)
    {
        if (Method == CalibrationMethod.PriorShift)
            return new PriorCorrection(pipeline.Model.EventShare(resampled), (double)training.Table.EventCount / training.Table.RowCount);

        Pipeline inFold = pipeline with { Calibration = null, Model = MapsRisks ? pipeline.Model : pipeline.Model.WithoutRisk() };
        var values = new List<double>();
        var outcomes = new List<bool>();
        IReadOnlyList<Fold> folds = new StratifiedKFold { NSplits = NSplits }.Split(training, seed);
        for (int i = 0; i < folds.Count; i++)
        {
            FittedPipeline fitted = inFold.Fit(folds[i].Training, seed.Derive("calibration-fold", i), cancellationToken);
            FeatureTable leftOut = fitted.Prepare(folds[i].Validation.Table);
            values.AddRange(MapsRisks ? fitted.Model.PredictRisk(leftOut) : fitted.Model.Score(leftOut));
            outcomes.AddRange(folds[i].Validation.Outcomes);
        }
        return Method switch
        {
            CalibrationMethod.Platt => PlattScaling.Estimate([.. values], [.. outcomes]),
            CalibrationMethod.Isotonic => IsotonicRegression.Estimate([.. values], [.. outcomes]),
            _ => LogisticRefit.Estimate(values, outcomes),
        };
    }
}
