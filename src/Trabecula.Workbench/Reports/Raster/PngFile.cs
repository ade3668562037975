using System.Buffers.Binary;

namespace Trabecula.Workbench.Reports.Raster;

/// <summary>What the bytes of a pixel mean: the colour types of PNG with 8 bits a sample.</summary>
internal enum PngColours : byte
{
    Grey = 0,
    RedGreenBlue = 2,
    Palette = 3,
}

/// <summary>The frame of a picture as PNG (ISO/IEC 15948): signature, and chunks with their check.</summary>
internal static class PngFile
{
    internal static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>A whole file.</summary>
    /// <param name="width">Pixels across.</param>
    /// <param name="height">Pixels down.</param>
    /// <param name="colours">What the bytes of a pixel mean.</param>
    /// <param name="rows">The rows, each after its filter type, as a zlib stream.</param>
    /// <param name="ancillary">A chunk between header and rows, by its type of four letters; none where that is empty.</param>
    /// <param name="content">Its content.</param>
    internal static byte[] Of(
        int width, int height, PngColours colours, ReadOnlySpan<byte> rows, ReadOnlySpan<byte> ancillary = default, ReadOnlySpan<byte> content = default)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, (byte)colours);
        using var file = new MemoryStream();
        file.Write(Signature);
        WriteChunk(file, "IHDR"u8, header);
        if (!ancillary.IsEmpty)
            WriteChunk(file, ancillary, content);
        WriteChunk(file, "IDAT"u8, rows);
        WriteChunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static void WriteChunk(MemoryStream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(type);
        file.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Crc(Crc(uint.MaxValue, type), data));
        file.Write(number);
    }

    private static uint Crc(uint crc, ReadOnlySpan<byte> data)
    {
        foreach (byte value in data)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
        }
        return crc;
    }
}
