using System.Globalization;
using Trabecula.Learning;
using Trabecula.Radiomics;
using Trabecula.Learning.Search;
using Trabecula.Workbench.Cohorts;
using Trabecula.Workbench.Studies.Interpretations;
using Trabecula.Workbench.Studies.Plans;
using Trabecula.Workbench.Tables;
using Trabecula.XGBoost;

namespace Trabecula.Workbench.Studies;

/// <summary>Runs a plan from its tables to its report.</summary>
public static class StudyRun
{
    /// <summary>Where a plan's results go if nothing else is said: a folder beside it.</summary>
    public static string DefaultFolder(string planPath) =>
        Path.Combine(Path.GetDirectoryName(planPath) ?? "", Path.GetFileNameWithoutExtension(planPath) + "-run");

    /// <summary>Runs the study and writes its folder.</summary>
    /// <param name="planPath">The plan.</param>
    /// <param name="folder">The folder of results; made where it does not exist.</param>
    /// <param name="jobs">Threads; results do not depend on it.</param>
    /// <param name="progress">Told of every stage.</param>
    /// <param name="cancellationToken">Stops the study; the same call continues it.</param>
    /// <exception cref="PlanException">The plan has problems.</exception>
    /// <exception cref="TableException">A table cannot be read.</exception>
    /// <exception cref="StudyException">The cohort has errors, the data cannot be learned from, or the folder cannot be written.</exception>
    public static StudySummary Run(
        string planPath, string folder, int jobs, IProgress<StudyProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        progress?.Report(new StudyProgress("Reading tables", 0, 1));
        StudyInputs inputs = StudyInputs.Read(planPath);
        progress?.Report(new StudyProgress("Reading tables", 1, 1));
        FeatureTable features = RequireFeatures(inputs.Cohort);
        var builder = new DesignBuilder(inputs);
        StudyDesign design = builder.Build();
        try
        {
            var checks = SplitChecks.Of(features, design);
            var missing = MissingValueChecks.Of(features, design);
            string[] problems = [.. checks.Problems, .. missing.Problems];
            if (problems.Length > 0)
                throw new StudyException(string.Join("\n", problems));
            builder.Warnings.AddRange([.. checks.Warnings, .. missing.Warnings]);
            if (StudyCheck.MemoryProblem(features, design, jobs) is { } problem)
                throw new StudyException(problem);
            RequireOwnFolder(folder);
            progress?.Report(new StudyProgress(Work(features, design), 0, 0));
            Directory.CreateDirectory(folder);
            string key = StudyKey.Of(inputs, builder.Warnings, XGBoostLibrary.Version);
            using TrialJournal journal = TrialJournal.Open(Path.Combine(folder, StudyFolder.JournalName), key);
            if (journal.Found > 0)
                progress?.Report(new StudyProgress(FormattableString.Invariant($"Continuing: {journal.Found} fits of an earlier run of this study are not made again."), 0, 0));
            var looks = new LookLog(Path.Combine(folder, StudyFolder.LooksName), key, inputs.Files[0].Sha256, TimeProvider.System);
            StudyResult result = StudyExecution.Run(features, design, jobs, journal, progress, onLook: looks.Add, cancellationToken: cancellationToken);
            var clock = new StageClock(TimeProvider.System);
            var work = new StageWork(progress, cancellationToken);
            LookSummary look = looks.Count();
            StudySummary found = clock.Measure("evaluation", () => Summarise(inputs, builder, features, design, result, work));
            StudySummary summary = found with
            {
                Looks = look,
                Account = new AccountBuilder(inputs, features, design, result, found, look).Build(File.ReadAllText(planPath)),
            };
            StudyFolder.Write(folder, summary, result, ProvenanceBuilder.Of(inputs, features, design.Split, result, Program()),
                new FrozenParts(planPath, PredictorSchema.Of(inputs.Cohort.Coding, features)), clock, work);
            return summary;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StudyException($"{folder} cannot be written: {fault.Message} Choose another folder with --out, or wait for the other run.", fault);
        }
        catch (LearningException fault)
        {
            throw new StudyException(fault.Message, fault);
        }
    }

    private static string Work(FeatureTable features, StudyDesign design) =>
        $"{string.Join(", ", design.Models.Select(model => string.Create(CultureInfo.InvariantCulture, $"{model.Name} {model.Configurations.Count + model.MostLater}")))} configurations. {StudyCheck.Fits(features, design)}, then their interpretation.";

    /// <summary>Makes the report of a finished study again.</summary>
    /// <param name="folder">The folder of the study.</param>
    /// <param name="beside">The folder of another finished study to set beside it; null for none.</param>
    /// <param name="progress">Told of every stage.</param>
    /// <exception cref="StudyException">A folder holds no finished study, or one of another version, or the studies have no model in common.</exception>
    public static string Report(string folder, string? beside = null, IProgress<StudyProgress>? progress = null) => StudyFolder.Report(folder, beside, new StageWork(progress));

    internal static FeatureTable RequireFeatures(StudyCohort cohort) => cohort is { HasErrors: false, Features: { } features }
        ? features
        : throw new StudyException(string.Join("\n", cohort.Findings.Where(finding => finding.Severity == Severity.Error)));

    private static void RequireOwnFolder(string folder)
    {
        if (Directory.Exists(folder) && !File.Exists(Path.Combine(folder, StudyFolder.JournalName)) && Directory.EnumerateFileSystemEntries(folder).Any())
            throw new StudyException($"{folder} holds files that no earlier run made. Choose a new or empty folder with --out.");
    }

    internal static string Program() => $"Trabecula {TrabeculaVersion.Text}";

