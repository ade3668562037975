using System.Text;
using System.Text.Json;
using Trabecula.Imaging;
using Trabecula.Imaging.Dicom;
using Trabecula.Radiomics;
using Trabecula.Workbench.Extraction;

namespace Trabecula.Workbench.Resampling;

/// <summary>Writes a DICOM series of tilted, shifted or unevenly spaced slices as an image on a regular grid, with a record of what was done beside it.</summary>
public static class ResamplingRun
{
    private static readonly JsonSerializerOptions s_options = new() { WriteIndented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The file of the record: the image's name with <c>.json</c> in place of its format.</summary>
    public static string RecordOf(string image)
    {
        ArgumentNullException.ThrowIfNull(image);
        string name = image.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? image[..^3] : image;
        return Path.ChangeExtension(name, ".json");
    }

    /// <summary>Reads, resamples and writes.</summary>
    /// <param name="input">The folder or file of one DICOM series.</param>
    /// <param name="output">The image, of a format that <see cref="VolumeFile.Write"/> knows.</param>
    /// <param name="progress">Told of each stage.</param>
    /// <param name="cancellationToken">Checked for each file and plane.</param>
    /// <returns>What was wrong and what was done, a line each.</returns>
    /// <exception cref="ExtractionException">The series is regular or beyond repair, or a file cannot be read or written.</exception>
    public static IReadOnlyList<string> Run(string input, string output, IProgress<string>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(input);
        ArgumentException.ThrowIfNullOrEmpty(output);
        try
        {
            progress?.Report("read and resample");
            if (!DicomReader.Recognizes(input))
                throw new ImagingException(input, "this is no DICOM: other formats keep only regular grids, or refuse sheared ones.", "Give a folder of DICOM slices.");
            DicomImage image = DicomReader.ReadResampled(input, cancellationToken);
            progress?.Report("write the image");
            VolumeFile.Write(output, image.Volume, cancellationToken);
            string record = RecordOf(output);
            string json = JsonSerializer.Serialize(new
            {
                program = $"Trabecula {TrabeculaVersion.Text}",
                done = "resampled onto a regular grid",
                notes = image.Warnings,
                fill = image.Padding[0]!.Value.Lowest,
            }, s_options) + "\n";
            ExtractionException.Guard(record, () => AtomicFile.Write(record, stream => stream.Write(Encoding.UTF8.GetBytes(json))));
            return [.. image.Warnings, $"{output}, {record}", "Interpolation smooths textures: keep resampled and other cases apart, or resample all of them alike, and say so in the report."];
        }
        catch (ImagingException exception)
        {
            throw ExtractionException.Input(exception.Message);
        }
    }
}
