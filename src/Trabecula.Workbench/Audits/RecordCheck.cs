using Trabecula.Workbench.Cohorts;
using Trabecula.Workbench.Studies;

namespace Trabecula.Workbench.Audits;

/// <summary>
/// Whether the record of the fits is about the results: a record of another run, or one that lacks a fit, a fold or a subject, proves nothing of them.
/// </summary>
internal static class RecordCheck
{
    internal static AuditFinding Of(string folder, StudyProvenance record)
    {
        const string place = "record";
        string[] needed = [StudyFolder.SummaryName, StudyFolder.SchemaName, StudyFolder.PlanName];
        if (needed.FirstOrDefault(name => record.Results.All(file => file.Name != name)) is { } unnamed)
            return NotHeld($"provenance.json does not name {unnamed}");
        if (StudyFolder.ChangedFiles(folder, record, needed.Contains) is [var changed, ..])
            return NotHeld(changed);
        StudySummary summary = StudyFolder.Read(Path.Combine(folder, StudyFolder.SummaryName));
        string[] faults = [.. Inputs(record), .. Predictors(record, StudyFolder.ReadSchema(folder)), .. Sides(record, summary), .. Fits(record, summary)];
        return faults.Length == 0
            ? new AuditFinding(AuditVerdict.Fits, place, "The record of the fits is about these results.", "the same plan, predictors, sides of the splits, predictions, steps, models and folds")
            : new AuditFinding(AuditVerdict.DoesNotFit, place, "The record of the fits is not about these results, or has gaps. Run the study again.",
                StudyAudit.Some(faults));

        static AuditFinding NotHeld(string why) => new(AuditVerdict.NotChecked, place, "The record of the fits cannot be held against the results.", why);
    }

    private static IEnumerable<string> Inputs(StudyProvenance record)
    {
        if (record.Inputs.Count == 0 || record.Inputs[0].Sha256 != record.Results.First(file => file.Name == StudyFolder.PlanName).Sha256)
            yield return "plan.yaml is not the plan that the record names as the first input";
    }

    private static IEnumerable<string> Predictors(StudyProvenance record, PredictorSchema schema)
    {
        (string Name, string RecordedAt)[] used =
        [
            .. schema.Clinical.Select(column => (column.Column, PredictorRecord.Moment(column.RecordedAt))),
            .. schema.Radiomic.Select(name => (name, PredictorRecord.Moment(RecordedAt.Preoperative))),
        ];
        (string, string)[] recorded = [.. record.Predictors.Select(predictor => (predictor.Name, predictor.RecordedAt))];
        foreach ((string name, string moment) in used.Except(recorded).Take(1))
            yield return $"{name}, {moment} by schema.json, is not so in the record";
        foreach ((string name, string moment) in recorded.Except(used).Take(1))
            yield return $"{name}, {moment} by the record, is not so in schema.json";
    }

    private static IEnumerable<string> Sides(StudyProvenance record, StudySummary summary)
    {
        ILookup<string, string> sides = Rows(summary, "splits").ToLookup(row => $"{row[0]} {row[2]}", row => row[1], StringComparer.Ordinal);
        ILookup<string, string> predicted = Rows(summary, "predictions").ToLookup(row => row[0], row => row[1], StringComparer.Ordinal);
        if (predicted.Count != record.Splits.Count)
            yield return FormattableString.Invariant($"{record.Splits.Count} splits are recorded, and predictions are of {predicted.Count}");
        foreach ((int s, SplitRecord split) in record.Splits.Index())
        {
            string number = StudyTables.Whole(s + 1);
            foreach ((string what, string table, int set, IEnumerable<string> subjects) in (IEnumerable<(string, string, int, IEnumerable<string>)>)
            [
                ("training", "splits.csv", split.Training, sides[$"{number} training"]), ("held-out", "splits.csv", split.HeldOut, sides[$"{number} held out"]),
                ("evaluated", "predictions.csv", split.Evaluated, predicted[number]),
            ])
            {
                HashSet<string> recorded = [.. record.Sets[set].Select(place => record.Subjects[place].Id)], used = [.. subjects];
                if (!recorded.SetEquals(used))
                    yield return FormattableString.Invariant(
                        $"split {number}: {recorded.Count} {what} subjects are recorded, and tables/{table} has {used.Count}; they differ in {recorded.Except(used).Concat(used.Except(recorded)).First()}");
            }
        }
    }

    private static IEnumerable<string> Fits(StudyProvenance record, StudySummary summary)
    {
        ILookup<string, string> steps = Rows(summary, "steps").ToLookup(row => $"{row[0]} {row[1]}", row => row[3], StringComparer.Ordinal);
        foreach (string fault in Lacking("before the split", steps[" all subjects, before the split"], record.BeforeSplit))
            yield return fault;
        foreach ((int s, SplitRecord split) in record.Splits.Index())
        {
            string number = StudyTables.Whole(s + 1);
            IEnumerable<string> models = summary.Models.Select(model => model.Name);
            foreach (string fault in Lacking($"split {number}", steps[$"{number} training"].Concat(models), split.Fits))
                yield return fault;
            int folds = FoldsOf(summary, number);
            if (folds != split.Folds.Count)
                yield return FormattableString.Invariant($"split {number}: {split.Folds.Count} folds are recorded, and tables/trials.csv has {folds}");
            foreach ((int f, FoldRecord fold) in split.Folds.Index())
            {
                string where = FormattableString.Invariant($"split {number}, fold {f + 1}");
                IReadOnlyList<int> validation = record.Sets[fold.Validation];
                if (validation.Count == 0 || validation.Except(record.Sets[split.Training]).Any())
                    yield return $"{where}: the validation subjects are none, or not of the training side";
                foreach (string fault in Lacking(where, steps[FormattableString.Invariant($"{number} fold {f + 1}")], fold.Fits))
                    yield return fault;
                if (!fold.Fits.Any(fit => fit.Kind == FitKind.Model))
                    yield return $"{where}: no fit of a model is recorded";
            }
        }
    }

    private static IEnumerable<string> Lacking(string where, IEnumerable<string> names, IReadOnlyList<FitRecord> fits)
    {
        foreach (IGrouping<string, string> name in names.GroupBy(name => name, StringComparer.Ordinal))
        {
            if (fits.Count(fit => fit.Name == name.Key) < name.Count())
                yield return $"{where}: no fit of {name.Key} is recorded";
        }
    }

    /// <summary>How many folds scored trials of a split.</summary>
    private static int FoldsOf(StudySummary summary, string split)
    {
        ReportTable trials = summary.Tables.First(table => table.Name == "trials");
        int[] folds = [.. trials.Columns.Index().Where(column => column.Item.StartsWith("AUROC fold ", StringComparison.Ordinal)).Select(column => column.Index)];
        return trials.Rows.Where(row => row[0] == split).Select(row => folds.Count(column => row[column].Length > 0)).DefaultIfEmpty().Max();
    }

    private static IReadOnlyList<IReadOnlyList<string>> Rows(StudySummary summary, string table) => summary.Tables.First(each => each.Name == table).Rows;
}
