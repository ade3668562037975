using Trabecula.Learning;
using Trabecula.Learning.Evaluation;
using Trabecula.Learning.Models;
using Trabecula.Learning.Preparation;
using Trabecula.Learning.Splitting;
using Trabecula.Learning.Statistics;
using Trabecula.Workbench.Reports;
using Trabecula.Workbench.Synthesis;

namespace Trabecula.Workbench.Demos;

/// <summary>
/// The demonstration's images: a synthetic cohort is written as volumes, masks and a table, extracted as any
/// other cohort, split by subject, fitted on the training side, evaluated on the other, and reported on one page.
/// </summary>
internal static class ImagingDemo
{
    // All columns, one strong penalty and nothing to choose: no screening, selection or tuning step can leak or overfit to the
    // few events, and the features' correlation does the pooling. The value is about one over the number of columns, the scale
    // at which a group of some hundred correlated features can move the log odds by about 1 while a single one cannot. It was
    // fixed before any result was seen.
    internal const double PenaltyC = 0.001;

    internal const string OutcomeColumn = "Outcome";

    private const string FittingStage = "Fitting the model";

    internal static IReadOnlyList<string> ClinicalColumns { get; } = ["AgeYears", "TScore"];

    internal static Seed CohortSeed(Seed seed) => seed.Derive("demo-cohort");

    internal static Seed SplitSeed(Seed seed) => seed.Derive("demo-split");

    /// <summary>Runs it.</summary>
    /// <exception cref="DemoException">The folder is somebody else's, or the cohort is too small to be split.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; finished files stay.</exception>
    internal static ImagingSummary Run(DemoRequest request, IProgress<DemoProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var seed = new Seed(request.Seed);
        string cohortFolder = Path.Combine(request.OutputFolder, "cohort");
        string cases = Path.Combine(cohortFolder, "cases.csv"), features = Path.Combine(request.OutputFolder, "features.csv");
        RequireOwnFolder(request.OutputFolder, cases);
        IReadOnlyList<SyntheticSubject> subjects = SyntheticCohort.Draw(request.Subjects, CohortSeed(seed));
        RequireBothClasses(request, subjects);
        Directory.CreateDirectory(cohortFolder);
        // Results of an earlier run must not stand beside another truth, should this run be interrupted.
        string predictions = Path.Combine(request.OutputFolder, "predictions.csv"), report = Path.Combine(request.OutputFolder, "report.html");
        File.Delete(predictions);
        File.Delete(report);
        // The table of cases marks the folder as a demo's, so it is first: an interrupted run can then be continued.
        CohortFiles.WriteCases(cases, subjects);
        CohortFiles.WriteTruth(Path.Combine(request.OutputFolder, "truth.csv"), subjects);
        Generate(cohortFolder, subjects, request.Jobs, progress, cancellationToken);

        IReadOnlyList<DemoFailure> failures = DemoExtraction.Extract(cases, features, request.Jobs, progress, cancellationToken);
        FeatureTable table = CohortFiles.ReadFeatures(features, failures);
        progress?.Report(new DemoProgress(FittingStage, 0, 1));
        DemoResult result = Learn(seed, subjects, failures, table, cancellationToken);
        progress?.Report(new DemoProgress(FittingStage, 1, 1));

        CohortFiles.WritePredictions(predictions, result);
        CohortFiles.WriteText(report, DemoReport.Render(result));
        ConfidenceInterval interval = result.Auroc.Interval(0.95, AurocScale.Logit);
        return new ImagingSummary(
            subjects.Count, failures.Count, result.Split.Training.Table.RowCount, result.HeldOutSubjects.Count, result.Auroc.Cases,
            result.Model.Columns.Count, result.Auroc.Value, interval.Lower, interval.Upper, result.TrueRiskAuroc.Value, report);
    }

    /// <summary>A folder with other files in it is not ours to write into; an earlier demo's is.</summary>
    private static void RequireOwnFolder(string folder, string cases)
    {
        if (Directory.Exists(folder) && !File.Exists(cases) && Directory.EnumerateFileSystemEntries(folder).Any())
            throw new DemoException($"{folder} holds files that no earlier demo made. Choose a new or empty folder with --out.");
    }

    /// <summary>Outcomes are drawn with the cohort, so a held-out part too small for an interval is known before any work is done.</summary>
    private static void RequireBothClasses(DemoRequest request, IReadOnlyList<SyntheticSubject> subjects)
    {
        int events = subjects.Count(subject => subject.Outcome), controls = subjects.Count - events;
        var split = new StratifiedHoldOut();
        if (events - split.TrainingOf(events) < 2 || controls - split.TrainingOf(controls) < 2)
        {
            throw new DemoException(
                $"Of {subjects.Count} subjects drawn with seed {request.Seed}, {events} have the event: too few to hold two of each class out. Use more --subjects or another --seed.");
        }
    }

    /// <summary>Splits, fits scaling and model on the training side, and predicts the other.</summary>
    internal static DemoResult Learn(
        Seed seed, IReadOnlyList<SyntheticSubject> subjects, IReadOnlyList<DemoFailure> failures, FeatureTable table,
        CancellationToken cancellationToken)
    {
        HoldOutSplit split = new StratifiedHoldOut().Split(table, SplitSeed(seed))[0];
        var plan = new Pipeline(new PreparationSteps([new StandardScaler()]), [], new LogisticRegression { C = PenaltyC });
        FittedPipeline pipeline = plan.Fit(split.Training, seed.Derive("demo-fit"), cancellationToken);
        return new DemoResult(seed, subjects, failures, split, (FittedLogisticRegression)pipeline.Model, split.HeldOut.Open([pipeline]));
    }

    private static void Generate(
        string cohortFolder, IReadOnlyList<SyntheticSubject> subjects, int jobs, IProgress<DemoProgress>? progress, CancellationToken cancellationToken)
    {
        int done = 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = jobs, CancellationToken = cancellationToken };
        try
        {
            Parallel.ForEach(subjects, options, subject =>
            {
                CohortFiles.WriteVolumes(cohortFolder, subject, cancellationToken);
                progress?.Report(new DemoProgress("Generating volumes", Interlocked.Increment(ref done), subjects.Count));
            });
        }
        catch (AggregateException faults)
        {
            // One full disk fails every thread: the first fault tells all.
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(faults.InnerExceptions[0]);
        }
    }
}
