using System.Buffers.Binary;
using System.IO.Compression;
using Trabecula.Imaging.Voxels;

namespace Trabecula.Imaging.Dicom.Encoding;

/// <summary>
/// The bytes of a DICOM file from front to back, inflated on the way where the data set is deflated. It knows how many can
/// come at most, so that no length is believed that the file cannot hold.
/// </summary>
internal sealed class DicomInput : IDisposable
{
    private const int BufferBytes = 1 << 14;

    /// <summary>Deflate codes at most 258 bytes in 2 bits; with the block headers the ratio stays below this.</summary>
    private const long LargestDeflateRatio = 1032;

    private readonly FileStream _file;
    private readonly byte[] _buffer = new byte[BufferBytes];
    private Stream _stream;
    private int _next, _filled;

    private DicomInput(string path, FileStream file) => (Path, _file, _stream, End) = (path, file, file, file.Length);

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Bytes read or passed over so far; they count anew where inflation begins.</summary>
    public long Position { get; private set; }

    /// <summary>The most bytes that there can be.</summary>
    public long End { get; private set; }

    /// <summary>Whether positions count inflated bytes.</summary>
    public bool IsInflated => !ReferenceEquals(_stream, _file);

    /// <summary>Opens a file at its first byte.</summary>
    /// <exception cref="ImagingException">The file cannot be opened.</exception>
    public static DicomInput Open(string path) => new(path, DataStream.OpenFile(path, bufferBytes: 0));

    /// <summary>Takes all that follows as deflated.</summary>
    public void Inflate()
    {
        _file.Position = Position;
        End = (_file.Length - Position) * LargestDeflateRatio;
        _stream = new DeflateStream(_file, CompressionMode.Decompress);
        (Position, _next, _filled) = (0, 0, 0);
    }

    /// <summary>The next bytes without taking them; fewer where the data end.</summary>
    /// <param name="count">At most 1024.</param>
    public ReadOnlySpan<byte> Peek(int count)
    {
        if (_filled - _next < count)
        {
            _buffer.AsSpan(_next, _filled - _next).CopyTo(_buffer);
            (_next, _filled) = (0, _filled - _next);
            _filled += ReadStream(_buffer.AsSpan(_filled), count - _filled);
        }
        return _buffer.AsSpan(_next, Math.Min(count, _filled - _next));
    }

    /// <summary>Fills the target; false where the data end before.</summary>
    public bool Read(Span<byte> target)
    {
        int buffered = Math.Min(target.Length, _filled - _next);
        _buffer.AsSpan(_next, buffered).CopyTo(target);
        _next += buffered;
        int read = buffered;
        if (read < target.Length)
            read += ReadStream(target[read..], target.Length - read);
        Position += read;
        return read == target.Length;
    }

    /// <summary>Passes over bytes; false where the data end before.</summary>
    public bool Skip(long bytes, CancellationToken cancellationToken)
    {
        long buffered = Math.Min(bytes, _filled - _next);
        _next += (int)buffered;
        Position += buffered;
        bytes -= buffered;
        if (bytes == 0)
            return true;
        if (!IsInflated)
        {
            if (bytes > End - Position)
                return false;
            Position += bytes;
            _file.Position = Position;
            return true;
        }
        (_next, _filled) = (0, 0);
        while (bytes > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int block = (int)Math.Min(bytes, _buffer.Length), read = ReadStream(_buffer.AsSpan(0, block), block);
            Position += read;
            bytes -= read;
            if (read < block)
                return false;
        }
        return true;
    }

    /// <summary>A 16-bit number; the caller has made sure that it is there.</summary>
    public static ushort UInt16(ReadOnlySpan<byte> bytes, bool bigEndian) =>
        bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    /// <summary>A 32-bit number; the caller has made sure that it is there.</summary>
    public static uint UInt32(ReadOnlySpan<byte> bytes, bool bigEndian) =>
        bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    /// <inheritdoc/>
    public void Dispose()
    {
        _stream.Dispose();
        _file.Dispose();
    }

    private int ReadStream(Span<byte> target, int atLeast)
    {
        try
        {
            return _stream.ReadAtLeast(target, atLeast, throwOnEndOfStream: false);
        }
        catch (InvalidDataException e)
        {
            throw new ImagingException(Path, "the deflated data set is damaged: it cannot be decompressed.", Cure.CopyAgain, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ImagingException(Path, "the file cannot be read.", Cure.CheckDisk, e);
        }
    }
}
