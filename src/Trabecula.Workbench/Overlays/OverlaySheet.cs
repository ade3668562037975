using System.Globalization;
using System.Text;
using Trabecula.Imaging;
using Trabecula.Radiomics;
using Trabecula.Workbench.Extraction;

namespace Trabecula.Workbench.Overlays;

/// <summary>Paints masks on their images, one PNG a label, and all of them on one contact sheet. Safe for use by several threads.</summary>
/// <param name="folder">The folder for the pictures.</param>
/// <param name="table">The cases.</param>
internal sealed class OverlaySheet(string folder, CaseTable table)
{
    /// <summary>The page of all pictures.</summary>
    public const string ContactSheetName = "contact-sheet.html";

    private const int PanelPixels = 420, ThumbnailPixels = 200;

    private readonly CaseFileNames _names = new(table.Rows);
    private readonly List<(CaseRow Row, int Place, ContactPrint Print)> _prints = [];
    private readonly List<(CaseRow Row, int Place, string Text)> _failures = [];

    /// <summary>Why nothing may be written here, or null.</summary>
    public string? Refusal(bool overwrites) => ExistingOutput.FolderRefusal(folder, overwrites);

    /// <summary>Makes the folder.</summary>
    /// <exception cref="ExtractionException">It cannot be made.</exception>
    public void Begin() => ExtractionException.Guard(folder, () => Directory.CreateDirectory(folder));

    /// <summary>Paints the labels of a case.</summary>
    /// <exception cref="ExtractionException">A picture cannot be written.</exception>
    public void Paint(CaseRow row, IReadOnlyList<(uint Label, string Title)> labels, ICaseFeatures loaded, CancellationToken cancellationToken)
    {
        for (int i = 0; i < labels.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                Paint(row, i, labels[i], loaded);
            }
            catch (Exception exception) when (exception is ImagingException or RadiomicsException)
            {
                Lose(row, i, labels[i].Title, exception.Message);
            }
        }
    }

    /// <summary>Notes that a case has no picture.</summary>
    public void Lose(CaseRow row, string reason) => Lose(row, 0, null, reason);

    /// <summary>Writes the contact sheet.</summary>
    /// <returns>How many pictures there are, and how many labels or cases have none.</returns>
    /// <exception cref="ExtractionException">It cannot be written.</exception>
    public (int Pictures, int Without) End()
    {
        // Rows of a table by their numbers, whichever thread was first.
        ContactPrint[] prints = InOrder(_prints);
        string[] failures = InOrder(_failures);
        string sheet = Path.Combine(folder, ContactSheetName);
        ExtractionException.Guard(sheet, () => AtomicFile.Write(sheet, stream => stream.Write(Encoding.UTF8.GetBytes(ContactSheet.Render(prints, failures)))));
        return (prints.Length, failures.Length);

        static T[] InOrder<T>(List<(CaseRow Row, int Place, T Entry)> found) =>
            [.. found.OrderBy(each => each.Row.Number).ThenBy(each => each.Row.Reader).ThenBy(each => each.Place).Select(each => each.Entry)];
    }

    private void Paint(CaseRow row, int place, (uint Label, string Title) label, ICaseFeatures loaded)
    {
        // 0 stands for a segment that the mask does not have.
        VoxelSet? region = label.Label == 0 ? null : loaded.Region(label.Label);
        if (region is not { Count: > 0 })
        {
            Lose(row, place, label.Title, "the mask has no such voxel.");
            return;
        }
        string name = CaseFileNames.TitleOf(row), file = $"{_names[row]}_{CaseFileNames.Safe(label.Title)}.png", path = Path.Combine(folder, file);
        byte[] picture = OverlayPicture.Paint(loaded.Image, region, $"{name}, {label.Title}", PanelPixels).ToPng();
        ExtractionException.Guard(path, () => AtomicFile.Write(path, stream => stream.Write(picture)));
        var print = new ContactPrint($"{name}, {label.Title}", file, OverlayPicture.Paint(loaded.Image, region, name, ThumbnailPixels).ToPng());
        lock (_prints)
            _prints.Add((row, place, print));
    }

    private void Lose(CaseRow row, int place, string? label, string reason)
    {
        string title = CaseFileNames.TitleOf(row) + (label is null ? "" : string.Create(CultureInfo.InvariantCulture, $", {label}"));
        lock (_prints)
            _failures.Add((row, place, $"{title}: no picture: {reason}"));
    }
}
