using Trabecula.Imaging;
using Trabecula.Workbench.Studies;

namespace Trabecula.Workbench.Audits;

/// <summary>
/// Whether a finished study's fits saw training subjects only, from what the fits themselves wrote down; by the classes of leakage of
/// Kapoor and Narayanan, Patterns 4 (2023) 100804.
/// </summary>
public static class StudyAudit
{
    /// <summary>Checks a study's folder.</summary>
    /// <returns>A finding for each class of leakage, after those of the folder's files and of the record itself.</returns>
    /// <exception cref="StudyException">The folder holds no finished study, or one of another version.</exception>
    public static IReadOnlyList<AuditFinding> Of(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        StudyProvenance provenance = StudyFolder.ReadProvenance(folder);
        IReadOnlyList<AuditFinding> findings = Of(provenance);
        return [Files(folder, provenance), RecordCheck.Of(folder, provenance), .. findings];
    }

    /// <summary>Checks a provenance.</summary>
    internal static IReadOnlyList<AuditFinding> Of(StudyProvenance provenance)
    {
        RequireWhole(provenance);
        return
        [
            SeparationChecks.TestSet(provenance),
            FitChecks.Of(provenance, FitKind.Preparation, "L1.2 preparation", "Scaling, imputation, encoding and samplers"),
            FitChecks.Of(provenance, FitKind.Selection, "L1.3 selection", "The selection of columns"),
            FitChecks.Of(provenance, FitKind.Model, "models", "The models and their hyper-parameters"),
            SubjectChecks.Duplicates(provenance),
            SubjectChecks.Predictors(provenance),
            SubjectChecks.Time(provenance),
            SeparationChecks.Dependence(provenance),
            SeparationChecks.Sampling(provenance),
        ];
    }

    private static AuditFinding Files(string folder, StudyProvenance provenance)
    {
        string[] faults = [.. StudyFolder.ChangedFiles(folder, provenance, _ => true), .. StudyFolder.UnnamedFiles(folder, provenance).Select(name => $"{name} is not named in provenance.json")];
        return faults.Length == 0
            ? new AuditFinding(AuditVerdict.Fits, "files", "The results are as the study wrote them.", FormattableString.Invariant($"SHA-256 of {provenance.Results.Count} files"))
            : new AuditFinding(AuditVerdict.DoesNotFit, "files", "Some results are not as the study wrote them: put the files back as they were, or run the study again.", Some(faults));
    }

    /// <summary>The first of many faults, and how many follow.</summary>
    internal static string Some(IReadOnlyList<string> faults) => PlainText.List(faults, 5, "; ");

    /// <summary>A file that was made by hand may refer to what it does not have.</summary>
    private static void RequireWhole(StudyProvenance provenance)
    {
        if (!IsWhole(provenance))
            throw new StudyException("provenance.json is damaged: it names sets or subjects that it does not have, or one twice. Run the study again.");
    }

    private static bool IsWhole(StudyProvenance provenance)
    {
        IEnumerable<SplitRecord> splits = provenance.Splits;
        IEnumerable<FoldRecord> folds = splits.SelectMany(split => split?.Folds ?? []);
        IEnumerable<FitRecord> fits = provenance.BeforeSplit.Concat(splits.SelectMany(split => split?.Fits ?? [])).Concat(folds.SelectMany(fold => fold?.Fits ?? []));
        IEnumerable<object> records = [.. provenance.Results, .. provenance.Inputs, .. provenance.Subjects, .. provenance.Predictors, .. provenance.Sets, .. splits, .. folds, .. fits];
        if (records.Any(record => record is null))
            return false;
        IEnumerable<int> numbers = [.. fits.Select(fit => fit.Saw), .. folds.Select(fold => fold.Validation), .. splits.SelectMany(split => (int[])[split.Training, split.HeldOut, split.Evaluated])];
        return numbers.All(number => number >= 0 && number < provenance.Sets.Count) &&
            provenance.Sets.All(set => set.Distinct().Count() == set.Count && set.All(place => place >= 0 && place < provenance.Subjects.Count)) &&
            provenance.Subjects.DistinctBy(subject => subject.Id).Count() == provenance.Subjects.Count;
    }
}
