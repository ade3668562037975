using System.Globalization;
using Trabecula.Learning;
using Trabecula.Learning.Models;
using Trabecula.Learning.Preparation;
using Trabecula.Learning.Selection;
using Trabecula.Workbench.Studies.Plans;
using Trabecula.XGBoost;

namespace Trabecula.Workbench.Studies;

/// <summary>Writes a study's methods and limitations from what ran: the plan as it was read, the design made of it, and the sizes that were met.</summary>
internal sealed class AccountBuilder(StudyInputs inputs, FeatureTable features, StudyDesign design, StudyResult result, StudySummary summary, LookSummary looks)
{
    // Below a hundred events, measures of a validation scatter too much to tell a good model from a fair one (Collins et al. 2016, Vergouwe et al. 2005).
    private const int FewEvents = 100;

    // Ten events for each candidate is the old rule of thumb, and still too few for selection.
    private const double FewEventsPerCandidate = 10;

    private static readonly string[] s_sizes = ["MeshVolume", "VoxelVolume", "DDiameter", "AxisLength"];

    private readonly StudyPlan _plan = inputs.Readout.Plan;

    internal StudyAccount Build(string planText) => new([.. Methods()], [.. Limitations()], planText.ReplaceLineEndings("\n").TrimEnd(), Facts());

    private StudyFacts Facts()
    {
        Transformer[] steps = [.. design.BeforeSplit.Steps, .. design.Preparation.Steps];
        return new StudyFacts
        {
            ClinicalColumns = Clinical,
            RadiomicColumns = features.ColumnCount - Clinical,
            Readers = features.ReadingCount,
            SeveralCentres = Centres > 1,
            CentresIn = _plan.Metrics.Subgroups.Any(subgroup => subgroup.Column == _plan.Cohort.Centre) ? "subgroups" : _plan.Split is SplitPlan.LeaveOneCentreOut ? "evaluation" : "",
            CentresHeldOut = Centres > 1 && _plan.Split is SplitPlan.LeaveOneCentreOut,
            Eligibility = _plan.Eligibility.Count > 0,
            SampleSize = _plan.SampleSize.Count > 0,
            Reproducibility = steps.Any(step => step is ReproducibilityFilter) && features.ReadingCount > 1,
            Redundancy = steps.Any(step => step is Mrmr or CorrelationFilter or LassoSelection),
            Correlation = steps.Any(step => step is Mrmr or CorrelationFilter),
            Imputation = steps.Any(step => step is Imputer),
            PlainBaselines = _plan.Metrics.Baselines.Any(IsPlain),
            ClinicalBaselines = _plan.Metrics.Baselines.Any(baseline => IsPlain(baseline) && HasClinical(baseline)),
            Searched = IsSearched,
            Weighted = result.Splits.SelectMany(split => split.Searches).Any(search => Weighs(search.ChosenTrial.Configuration.Model)),
            LogisticRegression = design.Models.Any(model => model.Configurations.Any(configuration => configuration.Model is LogisticRegression)),
            Selection = steps.Any(step => step is Mrmr or CorrelationFilter or LassoSelection or UnivariateScreening or VarianceFilter or ReproducibilityFilter),
            Scaling = steps.Any(step => step.Name.Contains("scal", StringComparison.OrdinalIgnoreCase)),
            Sampling = design.Samplers.Count > 0,
            Calibrated = design.Calibration is not null,
            Thresholds = _plan.Metrics.Thresholds.Count > 0,
            Dates = _plan.Cohort.Date is not null,
        };
    }

    // A volume or a diameter is measured without radiomics too.
    private bool IsPlain(BaselinePlan baseline) => baseline.Source != ColumnSource.Radiomic && features.Schema.Where(column => baseline.Columns.Contains(column.Name))
        .All(column => column.Source == ColumnSource.Clinical || s_sizes.Any(size => column.Name.Contains(size, StringComparison.Ordinal)));

    private bool HasClinical(BaselinePlan baseline) =>
        features.Schema.Any(column => column.Source == ColumnSource.Clinical && (baseline.Source == ColumnSource.Clinical || baseline.Columns.Contains(column.Name)));

