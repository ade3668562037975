using System.Text.Json.Nodes;
using Trabecula.Learning;
using Trabecula.Learning.SampleSizes;
using Trabecula.Workbench.Studies.Plans.Shapes;

namespace Trabecula.Workbench.Studies.Plans.Keys;

/// <summary>All keys of a plan: the one description behind the reader, the JSON schema and the guide.</summary>
internal static class PlanKeys
{
    private static readonly (Calibration Method, int Folds) s_uncalibrated = (new StudyPlan().Calibration, new StudyPlan().CalibrationFolds);

    private static readonly ShortShape<Calibration, (Calibration Method, int Folds)> s_calibration = new(
        new ChoiceShape<Calibration>(), method => (method, s_uncalibrated.Folds),
        new BlockShape<(Calibration Method, int Folds)>(s_uncalibrated, "How risks are corrected, with its options")
            .Required("method", "How risks are corrected", new ChoiceShape<Calibration>(), (plan, value) => plan with { Method = value })
            .Optional("folds", "Stratified folds of the training rows across which the correction is learned; priorShift needs none", new WholeShape(2),
                plan => plan.Folds, (plan, value) => plan with { Folds = value }),
        plan => plan.Folds == s_uncalibrated.Folds ? new ChoiceShape<Calibration>().Show(plan.Method) : null);

    internal static readonly BlockShape<StudyPlan> Plan = new BlockShape<StudyPlan>(new StudyPlan(), "A study of Trabecula: from a cohort table to compared models")
        .Required("schemaVersion", "The version of this format: 1", new WholeShape(StudyPlan.Version, StudyPlan.Version), (plan, _) => plan)
        .Optional("title", "What the report is called", new TextShape("a title"), (plan, value) => plan with { Title = value })
        .Optional("syntheticData", "Whether the subjects are made up; the report then says so", new FlagShape(),
            plan => plan.SyntheticData, (plan, value) => plan with { SyntheticData = value })
        .Optional("replicates", "The paper that the study does again: captions then say which of its figures or tables shows the same", new ChoiceShape<ReplicatedPaper>(),
            plan => plan.Replicates, (plan, value) => plan with { Replicates = value })
        .Optional("profile", "sound fits everything on training rows; paper also allows the published order, which leaks", new ChoiceShape<StudyProfile>(),
            plan => plan.Profile, (plan, value) => plan with { Profile = value })
        .Optional("seed", "The origin of every random choice", new SeedShape(), plan => plan.Seed, (plan, value) => plan with { Seed = value })
        .Required("cohort", "The table of subjects", CohortKeys.Cohort, (plan, value) => plan with { Cohort = value })
        .Optional("eligibility", "Who takes part: criteria, applied and counted in this order", new ListShape<EligibilityPlan>(CohortKeys.Criterion),
            (plan, value) => plan with { Eligibility = value })
        .Required("outcome", "What is predicted: a column, or scores of several days", CohortKeys.Outcome, (plan, value) => plan with { Outcome = value })
        .Optional("sampleSize", "How many subjects were asked for beforehand; the report compares with what there is", new ListShape<SampleSizeDesign>(SampleSizeKeys.SampleSize),
            (plan, value) => plan with { SampleSize = value })
        .Required("predictors", "What is predicted from", PredictorKeys.Predictors, (plan, value) => plan with { Predictors = value })
        .Optional("split", "What is held out for evaluation; always whole subjects", SplitKeys.Split, (plan, value) => plan with { Split = value })
        .Optional("stepsBeforeSplit", "Steps fitted on all subjects: leaks, only in profile paper", new ListShape<Transformer>(StepKeys.Step),
            (plan, value) => plan with { StepsBeforeSplit = value })
        .Optional("steps", "Steps that prepare and select columns, fitted inside every fold, in this order", new ListShape<Transformer>(StepKeys.Step),
            (plan, value) => plan with { Steps = value })
        .Optional("sampling", "Samplers of the training rows; off by default, since they inflate risks", new ListShape<Sampler>(SamplerKeys.Sampler),
            (plan, value) => plan with { Sampling = value })
        .Required("models", "The models that are compared", new ListShape<ModelPlan>(ModelKeys.Model, 1), (plan, value) => plan with { Models = value })
        .Optional("search", "How hyper-parameters are chosen, on training rows alone", ModelKeys.Search, (plan, value) => plan with { Search = value })
        .Optional("calibration", "How risks are corrected on training rows that the model was not fitted on", s_calibration,
            plan => (Method: plan.Calibration, Folds: plan.CalibrationFolds), (plan, value) => plan with { Calibration = value.Method, CalibrationFolds = value.Folds })
        .Optional("metrics", "What is reported beyond the core measures", MetricKeys.Metrics, (plan, value) => plan with { Metrics = value })
        .Optional("interpretation", "What is asked of the fitted models beside their performance", InterpretationKeys.Interpretation,
            (plan, value) => plan with { Interpretation = value });

    /// <summary>The JSON schema of plans, for editors.</summary>
    internal static JsonObject Schema()
    {
        JsonObject schema = SchemaDefinitions.Hoist(Plan.Schema());
        schema.Insert(0, "$schema", "http://json-schema.org/draft-07/schema#");
        schema.Insert(1, "title", "Trabecula study plan");
        return schema;
    }
}
