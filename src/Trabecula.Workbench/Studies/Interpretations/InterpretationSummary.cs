using Trabecula.Learning.Interpretation;

namespace Trabecula.Workbench.Studies.Interpretations;

/// <summary>What the models of a study rely on, as <c>study.json</c> holds it.</summary>
public sealed record InterpretationSummary
{
    /// <summary>How often values were dealt out for permutation importance, in every split.</summary>
    public required int Repeats { get; init; }

    /// <summary>Number of splits over which importances are averaged.</summary>
    public required int Splits { get; init; }

    /// <summary>For each model the importance of predictors and families, on held-out subjects.</summary>
    public required IReadOnlyList<ModelImportance> Models { get; init; }

    /// <summary>The model of ranking, Shapley values, curves and ablation.</summary>
    public required string Explained { get; init; }

    /// <summary>Its predictors' importance over the folds of the training subjects, the most important first; empty where it was not asked for.</summary>
    public IReadOnlyList<RankedPredictor> Ranking { get; init; } = [];

    /// <summary>Its Shapley values for the held-out subjects; null where it has none or the study has several splits.</summary>
    public ShapSummary? Shap { get; init; }

    /// <summary>Its partial dependence.</summary>
    public IReadOnlyList<DependenceSummary> Curves { get; init; } = [];

    /// <summary>Its ablation; null where none was asked for.</summary>
    public AblationSummary? Ablation { get; init; }
}

/// <summary>What a model relies on.</summary>
/// <param name="Model">The model.</param>
/// <param name="Predictors">The predictors, the most important first.</param>
/// <param name="Images">Families by the image that features were computed on.</param>
/// <param name="Measures">Families by what features measure.</param>
/// <param name="ShapScale">What its Shapley values are measured in; null where it has none.</param>
public sealed record ModelImportance(
    string Model, IReadOnlyList<PredictorImportance> Predictors, IReadOnlyList<FamilyImportance> Images, IReadOnlyList<FamilyImportance> Measures, ShapScale? ShapScale);

/// <summary>The importance of a predictor on held-out subjects.</summary>
/// <param name="Name">The predictor.</param>
/// <param name="Splits">In how many splits the model saw it.</param>
/// <param name="AurocDrop">By how much the AUROC falls without it; 0 in a split that did not select it.</param>
/// <param name="AurocDeviation">Its deviation over the repeats; over the splits where there are several.</param>
/// <param name="BrierRise">By how much the Brier score rises.</param>
/// <param name="BrierDeviation">Its deviation.</param>
/// <param name="ShapMagnitude">The mean magnitude of its Shapley values; null where the model has none.</param>
public sealed record PredictorImportance(
    string Name, int Splits, double AurocDrop, double AurocDeviation, double BrierRise, double BrierDeviation, double? ShapMagnitude);

/// <summary>The importance of a family of predictors.</summary>
/// <param name="Name">The family.</param>
/// <param name="Columns">How many of its predictors the model saw, on average over the splits.</param>
/// <param name="AurocDrop">By how much the AUROC falls when all of them are dealt out together.</param>
/// <param name="AurocDeviation">Its deviation, as of predictors.</param>
/// <param name="SummedDrops">The sum of the drops of its predictors, each dealt out alone.</param>
/// <param name="ShapMagnitude">The sum of its predictors' mean magnitudes; null where the model has no Shapley values.</param>
public sealed record FamilyImportance(string Name, double Columns, double AurocDrop, double AurocDeviation, double SummedDrops, double? ShapMagnitude);

/// <summary>A predictor by its importance over the folds of the training subjects.</summary>
/// <param name="Name">The predictor.</param>
/// <param name="AurocDrop">The mean drop of the AUROC over the folds.</param>
/// <param name="AurocDeviation">Its deviation over the folds.</param>
public sealed record RankedPredictor(string Name, double AurocDrop, double AurocDeviation);

