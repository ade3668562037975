using Trabecula.Workbench.Extraction;

namespace Trabecula.Workbench.Readers;

/// <summary>Whose work to compare, and where to write what comes of it.</summary>
public sealed record AgreementRequest
{
    /// <summary>
    /// One table of cases with the columns <c>Mask</c>, <c>Mask2</c> …; or one table of features with a column <c>Reader</c>; or a table of features
    /// for each reader.
    /// </summary>
    public required IReadOnlyList<string> Tables { get; init; }

    /// <summary>The folder to write; made where it does not exist.</summary>
    public required string Output { get; init; }

    /// <summary>The labels to compare; null for those of the table, or all.</summary>
    public LabelSelection? Labels { get; init; }

    /// <summary>Distances in millimetres that do not count in the surface Dice.</summary>
    public IReadOnlyList<double> TolerancesMm { get; init; } = [1, 2];

    /// <summary>The column of subjects' ids in tables of features.</summary>
    public string IdColumn { get; init; } = "ID";
}

/// <summary>What a comparison gave.</summary>
/// <param name="Files">The files that were written.</param>
/// <param name="Summary">What to tell the user, a line each.</param>
/// <param name="Failures">Cases that could not be compared, and why.</param>
public sealed record AgreementResult(IReadOnlyList<string> Files, IReadOnlyList<string> Summary, IReadOnlyList<string> Failures);
