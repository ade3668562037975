using System.Buffers.Binary;
using System.IO.Compression;
using Trabecula.Workbench.Reports.Raster;

namespace Trabecula.Workbench.Reports;

/// <summary>
/// Small 8-bit greyscale pictures as PNG (ISO/IEC 15948). Pixels are stored, not compressed: compressors differ between machines,
/// and a report has the same bytes everywhere.
/// </summary>
internal static class GrayscalePng
{
    /// <summary>Encodes rows of pixels, top row first.</summary>
    internal static byte[] Encode(ReadOnlySpan<byte> pixels, int width, int height)
    {
        if (pixels.Length != width * height)
            throw new ArgumentException($"{pixels.Length} pixels for {width} x {height}.", nameof(pixels));
        // Each row starts with its filter type, 0 for none.
        var rows = new byte[(width + 1) * height];
        for (int y = 0; y < height; y++)
            pixels.Slice(y * width, width).CopyTo(rows.AsSpan(y * (width + 1) + 1));

        return PngFile.Of(width, height, PngColours.Grey, StoreAsZlib(rows));
    }

    /// <summary>The pixels of a picture that <see cref="Encode"/> made, top row first.</summary>
    internal static (byte[] Pixels, int Width, int Height) Decode(ReadOnlySpan<byte> file)
    {
        int width = BinaryPrimitives.ReadInt32BigEndian(file[16..]), height = BinaryPrimitives.ReadInt32BigEndian(file[20..]);
        int at = PngFile.Signature.Length;
        while (!file.Slice(at + 4, 4).SequenceEqual("IDAT"u8))
            at += 12 + BinaryPrimitives.ReadInt32BigEndian(file[at..]);
        using var stream = new ZLibStream(new MemoryStream(file.Slice(at + 8, BinaryPrimitives.ReadInt32BigEndian(file[at..])).ToArray()), CompressionMode.Decompress);
        var rows = new byte[(width + 1) * height];
        stream.ReadExactly(rows);
        var pixels = new byte[width * height];
        for (int y = 0; y < height; y++)
            rows.AsSpan(y * (width + 1) + 1, width).CopyTo(pixels.AsSpan(y * width));
        return (pixels, width, height);
    }

    /// <summary>A zlib stream (RFC 1950) of stored deflate blocks (RFC 1951, 3.2.4).</summary>
    private static byte[] StoreAsZlib(ReadOnlySpan<byte> data)
    {
        const int blockLimit = ushort.MaxValue;
        using var stream = new MemoryStream();
        stream.Write([0x78, 0x01]);
        Span<byte> blockHeader = stackalloc byte[5];
        for (int start = 0; start < data.Length; start += blockLimit)
        {
            int length = Math.Min(blockLimit, data.Length - start);
            blockHeader[0] = (byte)(start + length == data.Length ? 1 : 0);
            BinaryPrimitives.WriteUInt16LittleEndian(blockHeader[1..], (ushort)length);
            BinaryPrimitives.WriteUInt16LittleEndian(blockHeader[3..], (ushort)~length);
            stream.Write(blockHeader);
            stream.Write(data.Slice(start, length));
        }
        uint a = 1, b = 0;
        foreach (byte value in data)
        {
            a = (a + value) % 65521;
            b = (b + a) % 65521;
        }
        Span<byte> adler = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(adler, (b << 16) | a);
        stream.Write(adler);
        return stream.ToArray();
    }
}
