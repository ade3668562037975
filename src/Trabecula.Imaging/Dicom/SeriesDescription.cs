namespace Trabecula.Imaging.Dicom;

/// <summary>What a DICOM series is, without a word on the patient.</summary>
public sealed record SeriesDescription
{
    /// <summary>The series' number, or null.</summary>
    public int? Number { get; init; }

    /// <summary>The acquisition, where one series holds several volumes; else null.</summary>
    public int? Acquisition { get; init; }

    /// <summary>Modality, such as CT.</summary>
    public string Modality { get; init; } = "";

    /// <summary>Number of slices.</summary>
    public int Slices { get; init; }

    /// <summary>Grid of the volume; null where the slices form none.</summary>
    public VolumeGeometry? Geometry { get; init; }

    /// <summary>Columns and rows of a slice.</summary>
    public (int Columns, int Rows) SliceSize { get; init; }

    /// <summary>Distance between columns and between rows, in millimetres.</summary>
    public (double X, double Y) PixelSpacingMm { get; init; }

    /// <summary>Nominal slice thickness in millimetres, or null.</summary>
    public double? SliceThicknessMm { get; init; }

    /// <summary>Peak voltages of the slices in kV, ascending.</summary>
    public IReadOnlyList<double> PeakKilovolts { get; init; } = [];

    /// <summary>Tube currents of the slices in mA, ascending.</summary>
    public IReadOnlyList<double> TubeCurrentsMilliampere { get; init; } = [];

    /// <summary>Rotation times in seconds, ascending.</summary>
    public IReadOnlyList<double> RevolutionSeconds { get; init; } = [];

    /// <summary>Reconstruction kernel, or empty.</summary>
    public string Kernel { get; init; } = "";

    /// <summary>Manufacturer of the scanner, or empty.</summary>
    public string Manufacturer { get; init; } = "";

    /// <summary>Model of the scanner, or empty.</summary>
    public string Model { get; init; } = "";

    /// <summary>Automatic control of the tube current, such as <c>XYZ_EC</c>, or empty.</summary>
    public string ExposureModulation { get; init; } = "";

    /// <summary>Whether the files name a contrast agent.</summary>
    public bool HasContrast { get; init; }

    /// <summary>How the files are encoded.</summary>
    public string TransferSyntax { get; init; } = "";

    /// <summary>What keeps the slices from being a volume.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>What was noticed beside.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
