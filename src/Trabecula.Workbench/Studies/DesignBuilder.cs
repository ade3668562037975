using Trabecula.Imaging;
using Trabecula.Learning;
using Trabecula.Learning.Calibration;
using Trabecula.Learning.Search;
using Trabecula.Learning.Splitting;
using Trabecula.Workbench.Studies.Plans;
using Trabecula.Workbench.Tables;
using Trabecula.XGBoost;

namespace Trabecula.Workbench.Studies;

/// <summary>From a plan and its cohort to what a study does.</summary>
internal sealed class DesignBuilder(StudyInputs inputs)
{
    private readonly StudyPlan _plan = inputs.Readout.Plan;

    /// <summary>What the reader must know, such as a model that was left out.</summary>
    internal List<string> Warnings { get; } = [];

    /// <summary>Models of the plan that cannot be fitted here, with the cure.</summary>
    internal List<LeftOutModel> LeftOut { get; } = [];

    /// <summary>The design.</summary>
    /// <exception cref="StudyException">A split's column or file is at fault, or no model is left.</exception>
    internal StudyDesign Build()
    {
        SubgroupTable.Require(_plan.Metrics, inputs.Cohort.Attributes);
        RequireBaselineColumns();
        var seed = new Seed(_plan.Seed);
        return new StudyDesign
        {
            BeforeSplit = new PreparationSteps(_plan.StepsBeforeSplit),
            Split = SplitterOf(_plan.Split),
            Preparation = new PreparationSteps(_plan.Steps),
            Samplers = _plan.Sampling,
            FoldsAfterSampling = _plan.Search.FoldsAfterSampling,
            Folds = _plan.Search.GivenFolds is { } given ? SplitterOf(given) : new StratifiedKFold { NSplits = _plan.Search.Folds },
            Models = Models(seed.Derive("configurations")),
            Choice = _plan.Search.Choice,
            Calibration = CalibrationOf(_plan.Calibration, _plan.CalibrationFolds),
            Interprets = _plan.Interpretation.Extent != InterpretationExtent.None,
            Interpretation = _plan.Interpretation.Extent == InterpretationExtent.None ? null : _plan.Interpretation,
            Baselines = _plan.Metrics.Baselines,
            Refits = _plan.Metrics.Refits,
            Seed = seed,
        };
    }

    // Named before the search and not after hours of it.
    private void RequireBaselineColumns()
    {
        if (inputs.Cohort.Features is not { } features)
            return;
        foreach (BaselinePlan baseline in _plan.Metrics.Baselines)
        {
            if (baseline.Columns.FirstOrDefault(column => !features.Columns.Contains(column)) is { } missing)
                throw new StudyException($"metrics.baselines: '{missing}' of '{baseline.Name}' is no predictor.{(Spelling.Nearest(missing, features.Columns) is { } nearest ? $" Did you mean '{nearest}'?" : "")}");
            if (baseline.Source is { } source && features.Schema.All(column => column.Source != source))
                throw new StudyException($"metrics.baselines: '{baseline.Name}' asks for {source.ToString().ToLowerInvariant()} predictors, and the plan has none.");
        }
    }

    private CandidateModel[] Models(Seed seed)
    {
        ModelPlan[] models = [.. _plan.Models.Where(model => model.Family != XGBoostFamily.Instance || XGBoostLibrary.IsAvailable)];
        LeftOut.AddRange(_plan.Models.Except(models).Select(model => new LeftOutModel(model.Name, $"{XGBoostLibrary.Problem} {XGBoostLibrary.Cure}")));
        Warnings.AddRange(LeftOut.Select(model => $"{model.Name} is left out: {model.Reason}"));
        if (models.Length == 0)
            throw new StudyException($"No model is left. {string.Join(" ", Warnings)}");
        return [.. models.Select(model => Candidate(model, seed))];
    }