/// <summary>Shapley values of the predictors that matter most.</summary>
/// <param name="Scale">What they are measured in.</param>
/// <param name="Baseline">The prediction that is expected where nothing is known.</param>
/// <param name="Predictors">The predictors, the largest mean magnitude first.</param>
public sealed record ShapSummary(ShapScale Scale, double Baseline, IReadOnlyList<ShapPredictor> Predictors)
{
    /// <summary>The predictors that are not shown; null where all are.</summary>
    public ShapOthers? Others { get; init; }
}

/// <summary>The Shapley values of the predictors that are not shown, added up.</summary>
/// <param name="Count">How many they are.</param>
/// <param name="Sums">One for each held-out subject.</param>
public sealed record ShapOthers(int Count, IReadOnlyList<double> Sums);

/// <summary>The Shapley values of a predictor.</summary>
/// <param name="Name">The predictor.</param>
/// <param name="Values">One for each held-out subject.</param>
/// <param name="Levels">Where the subject's value of the predictor stands, from 0 for the lowest to 1; empty where it has no order.</param>
public sealed record ShapPredictor(string Name, IReadOnlyList<double> Values, IReadOnlyList<double> Levels);

/// <summary>The partial dependence on a predictor.</summary>
/// <param name="Predictor">The predictor.</param>
/// <param name="Values">The values that it was set to.</param>
/// <param name="Labels">Their names where it is categorical.</param>
/// <param name="MeanRisks">The mean risk of the training subjects at each.</param>
/// <param name="Curves">Those of some subjects, from the lowest risk to the highest.</param>
public sealed record DependenceSummary(
    string Predictor, IReadOnlyList<double> Values, IReadOnlyList<string> Labels, IReadOnlyList<double> MeanRisks, IReadOnlyList<IReadOnlyList<double>> Curves);

/// <summary>What a model loses without its predictors, on held-out subjects.</summary>
/// <param name="Threshold">The risk from which on one would act.</param>
/// <param name="IsShareOfEvents">Whether the threshold is the share of events in training, as the plan names none.</param>
/// <param name="Full">The model with all predictors.</param>
/// <param name="Steps">The steps in each meaning.</param>
public sealed record AblationSummary(double Threshold, bool IsShareOfEvents, AblationMeasures Full, IReadOnlyList<AblationRow> Steps);

/// <summary>A step of an ablation.</summary>
/// <param name="Meaning">What leaving out meant.</param>
/// <param name="Step">The step in words.</param>
/// <param name="Phase">1 or 2.</param>
/// <param name="LeftOut">How many predictors of the study are left out.</param>
/// <param name="Measures">How the model does without them; null where there is none.</param>
/// <param name="Note">Why there is none, or what the reader should know.</param>
public sealed record AblationRow(AblationMeaning Meaning, string Step, int Phase, int LeftOut, AblationMeasures? Measures, string Note);

/// <summary>How a model does on held-out subjects, at a threshold too.</summary>
/// <param name="Auroc">Discrimination.</param>
/// <param name="AurocLower">Lower end of DeLong's 95 % interval.</param>
/// <param name="AurocUpper">Upper end.</param>
/// <param name="Brier">The Brier score.</param>
/// <param name="Intercept">Calibration intercept; NaN where no finite fit exists.</param>
/// <param name="Slope">Calibration slope, likewise.</param>
/// <param name="NetBenefit">Net benefit at the threshold.</param>
/// <param name="TruePositives">Events at or above the threshold.</param>
/// <param name="FalsePositives">Controls at or above it.</param>
public sealed record AblationMeasures(
    double Auroc, double AurocLower, double AurocUpper, double Brier, double Intercept, double Slope, double NetBenefit, int TruePositives, int FalsePositives)
{
    /// <summary>Change of the AUROC from the model with all predictors; 0 for that model.</summary>
    public double AurocChange { get; init; }

    /// <summary>Lower end of the change's 95 % interval, paired by subject (DeLong).</summary>
    public double AurocChangeLower { get; init; }

    /// <summary>Upper end.</summary>
    public double AurocChangeUpper { get; init; }
}
