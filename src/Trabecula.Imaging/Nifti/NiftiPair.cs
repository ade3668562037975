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

    /// <summary>The files to write: header and voxels in one (no image), or as a pair where the name is that of a half.</summary>
    public static (string Header, string? Image) TargetsOf(string path)
    {
        string compression = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[^3..] : "";
        return (StemOf(path, ".hdr") ?? StemOf(path, ".img")) is { } stem
            ? (stem + ".hdr", stem + ".img" + compression)
            : (path, null);
    }

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
            throw new ImagingException(path, $"the file cannot be read ({e.Message}).", Cure.CheckDisk, e);
        }
    }

    private static string? StemOf(string path, string extension)
    {
        string name = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
        return name.EndsWith(extension, StringComparison.OrdinalIgnoreCase) ? name[..^extension.Length] : null;
    }

    private static string Existing(string path, string stem, string extension)
    {
        string plain = stem + extension, compressed = plain + ".gz", upper = stem + extension.ToUpperInvariant();
        if (File.Exists(plain) && File.Exists(compressed))
            throw new ImagingException(
                path, $"it has two other halves, {plain} and {Path.GetFileName(compressed)}.", "Remove the outdated one.");
        return Array.Find([plain, compressed, upper], File.Exists)
            ?? throw new ImagingException(path, $"its other half {plain} (or {Path.GetFileName(compressed)}) is missing.",
                "Put both files of the pair into one folder.");
    }
}
