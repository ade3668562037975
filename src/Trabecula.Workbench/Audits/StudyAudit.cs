using Trabecula.Workbench.Studies;

namespace Trabecula.Workbench.Audits;

/// <summary>
/// Whether a finished study's fits saw training subjects only, from what the fits themselves wrote down; by the classes of leakage of
/// Kapoor and Narayanan, Patterns 4 (2023) 100804.
/// </summary>
public static class StudyAudit
{
    /// <summary>Checks a study's folder.</summary>
    /// <returns>A finding for each class of leakage, after those of the folder's files.</returns>
    /// <exception cref="StudyException">The folder holds no finished study, or one of another version.</exception>
    public static IReadOnlyList<AuditFinding> Of(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        StudyProvenance provenance = StudyFolder.ReadProvenance(folder);
        return [Files(folder, provenance), .. Of(provenance)];
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
        IReadOnlyList<string> changed = StudyFolder.ChangedFiles(folder, provenance, _ => true);
        return changed.Count == 0
            ? new AuditFinding(AuditVerdict.Fits, "files", "The results are as the study wrote them.", FormattableString.Invariant($"SHA-256 of {provenance.Results.Count} files"))
            : new AuditFinding(AuditVerdict.DoesNotFit, "files", "Some results are not as the study wrote them: run the study again.", string.Join("; ", changed));
    }

    /// <summary>A file that was made by hand may refer to what it does not have.</summary>
    private static void RequireWhole(StudyProvenance provenance)
    {
        IEnumerable<int> numbers = provenance.BeforeSplit.Select(fit => fit.Saw).Concat(provenance.Splits.SelectMany(split =>
            (IEnumerable<int>)[split.Training, split.HeldOut, split.Evaluated, .. split.Fits.Select(fit => fit.Saw),
                .. split.Folds.SelectMany(fold => fold.Fits.Select(fit => fit.Saw).Append(fold.Validation))]));
        if (numbers.Any(number => number < 0 || number >= provenance.Sets.Count) ||
            provenance.Sets.Any(set => set.Any(place => place < 0 || place >= provenance.Subjects.Count)))
            throw new StudyException("provenance.json is damaged: it names sets or subjects that it does not have. Run the study again.");
    }
}
