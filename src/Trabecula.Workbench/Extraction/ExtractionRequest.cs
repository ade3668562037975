namespace Trabecula.Workbench.Extraction;

/// <summary>What to extract features from, how, and where to write them.</summary>
public sealed record ExtractionRequest
{
    /// <summary>The image and its mask, or the table of cases.</summary>
    public required ExtractionInput Input { get; init; }

    /// <summary>A PyRadiomics parameter file; null takes PyRadiomics' defaults.</summary>
    public string? ParameterFile { get; init; }

    /// <summary>The file to write; its name ends with <c>.csv</c>, <c>.json</c> or <c>.parquet</c>.</summary>
    public required string Output { get; init; }

    /// <summary>Whether the results of another run are replaced. Those of the same run, when it was stopped, are continued in any case.</summary>
    public bool Overwrites { get; init; }

    /// <summary>Labels that override those of the table and of the parameter file; null keeps these.</summary>
    public LabelSelection? Labels { get; init; }

    /// <summary>Folder for what features are computed on: image and mask after preparation, and every filtered image; null for none.</summary>
    public string? ImagesFolder { get; init; }

    /// <summary>The format of images.</summary>
    public ImageFormat ImageFormat { get; init; }

    /// <summary>Folder for each mask painted on its image, with a contact sheet; null for none.</summary>
    public string? OverlaysFolder { get; init; }

    /// <summary>How many cases are worked on at the same time; memory grows with it, results do not change.</summary>
    public int Jobs { get; init; } = 1;
}

/// <summary>What to extract features from.</summary>
public abstract record ExtractionInput
{
    private ExtractionInput() { }

    /// <summary>One image with its mask.</summary>
    public sealed record Pair(string Image, string Mask) : ExtractionInput;

    /// <summary>A table with the columns Image and Mask, one case a row.</summary>
    public sealed record Table(string Path) : ExtractionInput;
}

/// <summary>How far an extraction is.</summary>
/// <param name="Done">Finished cases, failed ones included.</param>
/// <param name="Total">All cases.</param>
/// <param name="Subject">The case that was finished last.</param>
/// <param name="Failed">Whether it failed.</param>
public readonly record struct ExtractionProgress(int Done, int Total, string Subject, bool Failed);

/// <summary>What an extraction gave.</summary>
/// <param name="Cases">All cases: rows of the table.</param>
/// <param name="Rows">Rows of the output: one for each case and label.</param>
/// <param name="Failures">Cases that gave no features, in the order of the table.</param>
/// <param name="FailureFile">Where the failures are listed; null without failures.</param>
/// <param name="Warnings">What was left out of cases that did give features, in the order of the table.</param>
public sealed record ExtractionReport(
    int Cases, int Rows, IReadOnlyList<CaseFailure> Failures, string? FailureFile, IReadOnlyList<CaseWarning> Warnings)
{
    /// <summary>Whether there is an output: without a case that gave features none is written, and one of an earlier run stays as it was.</summary>
    public required bool IsWritten { get; init; }

    /// <summary>What was written beside the features.</summary>
    public required CompanionCounts Beside { get; init; }
}

/// <summary>What was left out of a case, such as a LoG image that its region is too small for.</summary>
/// <param name="Subject">The case's ID, or its image where the table has no IDs.</param>
/// <param name="Label">The label.</param>
/// <param name="Text">What was left out and why.</param>
public sealed record CaseWarning(string Subject, uint Label, string Text);

/// <summary>A case that gave no features.</summary>
/// <param name="Subject">The case's ID, or its image where the table has no IDs.</param>
/// <param name="Label">The label; null where the mask's labels could not be read.</param>
/// <param name="Stage">The step that failed.</param>
/// <param name="Reason">What is wrong.</param>
/// <param name="Cure">What the user can do.</param>
public sealed record CaseFailure(string Subject, uint? Label, string Stage, string Reason, string Cure);
