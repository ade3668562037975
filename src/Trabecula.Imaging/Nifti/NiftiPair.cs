using Trabecula.Imaging.Voxels;

namespace Trabecula.Imaging.Nifti;

/// <summary>The names of a NIfTI image that is kept as <c>.hdr</c> and <c>.img</c>.</summary>
internal static class NiftiPair
{
    /// <summary>The file that holds the header: of an <c>.img</c> the <c>.hdr</c> beside it, otherwise the file itself.</summary>
    /// <exception cref="ImagingException">There is no <c>.hdr</c> beside the <c>.img</c>.</exception>
    public static string HeaderOf(string path) => StemOf(path, ".img") is { } stem ? Existing(path, stem, ".hdr") : path;

    /// <summary>The file that holds the voxels of a header.</summary>
    /// <exception cref="ImagingException">There is none.</exception>
    public static string ImageOf(string path) => StemOf(path, ".hdr") is { } stem
        ? Existing(path, stem, ".img")
        : throw new ImagingException(path, "the header says that the voxels are in an .img file, but its own name does not end in .hdr.",
            "Name the pair NAME.hdr and NAME.img.");

    /// <summary>Told by the first bytes, because names are often wrong.</summary>
    public static DataCompression CompressionOf(string path)
    {
        using FileStream file = DataStream.OpenFile(path);
        try
        {
            return file.ReadByte() == 0x1F && file.ReadByte() == 0x8B ? DataCompression.GZip : DataCompression.None;
        }
        catch (IOException e)
        {
            throw new ImagingException(path, $"the file cannot be read ({e.Message}).", "Check the disk and copy the file again.", e);
        }
    }

    private static string? StemOf(string path, string extension)
    {
        string name = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
        return name.EndsWith(extension, StringComparison.OrdinalIgnoreCase) ? name[..^extension.Length] : null;
    }

    private static string Existing(string path, string stem, string extension)
    {
        string[] names = [stem + extension, stem + extension + ".gz", stem + extension.ToUpperInvariant()];
        return Array.Find(names, File.Exists)
            ?? throw new ImagingException(path, $"its other half {names[0]} (or {Path.GetFileName(names[1])}) is missing.",
                "Put both files of the pair into one folder.");
    }
}
