using System.Globalization;
using System.Text;
using Trabecula.Imaging;
using Trabecula.Imaging.Dicom;
using Trabecula.Imaging.Masks;
using Trabecula.Imaging.Measuring;
using Trabecula.Workbench.Extraction;
using Trabecula.Workbench.Tables;

namespace Trabecula.Workbench.Measuring;

/// <summary>Measures the vertebral bodies of a mask: heights, angles, gas and density, into a table and pictures.</summary>
public static class MeasurementRun
{
    // Lumbar bodies of adults are 30 to 40 mm deep.
    private const double DeepestMm = 50;

    /// <summary>Reads, measures and writes.</summary>
    /// <param name="request">What to do.</param>
    /// <param name="progress">Told of each body as it begins.</param>
    /// <param name="cancellationToken">Checked between the bodies.</param>
    /// <returns>What was written and what was left out; a line each.</returns>
    /// <exception cref="ExtractionException">A file cannot be read or written, or the mask does not fit.</exception>
    public static IReadOnlyList<string> Run(MeasurementRequest request, IProgress<string>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        try
        {
            return Measure(request, progress, cancellationToken);
        }
        catch (ImagingException exception)
        {
            throw ExtractionException.Input(exception.Message);
        }
        catch (TableException exception)
        {
            throw ExtractionException.Input(exception.Message);
        }
    }

    private static List<string> Measure(MeasurementRequest request, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        progress?.Report("read image and mask");
        DicomImage? dicom = DicomReader.Recognizes(request.Image) ? DicomReader.Read(request.Image, cancellationToken) : null;
        Volume image = dicom?.Volume ?? VolumeFile.Read(request.Image, cancellationToken);
        Segmentation mask = MaskFile.Read(request.Mask, image.Geometry, cancellationToken);
        RequireSameGrid(image.Geometry, mask.Layers[0].Geometry);
        var said = new List<string>([.. dicom?.Warnings ?? [], .. mask.Notes]);
        var bodies = new List<MeasuredBody>();
        Region[] regions = RegionsOf(mask, cancellationToken);
        Region[] wanted = Wanted(regions, request.Labels);
        foreach (Region region in regions)
        {
            progress?.Report($"measure label {region.Name}");
            try
            {
                var body = VoxelSet.Of(mask.Layers[region.Layer], region.Value);
                bodies.Add(new MeasuredBody(region.Name, body, BodyMeasurement.Of(image, body, request.GasBelowHu, request.CoreMm, cancellationToken)));
            }
            catch (ImagingException exception) when (regions.Length > 1)
            {
                said.Add($"Label {region.Name} was left out: {exception.Message}");
            }
        }
        MeasuredBody.Connect(bodies);
        MeasuredBody[] rows = [.. bodies.Where(body => wanted.Any(region => region.Name == body.Label))];
        if (rows.Length == 0)
            throw new ImagingException(request.Mask, string.Join(' ', said.Prepend("no label could be measured.")), "Give a mask of vertebral bodies without posterior elements, a label each.");
        said.AddRange(rows.Where(body => body.Measurement.RearMm - body.Measurement.FrontMm > DeepestMm).Select(body => string.Create(CultureInfo.InvariantCulture,
            $"Label {body.Label} is {body.Measurement.RearMm - body.Measurement.FrontMm:0} mm deep, more than a body: does the mask hold posterior elements? Its heights then mean nothing.")));
        TableFile.Write(request.Output, DataTable.Of(Path.GetFileName(request.Output), Columns(request), rows.Select(Row)));
        said.Add(string.Create(CultureInfo.InvariantCulture, $"{request.Output}: {rows.Length} {(rows.Length == 1 ? "body" : "bodies")}"));
        if (request.Pictures is { } folder)
        {
            ExtractionException.Guard(folder, () => Directory.CreateDirectory(folder));
            foreach (MeasuredBody body in rows)
            {
                string path = Path.Combine(folder, $"{string.Concat(body.Label.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'))}.svg");
                byte[] svg = Encoding.UTF8.GetBytes(MeasurementPicture.Render(image, body, request.GasBelowHu, request.CoreMm));
                ExtractionException.Guard(path, () => AtomicFile.Write(path, stream => stream.Write(svg)));
                said.Add(path);
            }
        }
        return said;
    }

