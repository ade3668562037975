using System.Globalization;
using System.Text;
using Trabecula.Imaging;
using Trabecula.Imaging.Dicom;
using Trabecula.Imaging.Masks;
using Trabecula.Imaging.Measuring;
using Trabecula.Imaging.Segmenting;
using Trabecula.Workbench.Extraction;
using Trabecula.Workbench.Tables;

namespace Trabecula.Workbench.Measuring;

/// <summary>Measures the vertebral bodies of a mask: heights, angles, gas and density, into a table and pictures.</summary>
public static class MeasurementRun
{
    // Lumbar bodies of adults are 30 to 40 mm deep.
    private const double DeepestMm = 50;

    /// <summary>A mask whose largest part has less of it is more than a body with specks.</summary>
    private const double WholeShare = 0.9;

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
            // What is measured has no name of its own.
            throw ExtractionException.Input(exception.Path.Length == 0 ? $"{request.Mask}: {exception.Message}" : exception.Message);
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
        if (image.Geometry.DifferenceTo(mask.Layers[0].Geometry) is { } difference)
            throw new ImagingException(request.Mask, $"image and mask lie on different grids: {difference}.", "Give the mask that was drawn on this image, or resample it.");
        var said = new List<string>([.. dicom?.Warnings ?? [], .. mask.Notes]);
        var bodies = new List<MeasuredBody>();
        IReadOnlyList<MaskSegment> regions = mask.Regions(cancellationToken);
        string[]? asked = request.Labels?.Names?.ToArray() ?? request.Labels?.Labels?.Select(label => label.ToString(CultureInfo.InvariantCulture)).ToArray();
        HashSet<uint> wanted = [.. asked?.Select(word => mask.Require(word, request.Mask).Label) ?? regions.Select(region => region.Label)];
        foreach (MaskSegment region in regions)
        {
            progress?.Report($"measure {region.Title()}");
            try
            {
                VoxelSet body = mask.Voxels(region);
                bodies.Add(new MeasuredBody(region, body, BodyMeasurement.Of(image, body, request.GasBelowHu, request.CoreMm, cancellationToken)));
            }
            catch (ImagingException exception) when (regions.Count > 1)
            {
                if (wanted.Contains(region.Label))
                    said.Add($"{region.Title()} was left out: {exception.Message}");
            }
        }
        MeasuredBody.Connect(bodies);
        MeasuredBody[] rows = [.. bodies.Where(body => wanted.Contains(body.Region.Label))];
        if (rows.Length == 0)
            throw new ImagingException(request.Mask, string.Join(' ', said.Prepend("no label could be measured.")), "Give a mask of vertebral bodies without posterior elements, a label each.");
        said.AddRange(rows.Where(body => body.Measurement.RearMm - body.Measurement.FrontMm > DeepestMm).Select(body => string.Create(CultureInfo.InvariantCulture,
            $"{body.Region.Title()} is {body.Measurement.RearMm - body.Measurement.FrontMm:0} mm deep, more than a body: does the mask hold posterior elements? Its heights then mean nothing.")));
        said.AddRange(bodies.Where(body => body.TouchesBorder && ((MeasuredBody?[])[body, body.Above, body.Below]).Any(each => each is not null && wanted.Contains(each.Region.Label))).Select(body =>
            $"{body.Region.Title()} touches the border of the image: where the scan cuts it off, its heights, angles and volume are too small, and what its neighbours are compared with is too."));
        foreach (MeasuredBody body in rows)
        {
            double share = (double)ConnectedParts.Largest(body.Body).Count / body.Body.Count;
            if (share < WholeShare)
                said.Add(string.Create(CultureInfo.InvariantCulture,
                    $"{body.Region.Title()} lies in parts, of which the largest has {100 * share:0} % of its voxels: they are measured as one body. Give each body a label of its own, or keep the largest part."));
        }
        TableFile.Write(request.Output, DataTable.Of(Path.GetFileName(request.Output), Columns(request), rows.Select(body => Row(request.Subject, body))));
        said.Add(string.Create(CultureInfo.InvariantCulture, $"{request.Output}: {rows.Length} {(rows.Length == 1 ? "body" : "bodies")}"));
        if (request.Pictures is { } folder)
        {
            ExtractionException.Guard(folder, () => Directory.CreateDirectory(folder));
            foreach (MeasuredBody body in rows)
            {
                string path = Path.Combine(folder, $"{string.Concat(body.Name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'))}.svg");
                byte[] svg = Encoding.UTF8.GetBytes(MeasurementPicture.Render(image, body, request.GasBelowHu, request.CoreMm));
                ExtractionException.Guard(path, () => AtomicFile.Write(path, stream => stream.Write(svg)));
                said.Add(path);
            }
        }
        return said;
    }

    private static string[] Columns(MeasurementRequest request) =>
    [
        "ID", "Label", "Anterior_height_mm", "Middle_height_mm", "Posterior_height_mm",
        "Anterior_reduction_ratio", "Middle_reduction_ratio", "Posterior_reduction_ratio", "Anterior_to_posterior_ratio",
        "Wedge_angle_deg", "Segmental_Cobb_angle_deg", "Upper_endplate_tilt_deg", "Lower_endplate_tilt_deg", "Depth_mm",
        string.Create(CultureInfo.InvariantCulture, $"Gas_fraction_below_{request.GasBelowHu}_HU"),
        string.Create(CultureInfo.InvariantCulture, $"Core_mean_HU_eroded_{request.CoreMm}_mm"), "Core_volume_mm3", "Body_volume_mm3", "Touches_image_border",
    ];

    private static string[] Row(string subject, MeasuredBody body)
    {
        BodyMeasurement m = body.Measurement;
        return
        [
            subject, body.Name, Cell(m.AnteriorMm, 2), Cell(m.MiddleMm, 2), Cell(m.PosteriorMm, 2),
            Cell(body.Reduction(each => each.AnteriorMm), 4), Cell(body.Reduction(each => each.MiddleMm), 4), Cell(body.Reduction(each => each.PosteriorMm), 4), Cell(m.AnteriorMm / m.PosteriorMm, 4),
            Cell(m.WedgeDegrees, 2), Cell(body.SegmentalCobbDegrees, 2), Cell(m.Frame.UpperDegrees, 2), Cell(m.Frame.LowerDegrees, 2), Cell(m.RearMm - m.FrontMm, 2),
            Cell(m.GasFraction, 6), Cell(m.CoreHu, 2), Cell(m.Core.VolumeMm3, 1), Cell(body.Body.VolumeMm3, 1), body.TouchesBorder ? "1" : "0",
        ];

        // A zero has no sign in a table.
        static string Cell(double value, int digits) => double.IsNaN(value) ? "" : (Math.Round(value, digits) + 0.0).ToString(CultureInfo.InvariantCulture);
    }
}
