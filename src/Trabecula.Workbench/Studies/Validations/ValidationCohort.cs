using Trabecula.Imaging;
using Trabecula.Learning;
using Trabecula.Workbench.Cohorts;
using Trabecula.Workbench.Studies.Plans;
using Trabecula.Workbench.Tables;

namespace Trabecula.Workbench.Studies.Validations;

/// <summary>New subjects as a study's models take them: by the plan's criteria and outcome, and by the coding that its own subjects had.</summary>
/// <param name="Cohort">The subjects, with everything found on the way.</param>
/// <param name="Features">Their predictors in the order of the study.</param>
/// <param name="Centre">The column of centres; null for none.</param>
/// <param name="Files">The tables read.</param>
/// <param name="Warnings">What the reader should know.</param>
internal sealed record ValidationCohort(
    StudyCohort Cohort, FeatureTable Features, string? Centre, IReadOnlyList<InputFile> Files, IReadOnlyList<string> Warnings)
{
    private const int LeastPerClass = 2;

    /// <summary>Reads the new subjects.</summary>
    /// <exception cref="TableException">A table cannot be read.</exception>
    /// <exception cref="StudyException">A column is not there, a cell has a value that the study did not know, or a class has fewer than two subjects.</exception>
    internal static ValidationCohort Read(FrozenStudy study, ValidationRequest request)
    {
        StudyPlan plan = study.Plan;
        DataTable clinical = Table(request.Cohort, plan.Cohort);
        var warnings = new List<string>();
        string? centre = request.Centre ?? (plan.Cohort.Centre is { } own && clinical.Find(own) >= 0 ? own : null);
        string[] subgroups = [.. plan.Metrics.Subgroups.Select(subgroup => subgroup.Column)];
        warnings.AddRange(subgroups.Where(column => clinical.Find(column) < 0).Select(column => $"{clinical.Name} has no column '{column}': the plan's subgroups by it are left out."));
        CohortDesign design = StudyInputs.DesignOf(plan) with
        {
            Clinical = study.Schema.Clinical,
            Attributes = [.. subgroups.Where(column => clinical.Find(column) >= 0).Concat(centre is null ? [] : [centre]).Distinct()],
            LeastPerClass = 0,
        };
        StudyCohort cohort = StudyCohort.Build(design, clinical, Readers(study, request, plan));
        FeatureTable features = InOrder(StudyRun.RequireFeatures(cohort), study.Schema);
        int events = features.EventCount;
        if (Math.Min(events, features.RowCount - events) < LeastPerClass)
            throw new StudyException(FormattableString.Invariant(
                $"{request.Cohort}: {events} of {features.RowCount} eligible subjects have the event; at least {LeastPerClass} with and {LeastPerClass} without it are needed. Check the criteria's counts, the outcome's column, and which cells mean the event."));
        warnings.AddRange(cohort.Findings.Where(finding => finding.Severity == Severity.Warning).Select(finding => finding.ToString()));
        warnings.AddRange(Known(study, features));
        return new ValidationCohort(
            cohort, features, centre, [StudyInputs.Hash(request.Cohort, Path.GetFileName(request.Cohort)), .. request.Features is { } file ? (InputFile[])[StudyInputs.Hash(file, Path.GetFileName(file))] : []],
            warnings);
    }

    private static RadiomicTable[] Readers(FrozenStudy study, ValidationRequest request, StudyPlan plan)
    {
        if (study.Schema.Radiomic.Count == 0)
        {
            return request.Features is null ? [] : throw new StudyException($"--features {request.Features}: the study's models take no features of images. Leave it out.");
        }
        if (request.Features is not { } path || plan.Predictors.Radiomic is not { } radiomic)
            throw new StudyException(FormattableString.Invariant($"The study's models take {study.Schema.Radiomic.Count} features of images: give their table with --features."));
        DataTable table = Table(path, radiomic);
        string[] lacking = [.. study.Schema.Radiomic.Where(name => table.Find(name) < 0)];
        if (lacking.Length > 0)
            throw new StudyException(FormattableString.Invariant(
                $"{path}: {lacking.Length} of the study's {study.Schema.Radiomic.Count} features are lacking: {PlainText.List(lacking)}. Extract with the parameters of the study."));
        return [RadiomicTable.Of(Path.GetFileName(path), table, radiomic.Id ?? plan.Cohort.Id, study.Schema.Radiomic)];
    }

    /// <summary>The columns in the order that the models were fitted in.</summary>
    private static FeatureTable InOrder(FeatureTable features, PredictorSchema schema)
    {
        int[] places = [.. schema.Clinical.Select(column => column.Column).Concat(schema.Radiomic).Select(name => features.Columns.Index().First(column => column.Item == name).Index)];
        var values = new double[features.RowCount * places.Length];
        for (int row = 0; row < features.RowCount; row++)
        {
            for (int c = 0; c < places.Length; c++)
                values[row * places.Length + c] = features.Row(row)[places[c]];
        }
        return new FeatureTable([.. places.Select(place => features.Schema[place])], features.Subjects, features.Outcomes, values);
    }

    /// <summary>Subjects whom the study may have seen already.</summary>
    private static IEnumerable<string> Known(FrozenStudy study, FeatureTable features)
    {
        HashSet<string> values = [.. study.Provenance.Subjects.Select(subject => subject.Values)], ids = [.. study.Provenance.Subjects.Select(subject => subject.Id)];
        string[] same = [.. Enumerable.Range(0, features.RowCount).Where(row => values.Contains(ProvenanceBuilder.Digest(features, [row]))).Select(row => features.Subjects[row])];
        string[] named = [.. features.Subjects.Where(ids.Contains).Except(same)];
        if (same.Length > 0)
            yield return $"{List(same)} the same values in all predictors as a subject of the study: on its own subjects this is no external validation.";
        if (named.Length > 0)
            yield return $"{List(named)} an id that a subject of the study has too: check that they are other people.";

        static string List(string[] subjects) => FormattableString.Invariant(
            $"{subjects.Length} {(subjects.Length == 1 ? "subject" : "subjects")} ({PlainText.List(subjects)}) {(subjects.Length == 1 ? "has" : "have")}");
    }

    // Another hospital's table has its own delimiter; what a missing value is called is the plan's.
    private static DataTable Table(string path, TableFormatPlan format) => TableFile.Read(path, StudyInputs.FormatOf(format) with { Delimiter = null, DecimalMark = null, Sheet = null });
}