    private static bool Weighs(Classifier model) => model is LogisticRegression { ClassWeight: not ClassWeight.None }
        or SupportVectorMachine { ClassWeight: not ClassWeight.None } or TabNet { ClassWeight: not ClassWeight.None } or RandomForest { ClassWeight: not ForestClassWeight.None } or ExtraTrees { ClassWeight: not ForestClassWeight.None }
        or XGBoostClassifier { ClassWeight: not ClassWeight.None } or XGBoostClassifier { ScalePosWeight: not 1 };

    private bool IsSearched => result.Splits[0].Searches.Any(search => search.Trials.Count > 1);

    private int Clinical => features.Schema.Count(column => column.Source == ColumnSource.Clinical);

    private int Centres => _plan.Cohort.Centre is { } column ? inputs.Cohort.Attributes[column].Values.Distinct(StringComparer.Ordinal).Count() : 0;

    private IEnumerable<string> Methods()
    {
        yield return Text($"Of {inputs.Cohort.Flow.Screened} subjects, {features.RowCount} were analysed, of whom {features.EventCount} ({100.0 * features.EventCount / features.RowCount:F1} %) had the event{(_plan.Eligibility.Count == 0 ? "" : $"; {Count(_plan.Eligibility.Count, "criterion", "criteria")} of eligibility were applied in order")}.");
        yield return _plan.Outcome.Column is { } column
            ? $"The outcome, {_plan.Outcome.Name}, was read from the column {column}."
            : Text($"The outcome, {_plan.Outcome.Name}, was a score of {_plan.Outcome.AtLeast} or more on day {string.Join(" and on day ", _plan.Outcome.OnDays)}; subjects without one of these scores were left out.");
        int radiomic = features.ColumnCount - Clinical;
        yield return Text($"Predictors offered were {Count(Clinical, "clinical column", "clinical columns")}{(radiomic == 0 ? "" : $" and {Count(radiomic, "feature of the images", "features of the images")}, read by {Count(features.ReadingCount, "reader", "readers")}{(features.ReadingCount > 1 ? ", of whom models saw the first" : "")}")}.");
        if (_plan.SampleSize.Count > 0)
            yield return "Sample sizes were calculated from the assumptions in the table of sample sizes.";
        if (design.BeforeSplit.Steps.Count > 0)
            yield return $"Before any split, on all subjects, these steps were fitted: {Steps(design.BeforeSplit.Steps)}.";
        SplitResult first = result.Splits[0];
        yield return result.Splits.Count == 1
            ? Text($"The subjects were split once ({StepText.Of(design.Split)}) into {first.Final.Prepared.Table.SubjectCount} for training and {first.HeldOut.Subjects.Count} held out, who were {looks.Text}, by all models of a study together.")
            : Text($"The subjects were split {result.Splits.Count} times ({StepText.Of(design.Split)}); every split was analysed from the beginning, and held-out predictions were pooled.");
        if (design.Preparation.Steps.Count > 0)
            yield return $"On training rows alone{(IsSearched ? ", and in every fold of the search anew," : "")} these steps were fitted in order: {Steps(design.Preparation.Steps)}.";
        yield return Text($"{(result.Splits.Count == 1 ? "The" : "In the first split the")} models saw {Count(first.Final.Prepared.Table.ColumnCount, "column", "columns")}.");
        if (design.Samplers.Count > 0)
            yield return Text($"Training rows were resampled by {string.Join(", then ", design.Samplers.Select(StepText.Of))}, which made {first.Final.Resampled.Table.RowCount} rows with {first.Final.Resampled.Table.EventCount} events of {first.Final.Prepared.Table.RowCount} rows with {first.Final.Prepared.Table.EventCount}.");
        yield return $"Models were {string.Join("; ", first.Searches.Select(Searched))}.";
        yield return !IsSearched ? "Each model had one configuration, given beforehand: nothing was searched."
            : $"Configurations were compared by their mean AUROC over the folds ({StepText.Of(design.Folds)}){(design.FoldsAfterSampling ? " drawn after sampling" : "")}, and the {(design.Choice == Trabecula.Learning.Search.Choice.Best ? "best" : "simplest within one standard error of the best")} was fitted again on all training rows.";
        yield return design.Calibration is { } calibration ? $"Risks were calibrated on training rows across folds: {StepText.Of(calibration)}." : "Risks were left as the models gave them.";
        foreach (string sentence in EvaluationAccount.Of(_plan, summary))
            yield return sentence;
        yield return Text($"All computations were made by {StudyRun.Program()}{(XGBoostLibrary.IsAvailable && _plan.Models.Any(model => model.Family == XGBoostFamily.Instance) ? $", those of XGBoost by its library {XGBoostLibrary.Version}," : "")} with seed {_plan.Seed}.");
    }

