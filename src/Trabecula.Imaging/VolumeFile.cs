using Trabecula.Imaging.Dicom;
using Trabecula.Imaging.Dicom.Encoding;
using Trabecula.Imaging.Nifti;
using Trabecula.Imaging.Nrrd;
using Trabecula.Imaging.Voxels;

namespace Trabecula.Imaging;

/// <summary>Reads and writes volumes in the format that the file's first bytes or its name tell: NIfTI, NRRD, and, to read, DICOM.</summary>
public static class VolumeFile
{
    private const int BytesToKnowTheFormat = 540;

    private static readonly string[] NiftiExtensions = [".nii", ".nii.gz", ".hdr", ".hdr.gz", ".img", ".img.gz"];

    /// <summary>Reads a volume. The format is told by the first bytes; the name does not matter.</summary>
    /// <param name="path">
    /// A <c>.nii</c>, <c>.nii.gz</c>, <c>.hdr</c>, <c>.img</c>, <c>.nrrd</c> or <c>.nhdr</c> file, a DICOM file, or a folder that holds one DICOM series.
    /// </param>
    /// <param name="cancellationToken">Checked between blocks of the file.</param>
    /// <exception cref="ImagingException">The file cannot be read, is damaged, or is of another kind.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Volume Read(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            return FormatOf(path) switch
            {
                VolumeFormat.Nrrd => NrrdReader.Read(path, cancellationToken),
                VolumeFormat.Nifti => NiftiReader.Read(path, cancellationToken),
                _ => DicomReader.Read(path, cancellationToken).Volume,
            };
        }
        catch (OutOfMemoryException e)
        {
            throw new ImagingException(
                path, "the image needs more memory than there is.", "Crop it, or use a computer with more memory.", e);
        }
    }

    /// <summary>Writes a volume in the format that the name asks for; the file appears only when it is complete.</summary>
    /// <param name="path">
    /// <c>.nrrd</c> (gzip), <c>.nhdr</c> (with a <c>.raw</c> beside it), <c>.nii</c>, <c>.nii.gz</c>,
    /// or one half of a <c>.hdr</c>/<c>.img</c> pair.
    /// </param>
    /// <param name="volume">What to write. NIfTI rounds its geometry to 32-bit floats; NRRD keeps it.</param>
    /// <param name="cancellationToken">Checked between blocks of the file.</param>
    /// <exception cref="ImagingException">The file cannot be written, or its name tells no known format.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; no file was left.</exception>
    public static void Write(string path, Volume volume, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(volume);
        if (HasExtension(path, ".nrrd") || HasExtension(path, ".nhdr"))
            NrrdWriter.Write(path, volume, cancellationToken);
        else if (Array.Exists(NiftiExtensions, extension => HasExtension(path, extension)))
            NiftiWriter.Write(path, volume, cancellationToken);
        else
            throw new ImagingException(path, "the name tells no format that can be written.",
                "End it in .nrrd, .nhdr, .nii, .nii.gz, .hdr or .img.");
    }

    /// <summary>
    /// Where a file says two things of where its voxels lie, or nothing, a line each: what was taken and what was not. Only NIfTI can; of DICOM see
    /// <see cref="DicomImage.Warnings"/>.
    /// </summary>
    /// <exception cref="ImagingException">The file cannot be read, or is damaged.</exception>
    public static IReadOnlyList<string> NotesOf(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return FormatOf(path) == VolumeFormat.Nifti ? NiftiNotes.Of(path) : [];
    }

    internal static VolumeFormat FormatOf(string path)
    {
        if (Directory.Exists(path))
            return VolumeFormat.Dicom;
        if (HasExtension(path, ".img") || HasExtension(path, ".img.gz"))
            return VolumeFormat.Nifti;
        byte[] start = new byte[BytesToKnowTheFormat];
        int count = ReadStart(path, DataCompression.None, start);
        ReadOnlySpan<byte> bytes = start.AsSpan(0, count);
        if (bytes.StartsWith("NRRD"u8))
            return VolumeFormat.Nrrd;
        if (NiftiHeader.IsHeader(bytes))
            return VolumeFormat.Nifti;
        if (count >= 2 && bytes[0] == 0x1F && bytes[1] == 0x8B)
        {
            count = ReadStart(path, DataCompression.GZip, start);
            if (NiftiHeader.IsHeader(start.AsSpan(0, count)))
                return VolumeFormat.Nifti;
            if (start.AsSpan(0, count).StartsWith("NRRD"u8))
                throw new ImagingException(path, "this is an NRRD file that was compressed as a whole.", "Decompress it with gunzip.");
        }
        if (DicomFile.IsDicom(path))
            return VolumeFormat.Dicom;
        throw new ImagingException(path, "the file begins like none of NIfTI, NRRD and DICOM.",
            "Give a NIfTI (.nii, .nii.gz, .hdr/.img), NRRD (.nrrd, .nhdr) or DICOM file, or a folder of DICOM slices.");
    }

    private static int ReadStart(string path, DataCompression compression, byte[] start)
    {
        using DataStream file = DataStream.Open(path, 0, compression);
        return file.Read(start);
    }

    private static bool HasExtension(string path, string extension) => path.EndsWith(extension, StringComparison.OrdinalIgnoreCase);

    /// <summary>The formats that can be read.</summary>
    internal enum VolumeFormat
    {
        Nifti,
        Nrrd,
        Dicom,
    }
}
