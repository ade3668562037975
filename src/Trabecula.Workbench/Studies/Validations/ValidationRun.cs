using Trabecula.Learning;
using Trabecula.Learning.Evaluation;
using Trabecula.Workbench.Reports;
using Trabecula.Workbench.Studies.Plans;
using Trabecula.Workbench.Tables;

namespace Trabecula.Workbench.Studies.Validations;

/// <summary>Applies the frozen models of a finished study to other subjects, and judges them there. Nothing of the models is fitted.</summary>
public static class ValidationRun
{
    internal const string SummaryName = "validation.json";

    /// <summary>Validates, and writes the folder: <c>report.html</c>, <c>figures</c>, <c>tables</c> and <c>validation.json</c>.</summary>
    /// <param name="request">Which study, on whom.</param>
    /// <param name="progress">Told of every stage.</param>
    /// <param name="cancellationToken">Stops before the next stage.</param>
    /// <exception cref="TableException">A table cannot be read.</exception>
    /// <exception cref="StudyException">
    /// The folder is not a finished study's, is of another version or was changed; the new subjects do not fit the models; or the results cannot be written.
    /// </exception>
    public static ValidationSummary Run(ValidationRequest request, IProgress<StudyProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        string folder = request.OutputFolder;
        RequireOwnFolder(folder);
        var work = new StageWork(progress, cancellationToken);
        work.Report("Reading the frozen study", 0, 1);
        FrozenStudy study = FrozenStudy.Read(request.Study);
        ValidationCohort cohort = ValidationCohort.Read(study, request);
        work.Report("Reading the frozen study", 1, 1);
        try
        {
            ValidationSummary summary = Evaluate(study, cohort, work);
            Write(folder, summary, work);
            return summary;
        }
        catch (LearningException fault)
        {
            throw new StudyException(fault.Message, fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StudyException($"{folder} cannot be written: {fault.Message} Choose another folder with --out.", fault);
        }
    }

    private static ValidationSummary Evaluate(FrozenStudy study, ValidationCohort cohort, StageWork work)
    {
        FeatureTable features = cohort.Features;
        MetricsPlan metrics = study.Plan.Metrics with { Subgroups = [.. study.Plan.Metrics.Subgroups.Where(subgroup => cohort.Cohort.Attributes.ContainsKey(subgroup.Column))] };
        SubgroupTable.Require(metrics, cohort.Cohort.Attributes);
        var pool = new HeldOutPool(features.Subjects, features.Outcomes, [.. study.Models.Select(model => new ModelRisks(model.Name, model.Pipeline.PredictRisk(features)))]) { Who = "new" };
        ModelRisks[] small = [.. study.Baselines.Select(baseline => new ModelRisks(baseline.Name, baseline.Pipeline.PredictRisk(features)))];
        Seed seed = new Seed(study.Plan.Seed).Derive("validation");
        EvaluationSummary evaluation = EvaluationAnalysis.Of(pool, metrics, seed, work)!;
        string?[]? centres = CentresOf(cohort);
        ValidatedModel[] models = [.. pool.Models.Zip(study.Summary.Models, (model, own) => ModelOf(study, model, own, pool.Outcomes, centres))];
        return new ValidationSummary
        {
            Program = StudyRun.Program(),
            StudyProgram = study.Summary.Program,
            Title = study.Summary.Title,
            SyntheticData = study.Summary.SyntheticData,
            Leaks = study.Summary.Leaks,
            Inputs = [.. cohort.Files, .. study.Provenance.Results.Where(file => StudyFolder.IsOfModels(file.Name))],
            Warnings = cohort.Warnings,
            Flow = FlowCount.Of(cohort.Cohort.Flow),
            Outcome = study.Plan.Outcome.Name,
            Outcomes = pool.Outcomes,
            Models = models,
            Evaluation = evaluation,
            CentreColumn = centres is null ? null : cohort.Centre,
            Tables =
            [
                BaselineTables.ByOutcome(features, study.Plan.Outcome.Name),
                .. EvaluationTables.Of(pool, evaluation, seed.Derive("intervals"), work),
                .. BaselineComparisons.Of(pool, small, metrics.Baselines, metrics.Thresholds, seed.Derive("baselines"), work), ValidationTables.Recalibrations(pool, models, metrics.Thresholds),
                .. centres is null ? [] : (ReportTable[])[ValidationTables.Centres(models, metrics.Thresholds), ValidationTables.Pooled(models)],
                .. SubgroupTable.Of(pool, metrics, cohort.Cohort.Attributes), ValidationTables.Predictions(pool, models, small, centres),
            ],
        };
    }

    private static ValidatedModel ModelOf(FrozenStudy study, ModelRisks model, ModelSummary own, IReadOnlyList<bool> outcomes, string?[]? centres)
    {
        IReadOnlyList<SubgroupEvaluation> places = centres is null ? [] : SubgroupEvaluation.Of(centres, outcomes, model.Risks, study.Plan.Metrics.Thresholds, new SubgroupRule());
        return new ValidatedModel(
            model.Name, model.Risks, Auroc.ValueOf(study.Summary.HeldOutOutcomes, own.Risks),
            [.. Enum.GetValues<RecalibrationForm>().Select(form => Recalibration.Of(form, outcomes, model.Risks)).OfType<Recalibration>()], places,
            [.. Enum.GetValues<PoolableMeasure>().Select(measure => PooledMeasure.Of(measure, places)).OfType<PooledMeasure>()]);
    }

    private static string?[]? CentresOf(ValidationCohort cohort)
    {
        if (cohort.Centre is not { } column)
            return null;
        IReadOnlyDictionary<string, string> values = cohort.Cohort.Attributes[column];
        string?[] centres = [.. cohort.Features.Subjects.Select(subject => values.GetValueOrDefault(subject))];
        return centres.OfType<string>().Distinct(StringComparer.Ordinal).Count() > 1 ? centres : null;
    }

    private static void Write(string folder, ValidationSummary summary, StageWork work)
    {
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, SummaryName);
        File.Delete(path);
        ReportTable[] tables = [.. summary.Tables, .. FigureTables.Of(summary)];
        StudyFolder.WriteFresh(Path.Combine(folder, "tables"), tables.Select(table => ($"{table.Name}.csv", (Action<Stream>)table.WriteCsv)));
        ReportFolder.WriteWordTables(folder, tables);
        string page = ValidationReport.Render(summary);
        ReportFolder.WriteFigures(folder, page, work);
        StudyFolder.WriteText(Path.Combine(folder, StudyFolder.ReportName), page);
        // Last, so a folder that has it is whole.
        StudyFolder.WriteText(path, StudyFolder.Text(summary));
    }

    private static void RequireOwnFolder(string folder)
    {
        if (Directory.Exists(folder) && !File.Exists(Path.Combine(folder, SummaryName)) && Directory.EnumerateFileSystemEntries(folder).Any())
            throw new StudyException($"{folder} holds files that no earlier validation made. Choose a new or empty folder with --out.");
    }
}