    private IEnumerable<string> Limitations()
    {
        SplitResult first = result.Splits[0];
        int events = result.Splits.Min(split => split.Final.Prepared.Table.SubjectEventCount), heldOut = HeldOutPool.Of(result).SubjectEventCount;
        if (_plan.SyntheticData)
            yield return "The data is synthetic: nothing here says anything about patients.";
        if (looks.Studies > 1)
            yield return Text($"Held-out subjects were {looks.Text}. What was chosen after an earlier look, in the plan or among the studies, was chosen on these subjects, and their figures are optimistic.");
        if (design.BeforeSplit.Steps.Count > 0)
            yield return "Steps were fitted on all subjects before the split. What they learned from held-out subjects makes the results optimistic by an unknown amount.";
        if (design.FoldsAfterSampling)
            yield return "Folds were drawn after sampling, so that validation rows are or resemble training rows: AUROCs over the folds are too high, and the choice among configurations is affected.";
        if ((double)events / features.ColumnCount is var share && share < FewEventsPerCandidate)
            yield return Text($"{events} events in training for {features.ColumnCount} candidate columns are {share:0.##} a candidate; every column that was tried counts, also those that a step dropped.");
        if (heldOut < FewEvents)
            yield return Text($"{heldOut} held-out subjects with the event are few; intervals are wide, and a difference between models of this size may be chance.");
        yield return Centres > 1
            ? Text($"{Centres} centres are in the cohort{(_plan.Split is SplitPlan.LeaveOneCentreOut ? ", each held out in turn." : ", but the split does not go by them: how the models travel to a new centre is not known.")}")
            : "No second centre is known to the plan: how the models travel to another scanner or population is not known.";
        yield return "No external validation: the held-out subjects come from the tables that the models were developed on. 'trabecula study validate' applies the frozen models to others.";
        if (result.Splits.Count == 1 && _plan.Split is SplitPlan.StratifiedHoldOut)
            yield return "One random split: another draw gives other numbers. Repeated folds or the bootstrap use every subject and show the scatter.";
        if (first.Searches.Count > 1)
            yield return Text($"{first.Searches.Count} models were compared on the same held-out subjects: the best of them is best in part by chance.");
        if (design.Samplers.Count > 0)
            yield return $"Resampling changes the share of events that models learn, so that risks are {(design.Calibration is null ? "inflated" : "inflated before their calibration")}; it does not add information.";
        if (features.ReadingCount < 2 && features.ColumnCount > Clinical)
            yield return "One reader's segmentations: how far features depend on who drew the outline is not known.";
        if (_plan.SampleSize.Count == 0)
            yield return "The plan states no sample size.";
        if (_plan.Metrics.Thresholds.Count == 0)
            yield return "The plan names no threshold beforehand, so nothing is said about decisions.";
        if (inputs.Cohort.Flow.Steps.Sum(step => step.MissingRows.Count) is > 0 and int missing)
            yield return Text($"{missing} subjects left because a value was missing; if they differ from the others, the results are biased.");
    }

    private static string Searched(Trabecula.Learning.Search.SearchResult search) =>
        search.Trials.Count == 1 ? search.Model : Text($"{search.Model} ({search.Trials.Count} configurations)");

    private static string Steps(IReadOnlyList<Transformer> steps) => string.Join("; ", steps.Select(StepText.Of));

    private static string Count(int count, string one, string many) => Text($"{count} {(count == 1 ? one : many)}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
