using Trabecula.Workbench.Cohorts;

namespace Trabecula.Workbench.Studies;

/// <summary>
/// What every fit of a study has seen, as <c>provenance.json</c> holds it: written down where the fits were made, not where they were planned.
/// <see cref="Audits.StudyAudit"/> reads it.
/// </summary>
public sealed record StudyProvenance
{
    /// <summary>The version of this format.</summary>
    public const int Version = 1;

    /// <summary>The version of the format that the file was written in.</summary>
    public int SchemaVersion { get; init; } = Version;

    /// <summary>The program that ran the study.</summary>
    public required string Program { get; init; }

    /// <summary>Every file that was read, with its SHA-256.</summary>
    public required IReadOnlyList<InputFile> Inputs { get; init; }

    /// <summary>The results, with their SHA-256.</summary>
    public IReadOnlyList<InputFile> Results { get; init; } = [];

    /// <summary>Whether the plan splits by date, so that the test lies in the future of the training.</summary>
    public required bool SplitInTime { get; init; }

    /// <summary>The eligible subjects with an outcome.</summary>
    public required IReadOnlyList<SubjectRecord> Subjects { get; init; }

    /// <summary>The predictors that the study began with.</summary>
    public required IReadOnlyList<PredictorRecord> Predictors { get; init; }

    /// <summary>Sets of subjects, by their places in <see cref="Subjects"/>; the other parts refer to them by number.</summary>
    public required IReadOnlyList<IReadOnlyList<int>> Sets { get; init; }

    /// <summary>Fits before any split.</summary>
    public required IReadOnlyList<FitRecord> BeforeSplit { get; init; }

    /// <summary>The splits.</summary>
    public required IReadOnlyList<SplitRecord> Splits { get; init; }
}

/// <summary>A subject.</summary>
/// <param name="Id">As in the cohort's table.</param>
/// <param name="Values">A digest of all predictors: equal for equal values.</param>
/// <param name="Date">The date by which the plan can split; null without one.</param>
/// <param name="Centre">The centre; null without one.</param>
public sealed record SubjectRecord(string Id, string Values, string? Date, string? Centre);

/// <summary>A predictor.</summary>
/// <param name="Name">Its column.</param>
/// <param name="Source">Clinical or radiomic.</param>
/// <param name="RecordedAt">When it is recorded.</param>
public sealed record PredictorRecord(string Name, string Source, string RecordedAt)
{
    /// <summary>A moment as the record writes it.</summary>
    internal static string Moment(RecordedAt moment) => moment.ToString().ToLowerInvariant();
}

/// <summary>A fit.</summary>
/// <param name="Name">The step or model.</param>
/// <param name="Kind">What it is for.</param>
/// <param name="Saw">The set of subjects whose values it has seen.</param>
public sealed record FitRecord(string Name, FitKind Kind, int Saw);

/// <summary>What a fit is for.</summary>
public enum FitKind
{
    /// <summary>It computes columns: scaling, imputation, encoding.</summary>
    Preparation,

    /// <summary>It leaves columns out.</summary>
    Selection,

    /// <summary>It predicts.</summary>
    Model,
}

/// <summary>A split.</summary>
/// <param name="Training">The set that may be seen.</param>
/// <param name="HeldOut">The set that is kept.</param>
/// <param name="Evaluated">The set whose predictions are reported.</param>
/// <param name="Fits">The fits of the final pipelines.</param>
/// <param name="Folds">The folds of the search.</param>
public sealed record SplitRecord(int Training, int HeldOut, int Evaluated, IReadOnlyList<FitRecord> Fits, IReadOnlyList<FoldRecord> Folds);

/// <summary>A fold of the search.</summary>
/// <param name="Validation">The set that trials were scored on.</param>
/// <param name="Fits">The fits of the fold.</param>
public sealed record FoldRecord(int Validation, IReadOnlyList<FitRecord> Fits);