    private sealed record Region(string Name, uint Label, int Layer, uint Value);

    private static Region[] RegionsOf(Segmentation mask, CancellationToken cancellationToken) => mask.Segments.Count > 0
        ? [.. mask.Segments.Select(segment => new Region(segment.Name.Length > 0 ? segment.Name : Text(segment.Label), segment.Label, segment.Layer, segment.Value))]
        : [.. mask.Layers[0].FindRegions(cancellationToken).Regions.Select(region => new Region(Text(region.Label), region.Label, 0, region.Label))];

    private static Region[] Wanted(Region[] regions, LabelSelection? labels)
    {
        string[]? asked = labels?.Names?.ToArray() ?? labels?.Labels?.Select(Text).ToArray();
        if (asked is null)
            return regions;
        return [.. asked.Select(word => Array.Find(regions, region => region.Name.Equals(word, StringComparison.OrdinalIgnoreCase) || Text(region.Label) == word)
            ?? throw new ImagingException("", $"the mask has no label '{word}'.", $"It has {string.Join(", ", regions.Select(region => region.Name))}."))];
    }

    private static string Text(uint label) => label.ToString(CultureInfo.InvariantCulture);

    private static string[] Columns(MeasurementRequest request) =>
    [
        "Label", "Anterior_height_mm", "Middle_height_mm", "Posterior_height_mm",
        "Anterior_reduction_ratio", "Middle_reduction_ratio", "Posterior_reduction_ratio", "Anterior_to_posterior_ratio",
        "Wedge_angle_deg", "Segmental_Cobb_angle_deg", "Upper_endplate_tilt_deg", "Lower_endplate_tilt_deg", "Depth_mm",
        string.Create(CultureInfo.InvariantCulture, $"Gas_fraction_below_{request.GasBelowHu}_HU"),
        string.Create(CultureInfo.InvariantCulture, $"Core_mean_HU_eroded_{request.CoreMm}_mm"), "Core_volume_mm3", "Body_volume_mm3",
    ];

    private static string[] Row(MeasuredBody body)
    {
        BodyMeasurement m = body.Measurement;
        return
        [
            body.Label, Cell(m.AnteriorMm, 2), Cell(m.MiddleMm, 2), Cell(m.PosteriorMm, 2),
            Cell(body.Reduction(each => each.AnteriorMm), 4), Cell(body.Reduction(each => each.MiddleMm), 4), Cell(body.Reduction(each => each.PosteriorMm), 4), Cell(m.AnteriorMm / m.PosteriorMm, 4),
            Cell(m.WedgeDegrees, 2), Cell(body.SegmentalCobbDegrees, 2), Cell(m.Frame.UpperDegrees, 2), Cell(m.Frame.LowerDegrees, 2), Cell(m.RearMm - m.FrontMm, 2),
            Cell(m.GasFraction, 6), Cell(m.CoreHu, 2), Cell(m.Core.VolumeMm3, 1), Cell(body.Body.VolumeMm3, 1),
        ];

        // A zero has no sign in a table.
        static string Cell(double value, int digits) => double.IsNaN(value) ? "" : (Math.Round(value, digits) + 0.0).ToString(CultureInfo.InvariantCulture);
    }

    private static void RequireSameGrid(VolumeGeometry image, VolumeGeometry mask)
    {
        if (image.Size != mask.Size)
            throw new ImagingException("", $"image and mask have {image.Size} and {mask.Size} voxels.", "Give the mask that was drawn on this image, or resample it.");
        double tolerance = 0.01 * Math.Min(image.SpacingMm.X, Math.Min(image.SpacingMm.Y, image.SpacingMm.Z));
        foreach (Vector3D corner in (Vector3D[])[new(0, 0, 0), new(image.Size.X, image.Size.Y, image.Size.Z)])
        {
            Vector3D a = image.IndexToPoint(corner), b = mask.IndexToPoint(corner);
            if (!(Math.Abs(a.X - b.X) <= tolerance && Math.Abs(a.Y - b.Y) <= tolerance && Math.Abs(a.Z - b.Z) <= tolerance))
                throw new ImagingException("", FormattableString.Invariant($"image and mask lie at different places: voxel {corner} at {a} and at {b} mm."), "Give the mask that was drawn on this image.");
        }
    }
}
