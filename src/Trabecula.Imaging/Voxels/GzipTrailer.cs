using System.Buffers.Binary;
using System.IO.Compression;

namespace Trabecula.Imaging.Voxels;

/// <summary>
/// Checks how a gzip file ends. <see cref="GZipStream"/> verifies a checksum that is there, but says nothing when the file
/// ends before its checksum, or when something else follows it.
/// </summary>
internal static class GzipTrailer
{
    private const int TrailerBytes = 8;

    /// <summary>What is wrong with the end of the file, or null. To be asked after all data were read.</summary>
    /// <param name="file">The compressed file; its position is changed.</param>
    /// <param name="offset">Where the compressed data begin.</param>
    /// <param name="decompressedBytes">How many bytes came out of it.</param>
    public static string? FaultOf(FileStream file, long offset, long decompressedBytes)
    {
        if (file.Length - offset >= TrailerBytes)
        {
            Span<byte> last = stackalloc byte[4];
            file.Position = file.Length - 4;
            file.ReadExactly(last);
            // The last four bytes repeat the length: this settles every file but those made of several gzip streams.
            if (BinaryPrimitives.ReadUInt32LittleEndian(last) == unchecked((uint)decompressedBytes))
                return null;
        }
        return FaultOfMembers(file, offset);
    }

    private static string? FaultOfMembers(FileStream file, long offset)
    {
        const string cut = "they end before their checksum";
        Span<byte> trailer = stackalloc byte[TrailerBytes];
        byte[] block = new byte[1 << 16];
        file.Position = offset;
        do
        {
            if (!SkipHeader(file))
                return "something else follows them";
            long bytes = 0;
            using (var deflate = new DeflateStream(new ByteByByte(file), CompressionMode.Decompress))
            {
                int read;
                while ((read = deflate.Read(block)) > 0)
                    bytes += read;
            }
            if (file.ReadAtLeast(trailer, TrailerBytes, throwOnEndOfStream: false) < TrailerBytes)
                return cut;
            if (BinaryPrimitives.ReadUInt32LittleEndian(trailer[4..]) != unchecked((uint)bytes))
                return cut;
        }
        while (file.Position < file.Length);
        return null;
    }

    /// <summary>Passes over the header of a gzip stream (RFC 1952).</summary>
    private static bool SkipHeader(FileStream file)
    {
        Span<byte> header = stackalloc byte[10];
        if (file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length || header[0] != 0x1F || header[1] != 0x8B)
            return false;
        int flags = header[3];
        if ((flags & 4) != 0)
            file.Position += file.ReadByte() + 256 * file.ReadByte();
        for (int texts = (flags >> 3 & 1) + (flags >> 4 & 1); texts > 0; texts--)
        {
            int value;
            do
                value = file.ReadByte();
            while (value > 0);
        }
        if ((flags & 2) != 0)
            file.Position += 2;
        return true;
    }

    /// <summary>Gives one byte at a time, so that the decompressor takes none that lies behind its data.</summary>
    private sealed class ByteByByte(FileStream file) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => file.Read(buffer, offset, Math.Min(count, 1));

        public override int Read(Span<byte> buffer) => file.Read(buffer[..Math.Min(buffer.Length, 1)]);

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
