using System.Buffers.Binary;
using System.IO.Compression;

namespace Trabecula.Imaging.Voxels;

/// <summary>
/// Checks how a gzip file ends. <see cref="GZipStream"/> verifies a checksum that is there, but says nothing when the file
/// ends before its checksum, or when something else follows it.
/// </summary>
internal static class GzipTrailer
{
    private const int BlockBytes = 1 << 16;

    /// <summary>Bytes that look like the start of a gzip stream by chance are rare; a file full of them is not worth the search.</summary>
    private const int MostCandidates = 16;

    private static ReadOnlySpan<byte> StreamStart => [0x1F, 0x8B, 0x08];

    /// <summary>Whether the file ends with a complete gzip stream. To be asked after all data were read.</summary>
    /// <param name="file">The compressed file; its position is changed.</param>
    /// <param name="offset">Where the compressed data begin.</param>
    /// <param name="decompressedBytes">How many bytes came out of it.</param>
    public static bool IsComplete(FileStream file, long offset, long decompressedBytes)
    {
        // The last four bytes repeat the length: this settles every file but those made of several gzip streams,
        // of which only the last has to be found and decompressed again.
        if (file.Length - offset < 4)
            return false;
        Span<byte> last = stackalloc byte[4];
        file.Position = file.Length - 4;
        file.ReadExactly(last);
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(last);
        return length == unchecked((uint)decompressedBytes) || EndsWithStreamOf(length, file, offset);
    }

    private static bool EndsWithStreamOf(uint length, FileStream file, long offset)
    {
        byte[] block = new byte[BlockBytes + StreamStart.Length - 1];
        int candidates = 0;
        for (long end = file.Length; end > offset; end -= BlockBytes)
        {
            long start = Math.Max(offset, end - BlockBytes);
            file.Position = start;
            // A start may lie across two blocks.
            int count = (int)Math.Min(end - start + StreamStart.Length - 1, file.Length - start);
            file.ReadExactly(block.AsSpan(0, count));
            for (int at = count; (at = block.AsSpan(0, at).LastIndexOf(StreamStart)) >= 0;)
            {
                if (++candidates > MostCandidates)
                    return false;
                if (HoldsStreamOf(length, file, start + at))
                    return true;
            }
        }
        return false;
    }

    private static bool HoldsStreamOf(uint length, FileStream file, long position)
    {
        file.Position = position;
        byte[] block = new byte[BlockBytes];
        long bytes = 0;
        try
        {
            using var gzip = new GZipStream(file, CompressionMode.Decompress, leaveOpen: true);
            int read;
            while ((read = gzip.Read(block)) > 0)
                bytes += read;
        }
        catch (InvalidDataException)
        {
            return false;
        }
        return unchecked((uint)bytes) == length;
    }
}
