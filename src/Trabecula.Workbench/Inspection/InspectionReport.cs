using System.Globalization;
using Trabecula.Imaging;
using Trabecula.Imaging.Dicom;
using Trabecula.Imaging.Masks;

namespace Trabecula.Workbench.Inspection;

/// <summary>What a file or folder is, in lines for a reader.</summary>
/// <param name="Lines">The lines; none where nothing could be read.</param>
/// <param name="HasProblems">Whether something keeps what was found from being used.</param>
/// <param name="Problem">Why nothing could be read; null where something was.</param>
public sealed record InspectionReport(IReadOnlyList<string> Lines, bool HasProblems, string? Problem)
{
    private const int NamesShown = 5;

    private static readonly string[] VolumeExtensions = [".nrrd", ".nhdr", ".nii", ".nii.gz", ".hdr"];

    /// <summary>Looks at a path.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static InspectionReport Of(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            return DicomReader.Recognizes(path) ? OfDicom(path, cancellationToken) : OfVolume(path, cancellationToken);
        }
        catch (ImagingException exception)
        {
            return new([], true, exception.Message);
        }
    }

    private static InspectionReport OfDicom(string path, CancellationToken cancellationToken)
    {
        DicomInspection found = DicomInspection.Of(path, cancellationToken);
        string[] volumes = Directory.Exists(path) ? [.. VolumesIn(path)] : [];
        string others = Text($"{Count(volumes.Length, "NIfTI or NRRD file")} ({string.Join(", ", volumes.Take(NamesShown).Select(Path.GetFileName))}{(volumes.Length > NamesShown ? ", ..." : "")})");
        if (found.Files == 0)
        {
            return new([], true, $"{path}: the folder holds no DICOM file" + (volumes.Length == 0 ? ", and no NIfTI or NRRD file. Give the folder of a series, or a file."
                : $", but {others}. Give one of them by its own path."));
        }
        var lines = new List<string>
        {
            Text($"{path}: {Count(found.Files, "DICOM file")}, {found.Series.Count} image series")
                + (found.Localizers > 0 ? Text($", {Count(found.Localizers, "localiser slice")}") : "")
                + (found.WithoutPosition > 0 ? Text($", {Count(found.WithoutPosition, "image")} without position") : "")
                + (found.OtherObjects > 0 ? Text($", {Count(found.OtherObjects, "other object")}") : ""),
        };
        if (found.NotDicom > 0)
            lines.Add(Text($"  note        {Count(found.NotDicom, "file")} named .dcm, but empty or damaged at the beginning"));
        if (volumes.Length > 0)
            lines.Add($"  note        beside them {others}: inspect these by their own paths");
        foreach (SeriesDescription series in found.Series)
            AddSeries(series, lines);
        foreach (MaskDescription mask in found.Masks)
        {
            lines.Add(Text($"{(mask.SegmentationType is { } type ? $"{type.ToLowerInvariant()} segmentation" : "structure set")} with {Count(mask.Names.Count, mask.SegmentationType is null ? "region" : "segment")}: ")
                + string.Join(", ", mask.Names));
        }
        bool readable = found is not { Files: 1, Masks: [{ SegmentationType: not null }] } || AddGrid(path, lines, cancellationToken);
        return new(lines, !readable || found.Series.Any(series => series.Problems.Count > 0), null);
    }

    /// <summary>The grid of a segmentation; false where it cannot be read.</summary>
    private static bool AddGrid(string path, List<string> lines, CancellationToken cancellationToken)
    {
        try
        {
            Segmentation mask = MaskFile.Read(path, null, cancellationToken);
            AddGeometry(mask.Layers[0].Geometry, lines);
            lines.AddRange(mask.Notes.Select(note => $"  note        {note}"));
            return true;
        }
        catch (ImagingException e)
        {
            lines.Add($"  PROBLEM     {e.Problem.TrimEnd('.')}");
            return false;
        }
    }

    private static void AddSeries(SeriesDescription series, List<string> lines)
    {
        lines.Add(Text($"series {(series.Number is { } number ? Text($"{number}") : "without number")}")
            + (series.Acquisition is { } acquisition ? Text($", acquisition {acquisition}") : "") + Text($": {series.Modality}, {Count(series.Slices, "slice")}"));
        if (series.Geometry is { } geometry)
            AddGeometry(geometry, lines);
        else
            lines.Add(Text($"  slices      {series.SliceSize.Columns} x {series.SliceSize.Rows}, {series.PixelSpacingMm.X:0.####} x {series.PixelSpacingMm.Y:0.####} mm"));
        Add(lines, "thickness", series.SliceThicknessMm is { } thickness ? Text($"{thickness:0.###} mm nominal") : "");
        Add(lines, "scanner", string.Join(' ', ((string[])[series.Manufacturer, series.Model]).Where(word => word.Length > 0)));
        Add(lines, "kernel", series.Kernel);
        Add(lines, "voltage", Range(series.PeakKilovolts, "kV"));
        Add(lines, "current", Range(series.TubeCurrentsMilliampere, "mA") + (series.ExposureModulation.Length > 0 ? Text($", modulation {series.ExposureModulation}") : ""));
        Add(lines, "rotation", Range(series.RevolutionSeconds, "s"));
        Add(lines, "contrast", series.HasContrast ? "an agent is named" : "none named");
        Add(lines, "encoding", series.TransferSyntax);
        lines.AddRange(series.Problems.Select(problem => $"  PROBLEM     {problem}"));
        lines.AddRange(series.Warnings.Select(warning => $"  note        {warning}"));
    }

    private static InspectionReport OfVolume(string path, CancellationToken cancellationToken)
    {
        Segmentation mask = MaskFile.Read(path, null, cancellationToken);
        var lines = new List<string> { Text($"{path}: {mask.Layers[0].Labels.VoxelType} volume") };
        AddGeometry(mask.Layers[0].Geometry, lines);
        foreach (MaskSegment segment in mask.Segments)
            lines.Add(Text($"  segment {segment.Label,-4}{segment.Name}"));
        if (mask.Segments.Count == 0 && mask.Layers[0].Labels.Accept(new LabelCounts(cancellationToken)) is { } labels)
            AddLabels(labels, mask.Layers[0].Geometry, lines);
        lines.AddRange(VolumeFile.NotesOf(path).Concat(mask.Notes).Select(note => $"  note        {note}"));
        return new(lines, false, null);
    }

    private static void AddLabels(SortedDictionary<uint, long> labels, VolumeGeometry geometry, List<string> lines)
    {
        lines.AddRange(labels.Select(label => Text($"  label {label.Key,-6}{label.Value} {(label.Value == 1 ? "voxel" : "voxels")}, {label.Value * geometry.VoxelVolumeMm3:0.#} mm3")));
        if (labels.Count == 0)
            lines.Add("  label       none: every voxel is 0");
    }

    private static IEnumerable<string> VolumesIn(string folder) => Directory.EnumerateFiles(folder)
        .Where(file => VolumeExtensions.Any(extension => file.EndsWith(extension, StringComparison.OrdinalIgnoreCase))).Order(StringComparer.Ordinal).Select(PlainText.Of);

    private static void AddGeometry(VolumeGeometry geometry, List<string> lines)
    {
        Vector3D spacing = geometry.SpacingMm, origin = geometry.OriginMm;
        Matrix3D d = geometry.Direction;
        lines.Add(Text($"  size        {geometry.Size.X} x {geometry.Size.Y} x {geometry.Size.Z} voxels"));
        lines.Add(Text($"  spacing     {spacing.X:0.######} x {spacing.Y:0.######} x {spacing.Z:0.######} mm"));
        lines.Add(Text($"  origin      {Place(origin.X)}, {Place(origin.Y)}, {Place(origin.Z)} mm (LPS)"));
        lines.Add(Text($"  directions  x ({Place(d.M00)}, {Place(d.M10)}, {Place(d.M20)}), y ({Place(d.M01)}, {Place(d.M11)}, {Place(d.M21)}), z ({Place(d.M02)}, {Place(d.M12)}, {Place(d.M22)})"));
    }

    private static void Add(List<string> lines, string name, string value)
    {
        if (value.Length > 0)
            lines.Add($"  {name,-12}{value}");
    }

    // A zero has no sign.
    private static string Place(double value) => Text($"{Math.Round(value, 3) + 0.0:0.###}");

    private static string Range(IReadOnlyList<double> values, string unit) => values.Count switch
    {
        0 => "",
        1 => Text($"{values[0]:0.###} {unit}"),
        _ => Text($"{values[0]:0.###} to {values[^1]:0.###} {unit}"),
    };

    private static string Count(int count, string what) => Text($"{count} {what}{(count == 1 ? "" : "s")}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
