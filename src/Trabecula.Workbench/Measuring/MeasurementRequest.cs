using Trabecula.Workbench.Extraction;

namespace Trabecula.Workbench.Measuring;

/// <summary>What <c>trabecula measure</c> shall do.</summary>
public sealed record MeasurementRequest
{
    /// <summary>CT: a file, or a folder of DICOM slices.</summary>
    public required string Image { get; init; }

    /// <summary>Mask with a label for each vertebral body.</summary>
    public required string Mask { get; init; }

    /// <summary>The study's own id of the subject, for the table's column ID; empty for none.</summary>
    public string Subject { get; init; } = "";

    /// <summary>The table to write; its name tells the format.</summary>
    public required string Output { get; init; }

    /// <summary>The labels to measure; all of the mask are neighbours. Null for all.</summary>
    public LabelSelection? Labels { get; init; }

    /// <summary>Folder for a picture of each body; null for none.</summary>
    public string? Pictures { get; init; }

    /// <summary>Values below this, in HU, are gas.</summary>
    public double GasBelowHu { get; init; } = -200;

    /// <summary>How much is eroded for the core.</summary>
    public double CoreMm { get; init; } = 4;
}
