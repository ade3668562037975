using System.Globalization;
using Trabecula.Imaging;

namespace Trabecula.Workbench.Extraction;

/// <summary>The file format of images.</summary>
public enum ImageFormat
{
    /// <summary>One <c>.nrrd</c> file an image, compressed; its geometry is exact.</summary>
    Nrrd,
    /// <summary>One <c>.nii.gz</c> file an image; NIfTI keeps the geometry in 32 bits.</summary>
    Nifti,
}

/// <summary>Writes images of cases into a folder, one file each, named by case, label and image. Safe for use by several threads.</summary>
internal sealed class CaseImageFiles(string folder, ImageFormat format, CaseTable table)
{
    private readonly string _extension = format == ImageFormat.Nifti ? ".nii.gz" : ".nrrd";
    private readonly CaseFileNames _names = new(table.Rows);
    private int _count;

    /// <summary>How many were written.</summary>
    public int Count => _count;

    /// <summary>Why nothing may be written here, or null.</summary>
    public string? Refusal(bool overwrites) => ExistingOutput.FolderRefusal(folder, overwrites);

    /// <summary>Makes the folder.</summary>
    /// <exception cref="ExtractionException">It cannot be made.</exception>
    public void Begin() => ExtractionException.Guard(folder, () => Directory.CreateDirectory(folder));

    /// <summary>Writes an image.</summary>
    /// <exception cref="ExtractionException">It cannot be written.</exception>
    public void Write(CaseRow row, uint label, string name, Volume image, CancellationToken cancellationToken)
    {
        string start = row.Number == 0 ? "" : _names[row] + "_";
        string path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{start}label-{label}_{name}{_extension}"));
        try
        {
            VolumeFile.Write(path, image, cancellationToken);
        }
        catch (ImagingException exception)
        {
            throw ExtractionException.Output(exception);
        }
        Interlocked.Increment(ref _count);
    }
}
