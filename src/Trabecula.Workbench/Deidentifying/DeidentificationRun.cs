using System.Globalization;
using Trabecula.Imaging;
using Trabecula.Imaging.Dicom.Deidentification;
using Trabecula.Workbench.Extraction;

namespace Trabecula.Workbench.Deidentifying;

/// <summary>Writes the DICOM files of a folder anew without what tells who the patient is.</summary>
public static class DeidentificationRun
{
    /// <summary>De-identifies a file, or all files below a folder.</summary>
    /// <param name="input">The file or folder.</param>
    /// <param name="output">An empty or new folder.</param>
    /// <param name="key">The file of the secret; made where there is none.</param>
    /// <param name="subject">The study's name of the subject, for all files; null for pseudonyms.</param>
    /// <param name="shiftDates">Whether dates stay, shifted by the subject's days; else they are left out.</param>
    /// <param name="progress">Told of each file.</param>
    /// <param name="cancellationToken">Checked between files.</param>
    /// <returns>What was written, and what was not, a line each without a word of the files' content.</returns>
    /// <exception cref="ExtractionException">The folders or the key cannot be used.</exception>
    public static (IReadOnlyList<string> Summary, IReadOnlyList<string> Failures) Run(
        string input, string output, string key, string? subject = null, bool shiftDates = false, IProgress<string>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(input);
        ArgumentException.ThrowIfNullOrEmpty(output);
        if (!File.Exists(input) && !Directory.Exists(input))
            throw ExtractionException.Input($"{input}: there is no such file or folder.");
        if (File.Exists(output) || (Directory.Exists(output) && Directory.EnumerateFileSystemEntries(output).Any()))
            throw ExtractionException.Input($"{output} is not empty. Name a new folder: what lies there might be given away with the rest.");
        var identifiers = new IdentifierMap(SecretKey.Open(key, output));
        ExtractionException.Guard(output, () => Directory.CreateDirectory(output));
        string[] files = File.Exists(input) ? [input] : [.. Directory.EnumerateFiles(input, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
        var deidentifier = new DicomDeidentifier(identifiers, shiftDates);
        var warnings = new Dictionary<string, int>(StringComparer.Ordinal);
        var failures = new List<string>();
        int written = 0;
        for (int i = 0; i < files.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress?.Report(string.Create(CultureInfo.InvariantCulture, $"file {i + 1} of {files.Length}"));
            try
            {
                (_, string? warning) = deidentifier.Write(files[i], output, subject, cancellationToken);
                written++;
                if (warning is not null)
                    warnings[warning] = warnings.GetValueOrDefault(warning) + 1;
            }
            catch (ImagingException exception)
            {
                failures.Add(exception.Message);
            }
        }
        return ([
            string.Create(CultureInfo.InvariantCulture, $"{output}: {written} of {files.Length} files; the secret is in {key}: keep it, and never give it away"),
            .. warnings.Select(each => string.Create(CultureInfo.InvariantCulture, $"{each.Value} {(each.Value == 1 ? "file" : "files")}: {each.Key}")),
            "Pixels are as they were: faces can be rebuilt from scans of the head, and text may be burned in. Look before you give them away.",
        ], failures);
    }
}
