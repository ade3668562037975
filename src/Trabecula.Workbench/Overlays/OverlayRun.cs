using System.Globalization;
using Trabecula.Imaging;
using Trabecula.Imaging.Masks;
using Trabecula.Workbench.Extraction;

namespace Trabecula.Workbench.Overlays;

/// <summary>Paints every mask of a table of cases on its image, one PNG a label, and all of them on one contact sheet.</summary>
/// <param name="request">The cases and labels of the extraction.</param>
/// <param name="folder">The folder for the pictures.</param>
public sealed class OverlayRun(ExtractionRequest request, string folder)
{
    /// <summary>The page of all pictures.</summary>
    public const string ContactSheetName = "contact-sheet.html";

    private const int PanelPixels = 420, ThumbnailPixels = 200;

    // File names that every system takes.
    private const int LongestName = 80;

    private readonly List<ContactPrint> _prints = [];
    private readonly List<string> _failures = [];
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Paints all cases; one that fails does not stop the others.</summary>
    /// <param name="cancellationToken">Stops between two cases; pictures that are finished stay.</param>
    /// <returns>How many pictures were written, and what could not be painted, a line each.</returns>
    /// <exception cref="ExtractionException">The table or the parameter file has problems, or a picture cannot be written.</exception>
    public (int Pictures, IReadOnlyList<string> Failures) Run(CancellationToken cancellationToken = default)
    {
        var table = CaseTable.Of(request);
        uint usualLabel = FeatureExtraction.ReadParameters(request.ParameterFile).Settings.Label;
        ExtractionException.Guard(folder, () => Directory.CreateDirectory(folder));
        (string Path, Volume Image)? last = null;
        foreach (CaseRow row in table.Rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            string name = NameOf(row);
            try
            {
                Volume image = last is { } kept && kept.Path == row.ImagePath ? kept.Image : VolumeFile.Read(row.ImagePath, cancellationToken);
                last = (row.ImagePath, image);
                Segmentation mask = MaskFile.Read(row.MaskPath, image.Geometry, cancellationToken);
                foreach ((string label, VoxelSet region) in Regions(row, mask, usualLabel, cancellationToken))
                    Paint(image, region, name, label);
            }
            catch (ImagingException exception)
            {
                _failures.Add($"{name}: no picture: {exception.Message}");
            }
        }
        string sheet = Path.Combine(folder, ContactSheetName);
        ExtractionException.Guard(sheet, () => AtomicFile.Write(sheet, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(ContactSheet.Render(_prints, _failures)))));
        return (_prints.Count, _failures);
    }

    private void Paint(Volume image, VoxelSet region, string name, string label)
    {
        string title = $"{name}, {label}";
        if (region.Count == 0)
        {
            _failures.Add($"{title}: no picture: the mask has no such voxel.");
            return;
        }
        string file = FileNameOf($"{name}_{label}");
        string path = Path.Combine(folder, file);
        byte[] picture = OverlayPicture.Paint(image, region, title, PanelPixels).ToPng();
        ExtractionException.Guard(path, () => AtomicFile.Write(path, stream => stream.Write(picture)));
        _prints.Add(new ContactPrint(title, file, OverlayPicture.Paint(image, region, name, ThumbnailPixels).ToPng()));
    }

    private IEnumerable<(string Label, VoxelSet Region)> Regions(CaseRow row, Segmentation mask, uint usualLabel, CancellationToken cancellationToken)
    {
        IReadOnlyList<string>? names = request.Labels is null ? row.LabelName is { } name ? [name] : null : request.Labels.Names;
        IEnumerable<MaskSegment> regions = names is not null ? names.Select(each => mask.Require(each))
            : request.Labels is { Labels: null } ? mask.Regions(cancellationToken).OrderBy(region => region.Label)
            : (request.Labels?.Labels ?? [row.Label ?? usualLabel]).Select(label => mask.Require(label.ToString(CultureInfo.InvariantCulture)));
        return regions.Select(region => (region.Title(), mask.Voxels(region)));
    }

    /// <summary>The study's own id. A path is none: it may hold a name.</summary>
    private static string NameOf(CaseRow row)
    {
        // Without a column of ids the table takes the image for one.
        string subject = row.Number == 0 ? "case" : row.HasId ? row.Subject : string.Create(CultureInfo.InvariantCulture, $"row {row.Number}");
        return row.Reader is { } reader ? string.Create(CultureInfo.InvariantCulture, $"{subject}, reader {reader}") : subject;
    }

    private string FileNameOf(string title)
    {
        string safe = string.Concat(title.Select(letter => char.IsLetterOrDigit(letter) || letter is '-' or '_' or '.' ? letter : '-')).Trim('.');
        safe = safe.Length > LongestName ? safe[..LongestName] : safe;
        string name = safe;
        for (int i = 2; !_names.Add(name); i++)
            name = string.Create(CultureInfo.InvariantCulture, $"{safe}-{i}");
        return name + ".png";
    }
}
