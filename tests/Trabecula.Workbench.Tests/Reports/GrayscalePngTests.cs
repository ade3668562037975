using System.Buffers.Binary;
using System.IO.Compression;
using Trabecula.Workbench.Reports;
using Xunit;

namespace Trabecula.Workbench.Tests.Reports;

public sealed class GrayscalePngTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 3)]
    [InlineData(300, 400)]
    public void Encode_Pixels_DecodeToTheSame(int width, int height)
    {
        byte[] pixels = [.. Enumerable.Range(0, width * height).Select(i => (byte)(i * 37 + i / 251))];
        byte[] png = GrayscalePng.Encode(pixels, width, height);
        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], png[..8]);
        Dictionary<string, byte[]> chunks = ReadChunks(png);
        Assert.Equal(["IHDR", "IDAT", "IEND"], chunks.Keys);
        Assert.Equal((width, height), (BinaryPrimitives.ReadInt32BigEndian(chunks["IHDR"]), BinaryPrimitives.ReadInt32BigEndian(chunks["IHDR"].AsSpan(4))));
        Assert.Equal([8, 0, 0, 0, 0], chunks["IHDR"][8..]);

        // The platform's decoder also checks the Adler sum.
        using var rows = new MemoryStream();
        using (var zlib = new ZLibStream(new MemoryStream(chunks["IDAT"]), CompressionMode.Decompress))
            zlib.CopyTo(rows);
        Assert.Equal(pixels.Chunk(width).SelectMany(row => row.Prepend((byte)0)), rows.ToArray());
    }

    private static Dictionary<string, byte[]> ReadChunks(byte[] png)
    {
        var chunks = new Dictionary<string, byte[]>();
        for (int at = 8; at < png.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            Assert.Equal(Crc32(png.AsSpan(at + 4, length + 4)), BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(at + 8 + length)));
            chunks.Add(System.Text.Encoding.ASCII.GetString(png, at + 4, 4), png[(at + 8)..(at + 8 + length)]);
            at += 12 + length;
        }
        return chunks;
    }

    // The definition in ISO/IEC 15948, annex D: the remainder of polynomial division, one bit at a time.
    private static uint Crc32(ReadOnlySpan<byte> data)
    {
        uint remainder = uint.MaxValue;
        foreach (byte value in data)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                uint carry = (remainder ^ (uint)(value >> bit)) & 1;
                remainder = (remainder >> 1) ^ (carry * 0xEDB88320);
            }
        }
        return ~remainder;
    }

    [Fact]
    public void Encode_EmptyEndChunk_HasTheChecksumThatEveryPngEndsWith() =>
        Assert.Equal([0xAE, 0x42, 0x60, 0x82], GrayscalePng.Encode([0], 1, 1)[^4..]);
}
