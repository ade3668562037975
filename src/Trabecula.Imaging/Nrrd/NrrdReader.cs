using Trabecula.Imaging.Voxels;

namespace Trabecula.Imaging.Nrrd;

/// <summary>Reads NRRD files with attached and detached headers in every encoding of the format.</summary>
internal static class NrrdReader
{
    /// <summary>Reads a volume.</summary>
    /// <param name="path">The file with the header.</param>
    /// <param name="cancellationToken">Checked between blocks.</param>
    /// <exception cref="ImagingException">The file is damaged, or holds something other than one 3-D scalar image.</exception>
    public static Volume Read(string path, CancellationToken cancellationToken) =>
        Read(NrrdHeader.Read(path), layered: false, cancellationToken);

    /// <summary>Reads the volume of a header.</summary>
    /// <param name="header">The parsed header.</param>
    /// <param name="layered">Whether the first of four axes is a list of layers; the volume then has all layers of a voxel beside each other along x.</param>
    /// <param name="cancellationToken">Checked between blocks.</param>
    /// <exception cref="ImagingException">The file is damaged, or holds something other than one 3-D scalar image.</exception>
    public static Volume Read(NrrdHeader header, bool layered, CancellationToken cancellationToken)
    {
        VolumeGeometry geometry = NrrdGeometry.Of(header, layered);
        string path = header.Path, dataPath = header.DataFile ?? path;
        long offset = AfterLines(header, dataPath, header.DataFile is null ? header.Length : 0);
        if (header.Encoding is NrrdEncoding.Text or NrrdEncoding.Hex)
        {
            using DataStream text = DataStream.Open(dataPath, offset, DataCompression.None);
            Skip(text, header.ByteSkip, cancellationToken);
            return NrrdText.Read(text, header, geometry, cancellationToken);
        }
        DataCompression compression = header.Encoding switch
        {
            NrrdEncoding.GZip => DataCompression.GZip,
            NrrdEncoding.BZip2 => DataCompression.BZip2,
            _ => DataCompression.None,
        };
        var layout = new VoxelLayout(header.Type, header.BigEndian);
        using DataStream data = DataStream.Open(dataPath, offset, compression);
        Skip(data, header.ByteSkip >= 0 ? header.ByteSkip : BeforeLast(data, geometry.Size.Count * layout.BytesPerVoxel, cancellationToken),
            cancellationToken);
        return VoxelReader.Read(data, layout, geometry, cancellationToken);
    }

    private static long AfterLines(NrrdHeader header, string dataPath, long offset)
    {
        if (header.LineSkip == 0)
            return offset;
        using FileStream file = DataStream.OpenFile(dataPath);
        file.Position = offset;
        for (long line = 0; line < header.LineSkip; line++)
        {
            int value;
            while ((value = file.ReadByte()) != '\n')
            {
                if (value == -1)
                    throw header.Fault("line skip", header["lineskip"],
                        FormattableString.Invariant($"the file has only {line} lines before its end"));
            }
        }
        return file.Position;
    }

    private static void Skip(DataStream data, long bytes, CancellationToken cancellationToken)
    {
        if (bytes > data.Capacity || data.Skip(bytes, cancellationToken) < bytes)
            throw new ImagingException(data.Path,
                FormattableString.Invariant($"the header asks to skip {bytes} bytes, but the data end before."),
                Cure.CorrectHeader);
    }

    /// <summary>Bytes before the voxels where they are what ends the file; compressed data are decompressed once to count them.</summary>
    private static long BeforeLast(DataStream data, long bytes, CancellationToken cancellationToken)
    {
        long total = data.Capacity;
        if (data.Compression != DataCompression.None)
        {
            using DataStream probe = data.Reopen();
            total = probe.Skip(long.MaxValue, cancellationToken);
        }
        return total >= bytes ? total - bytes : throw data.Truncated(bytes, total);
    }
}
