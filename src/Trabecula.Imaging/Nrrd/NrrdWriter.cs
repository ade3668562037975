using System.Text;
using Trabecula.Imaging.Voxels;

namespace Trabecula.Imaging.Nrrd;

/// <summary>
/// Writes NRRD in LPS: <c>.nrrd</c> with gzip-compressed voxels after the header, <c>.nhdr</c> with the voxels as they are in a
/// <c>.raw</c> file beside it, which other programs can map into memory.
/// </summary>
internal static class NrrdWriter
{
    /// <summary>Writes a volume.</summary>
    /// <exception cref="ImagingException">The file cannot be written.</exception>
    public static void Write(string path, Volume volume, CancellationToken cancellationToken)
    {
        if (!path.EndsWith(".nhdr", StringComparison.OrdinalIgnoreCase))
        {
            byte[] attached = Header(volume, "gzip", dataFile: null);
            AtomicFile.Write(path, file => VoxelWriter.Write(
                file, attached, volume, compressStart: false, compress: true, cancellationToken));
            return;
        }
        // The header comes last: while it is missing, or the old one still there, nobody takes new voxels for old ones.
        string dataPath = Path.ChangeExtension(path, ".raw");
        AtomicFile.Write(dataPath, file => VoxelWriter.Write(
            file, [], volume, compressStart: false, compress: false, cancellationToken));
        AtomicFile.Write(path, file => file.Write(Header(volume, "raw", Path.GetFileName(dataPath))));
    }

    private static byte[] Header(Volume volume, string encoding, string? dataFile)
    {
        VolumeGeometry geometry = volume.Geometry;
        Matrix3D axes = geometry.Direction.ScaleColumns(geometry.SpacingMm);
        var text = new StringBuilder();
        text.Append("NRRD0004\n");
        text.Append("# Complete NRRD file format specification at:\n# http://teem.sourceforge.net/nrrd/format.html\n");
        text.Append("type: ").Append(NameOf(volume.VoxelType)).Append('\n');
        text.Append("dimension: 3\nspace: left-posterior-superior\n");
        text.Append(FormattableString.Invariant($"sizes: {geometry.Size.X} {geometry.Size.Y} {geometry.Size.Z}\n"));
        text.Append("space directions: ");
        text.Append(FormattableString.Invariant($"({axes.M00:R},{axes.M10:R},{axes.M20:R}) "));
        text.Append(FormattableString.Invariant($"({axes.M01:R},{axes.M11:R},{axes.M21:R}) "));
        text.Append(FormattableString.Invariant($"({axes.M02:R},{axes.M12:R},{axes.M22:R})\n"));
        text.Append("kinds: domain domain domain\n");
        text.Append("endian: ").Append(BitConverter.IsLittleEndian ? "little" : "big").Append('\n');
        text.Append("encoding: ").Append(encoding).Append('\n');
        text.Append(FormattableString.Invariant(
            $"space origin: ({geometry.OriginMm.X:R},{geometry.OriginMm.Y:R},{geometry.OriginMm.Z:R})\n"));
        text.Append(dataFile is null ? "\n" : $"data file: {dataFile}\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string NameOf(VoxelType type) => type switch
    {
        VoxelType.UInt8 => "unsigned char",
        VoxelType.Int8 => "signed char",
        VoxelType.UInt16 => "unsigned short",
        VoxelType.Int16 => "short",
        VoxelType.UInt32 => "unsigned int",
        VoxelType.Int32 => "int",
        VoxelType.UInt64 => "unsigned long long int",
        VoxelType.Int64 => "long long int",
        VoxelType.Float32 => "float",
        _ => "double",
    };
}