    private static StudySummary Summarise(
        StudyInputs inputs, DesignBuilder builder, FeatureTable features, StudyDesign design, StudyResult result, StageWork work)
    {
        StudyPlan plan = inputs.Readout.Plan;
        var pool = HeldOutPool.Of(result);
        Seed evaluationSeed = design.Seed.Derive("evaluation");
        EvaluationSummary? evaluation = EvaluationAnalysis.Of(pool, plan.Metrics, evaluationSeed, work);
        ComponentSummary? components = ComponentAnalysis.Of(features, result, design.Seed, work);
        MrmrSummary? mrmr = MrmrSummary.Of(result);
        InterpretationSummary? interpretation = InterpretationSummaries.Of(result, plan.Interpretation, plan.Metrics.Thresholds);
        return new StudySummary
        {
            Program = Program(),
            Title = plan.Title.Length == 0 ? "Study" : plan.Title,
            Profile = plan.Profile == StudyProfile.Paper ? "paper" : "sound",
            Seed = plan.Seed,
            Inputs = inputs.Files,
            Leaks = design.Leaks,
            SyntheticData = plan.SyntheticData,
            ReplicatesGe2025 = plan.Replicates == ReplicatedPaper.Ge2025,
            Warnings =
            [
                .. inputs.Readout.Warnings.Select(warning => $"{warning.Expected} {warning.Cure}"), .. builder.Warnings,
                .. inputs.Cohort.Findings.Select(finding => finding.ToString()), .. ScreeningNotes.Warnings(result), .. result.Splits.SelectMany(split => split.Warnings),
            ],
            Flow = FlowCount.Of(inputs.Cohort.Flow),
            Outcome = plan.Outcome.Name,
            Scores = inputs.Cohort.Scores,
            ScoreThreshold = plan.Outcome.AtLeast,
            Splits = [.. result.Splits.Select(SplitOf)],
            Models = [.. Enumerable.Range(0, design.Models.Count).Select(m => ModelOf(result, m))],
            TabNets = [.. result.Splits[0].TabNets.Select(TabNetSummary.Of)],
            LeftOut = builder.LeftOut,
            RepeatsSubjects = pool.Repeats,
            HeldOutOutcomes = [.. result.Splits.SelectMany(split => split.HeldOut.Outcomes)],
            Segmentation = inputs.Segmentation,
            Mrmr = mrmr,
            Components = components,
            Interpretation = interpretation,
            Evaluation = evaluation,
            Refits = [.. result.Splits[0].Searches.Zip(result.Splits[0].Refits, (search, refits) => RefitTables.Summarise(search.Model, refits))],
            Tables =
            [
                .. plan.SampleSize.Count == 0 ? [] : (ReportTable[])[SampleSizeTable.Of(plan.SampleSize, AvailableIn(features, result))],
                BaselineTables.ByOutcome(features, plan.Outcome.Name),
                .. result.Splits.Count == 1 ? [BaselineTables.BySide(features, plan.Outcome.Name, design.Split, result.Splits[0])] : (ReportTable[])[],
                .. mrmr is null ? [] : (ReportTable[])[mrmr.Table()],
                .. components is null ? [] : (ReportTable[])[ComponentAnalysis.Table(components)],
                .. EvaluationTables.Of(pool, evaluation, evaluationSeed.Derive("intervals"), work),
                .. BaselineComparisons.Of(pool, SmallModels(result), plan.Metrics.Baselines, plan.Metrics.Thresholds, evaluationSeed.Derive("baselines"), work),
                .. SubgroupTable.Of(pool, plan.Metrics, inputs.Cohort.Attributes),
                .. RefitTables.Of(
                    [.. result.Splits[0].Searches.Zip(result.Splits[0].Refits, (search, refits) => (search.Model, refits))], plan.Metrics.Thresholds,
                    design.Models.Any(model => model.Configurations.Count > 1 || model.Rounds.Count > 0), work),
                StudyTables.Evaluation(result, plan.Metrics.Thresholds), .. FeatureGroupTable.Of(features) is { } groups ? [groups] : (ReportTable[])[], StudyTables.Steps(result), StudyTables.Screening(result), SearchTable.Of(result), StudyTables.Trials(result),
                StudyTables.Predictions(result), StudyTables.Sides(result), .. interpretation is null ? [] : InterpretationTables.Of(interpretation),
            ],
        };
    }

    private static ModelRisks[] SmallModels(StudyResult result) =>
        [.. result.Splits[0].Baselines.Select((small, b) => new ModelRisks(small.Name, [.. result.Splits.SelectMany(split => split.BaselineRisks[b])]))];

    private static AvailableSubjects AvailableIn(FeatureTable features, StudyResult result) => new(
        features.RowCount, result.Splits.Min(split => split.Final.Prepared.Table.SubjectCount), result.Splits.Min(split => split.HeldOut.Subjects.Count), features.ColumnCount);

    private static SplitSummary SplitOf(SplitResult split)
    {
        FeatureTable training = split.Final.Prepared.Table, fitted = split.Final.Resampled.Table;
        return new SplitSummary(
            training.SubjectCount, training.SubjectEventCount, split.HeldOut.Subjects.Count, split.HeldOut.Outcomes.Count(outcome => outcome), training.Columns,
            fitted.RowCount, fitted.EventCount);
    }

    private static ModelSummary ModelOf(StudyResult result, int model)
    {
        SearchResult[] searches = [.. result.Splits.Select(split => split.Searches[model])];
        return new ModelSummary(
            searches[0].Model, searches[0].Trials.Count, [.. searches.Select(search => search.ChosenTrial.Configuration.Text)],
            [.. searches.Select(search => search.ChosenTrial.Scores.Count == 0 ? (double?)null : search.ChosenTrial.Mean)],
            [.. result.Splits.SelectMany(split => split.HeldOut.Risks[model])]);
    }
}