    /// <summary>A TabNet whose values the plan leaves open is searched in the two phases of its own grids.</summary>
    private CandidateModel Candidate(ModelPlan model, Seed seed) =>
        model.Family == ModelFamilies.TabNet && model is { Grid: null, Trials: null } && _plan.Search.Method == SearchMethod.Random
            ? new TabNetSearch { Configurations = _plan.Search.Configurations, HalvingEpochs = model.HalvingEpochs, Fixed = model.Fixed ?? ParameterSet.Empty }
                .Candidate(model.Name, seed.Derive(model.Name))
            : new CandidateModel(model.Name, [.. Sets(model, seed).Select(set => new Configuration(set.ToString(), model.Family.Create(set)))]);

    private IReadOnlyList<ParameterSet> Sets(ModelPlan model, Seed seed) =>
        model.Configurations.IsList || _plan.Search.Method == SearchMethod.Exhaustive
            ? [.. model.Configurations.All()]
            : model.Configurations.Draw(_plan.Search.Configurations, seed.Derive(model.Name));

    private Splitter SplitterOf(SplitPlan plan) => plan switch
    {
        SplitPlan.StratifiedHoldOut split => new StratifiedHoldOut { TrainingPercent = split.TrainingPercent },
        SplitPlan.StratifiedKFold split => new StratifiedKFold { NSplits = split.Folds },
        SplitPlan.RepeatedStratifiedKFold split => new RepeatedStratifiedKFold { NSplits = split.Folds, NRepeats = split.Repeats },
        SplitPlan.KFold split => new KFold { NSplits = split.Folds, NRepeats = split.Repeats },
        SplitPlan.StratifiedGroupKFold split => new StratifiedGroupKFold { Groups = inputs.Cohort.Attributes[split.Groups], NSplits = split.Folds, NRepeats = split.Repeats },
        SplitPlan.LeaveOneCentreOut => new LeaveOneCentreOut(inputs.Cohort.Attributes[_plan.Cohort.Centre!]),
        SplitPlan.Temporal split => new TemporalSplit(Dates()) { HeldOutFrom = split.HeldOutFrom, HeldOutPercent = split.HeldOutPercent },
        SplitPlan.Bootstrap split => new BootstrapSplit { NRepeats = split.Repeats, Stratified = split.Stratified },
        SplitPlan.Given split => GivenOf(split),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private IReadOnlyDictionary<string, DateOnly> Dates()
    {
        var findings = new List<Finding>();
        IReadOnlyDictionary<string, DateOnly> dates = inputs.Cohort.Dates(_plan.Cohort.Date!, findings);
        return findings.Count == 0 ? dates : throw new StudyException(string.Join("\n", findings));
    }

    /// <summary>Folds by the texts of their column: numbered in the order of the texts, so that any words will do.</summary>
    private GivenSplit GivenOf(SplitPlan.Given plan)
    {
        IReadOnlyDictionary<string, string>[] columns = [.. plan.Columns.Select(column => plan.Table is null ? inputs.Cohort.Attributes[column] : inputs.Folds[plan.Table, column])];
        string[] words = [.. columns.SelectMany(column => column.Values).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (plan.HeldOut is { } heldOut && !words.Contains(heldOut))
            throw new StudyException($"split: no subject has '{heldOut}' in {string.Join(", ", plan.Columns)}, which is to be held out. The values are {PlainText.List(words)}.");
        return new GivenSplit([.. columns.Select(column => (IReadOnlyDictionary<string, int>)column.ToDictionary(each => each.Key, each => Array.IndexOf(words, each.Value)))])
        {
            HeldOutFold = plan.HeldOut is { } word ? Array.IndexOf(words, word) : null,
        };
    }

    private static CrossFittedCalibration? CalibrationOf(Plans.Calibration calibration, int folds) => calibration switch
    {
        Plans.Calibration.None => null,
        Plans.Calibration.Platt => new CrossFittedCalibration { Method = CalibrationMethod.Platt, NSplits = folds },
        Plans.Calibration.Isotonic => new CrossFittedCalibration { Method = CalibrationMethod.Isotonic, NSplits = folds },
        Plans.Calibration.Logistic => new CrossFittedCalibration { Method = CalibrationMethod.LogisticRefit, NSplits = folds },
        Plans.Calibration.PriorShift => new CrossFittedCalibration { Method = CalibrationMethod.PriorShift },
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
