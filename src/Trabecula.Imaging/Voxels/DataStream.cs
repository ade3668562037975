using System.IO.Compression;
using ICSharpCode.SharpZipLib;
using ICSharpCode.SharpZipLib.BZip2;

namespace Trabecula.Imaging.Voxels;

/// <summary>How the bytes of a file are compressed.</summary>
internal enum DataCompression
{
    None,
    GZip,
    BZip2,
}

/// <summary>
/// The bytes of a file from an offset on, decompressed on the way. It knows how many bytes the file can hold at most,
/// so that nobody allocates what a damaged header promises, and turns every fault of file and codec into an <see cref="ImagingException"/>.
/// </summary>
internal sealed class DataStream : IDisposable
{
    /// <summary>Deflate codes at most 258 bytes in 2 bits; with the block headers the ratio stays below this.</summary>
    private const long LargestDeflateRatio = 1032;

    private const int BufferBytes = 1 << 17;

    private readonly FileStream _file;
    private readonly Stream _data;
    private readonly long _offset;
    private long _delivered;

    private DataStream(string path, FileStream file, long offset, Stream data, DataCompression compression)
    {
        (Path, _file, _offset, _data, Compression) = (path, file, offset, data, compression);
        long stored = file.Length - offset;
        Capacity = compression switch
        {
            DataCompression.None => stored,
            DataCompression.GZip => stored > long.MaxValue / LargestDeflateRatio ? long.MaxValue : stored * LargestDeflateRatio,
            _ => long.MaxValue,
        };
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>How the file is compressed.</summary>
    public DataCompression Compression { get; }

    /// <summary>The most bytes that can come; <see cref="long.MaxValue"/> where the codec sets no limit.</summary>
    public long Capacity { get; }

    /// <summary>Bytes of the file, still compressed.</summary>
    public long FileLength => _file.Length;

    /// <summary>Opens a file at an offset.</summary>
    /// <exception cref="ImagingException">The file cannot be opened, or ends before the offset.</exception>
    public static DataStream Open(string path, long offset, DataCompression compression)
    {
        FileStream file = OpenFile(path);
        try
        {
            if (offset > file.Length)
                throw new ImagingException(path, FormattableString.Invariant(
                    $"the data should begin at byte {offset}, but the file has {file.Length} bytes."), "Copy or export it again.");
            file.Position = offset;
            Stream data = compression switch
            {
                DataCompression.None => file,
                DataCompression.GZip => new GZipStream(file, CompressionMode.Decompress),
                _ => new BZip2InputStream(file),
            };
            return new(path, file, offset, data, compression);
        }
        catch (Exception e)
        {
            file.Dispose();
            if (e is ImagingException)
                throw;
            if (IsFileFault(e))
                throw Damaged(path, e);
            throw;
        }
    }

    /// <summary>The same data from the beginning.</summary>
    public DataStream Reopen() => Open(Path, _offset, Compression);

    /// <summary>Opens a file for reading from front to back.</summary>
    /// <param name="path">The file.</param>
    /// <param name="bufferBytes">Size of the stream's buffer; 0 for a reader that has its own.</param>
    /// <exception cref="ImagingException">The file is missing, a directory, or cannot be read.</exception>
    public static FileStream OpenFile(string path, int bufferBytes = BufferBytes)
    {
        try
        {
            if (Directory.Exists(path))
                throw new ImagingException(path, "this is a directory, where an image file was expected.",
                    "Name one file in it.");
            if (StoredFile.LengthOf(path) == 0)
                throw new ImagingException(path, "the file is empty, or it is a pipe or a device.",
                    "Give a NIfTI (.nii, .nii.gz, .hdr/.img) or NRRD (.nrrd, .nhdr) file.");
            return new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.Open,
                Access = FileAccess.Read,
                Share = FileShare.Read,
                BufferSize = bufferBytes,
                Options = FileOptions.SequentialScan,
            });
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ImagingException(path, "there is no such file.", "Check the name and the folder.", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new ImagingException(path, "the file may not be read by this user.", "Change its permissions.", e);
        }
        catch (Exception e) when (e is IOException or ArgumentException or NotSupportedException)
        {
            throw new ImagingException(path, $"the file cannot be opened ({FirstLine(e.Message)}).", "Check the name and the disk.", e);
        }
    }

    /// <summary>Reads until the target is full or the data ends; returns the bytes read.</summary>
    public int Read(Span<byte> target)
    {
        try
        {
            int read = _data.ReadAtLeast(target, target.Length, throwOnEndOfStream: false);
            _delivered += read;
            return read;
        }
        catch (Exception e) when (IsFileFault(e))
        {
            throw Damaged(Path, e);
        }
    }

    /// <summary>Passes over bytes; returns how many there were, which is fewer where the data ends before.</summary>
    public long Skip(long bytes, CancellationToken cancellationToken)
    {
        byte[] block = new byte[(int)Math.Min(bytes, BufferBytes)];
        long done = 0;
        while (done < bytes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int read = Read(block.AsSpan(0, (int)Math.Min(block.Length, bytes - done)));
            if (read == 0)
                break;
            done += read;
        }
        return done;
    }

    /// <summary>
    /// Checks that nothing follows, and that the file is complete; nothing can be read after this.
    /// Asking for one byte more also makes the codec verify its checksum.
    /// </summary>
    /// <exception cref="ImagingException">There is more data.</exception>
    public void RequireEnd(long declaredBytes)
    {
        Span<byte> one = stackalloc byte[1];
        if (Read(one) != 0)
            throw new ImagingException(Path, FormattableString.Invariant(
                $"there is more data than the {declaredBytes} bytes that the header's size and type ask for."),
                Cure.MatchHeader);
        try
        {
            if (Compression == DataCompression.GZip && !GzipTrailer.IsComplete(_file, _offset, _delivered))
                throw new ImagingException(Path,
                    "the compressed data do not end with their checksum: they are cut off, or something follows them.", Cure.CopyAgain);
        }
        catch (Exception e) when (IsFileFault(e))
        {
            throw Damaged(Path, e);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _data.Dispose();
        _file.Dispose();
    }

    /// <summary>Data that ends too early.</summary>
    public ImagingException Truncated(long declaredBytes, long foundBytes) =>
        new(Path, FormattableString.Invariant($"the header promises {declaredBytes} bytes of voxels, but the file holds ") +
            (foundBytes == Capacity && Compression != DataCompression.None
                ? FormattableString.Invariant($"at most {foundBytes}.") : FormattableString.Invariant($"{foundBytes}.")),
            "The file is cut off or its header is wrong: copy or export it again.");

    private static ImagingException Damaged(string path, Exception e) => e is IOException or UnauthorizedAccessException
        ? new(path, $"the file cannot be read ({FirstLine(e.Message)}).", Cure.CheckDisk, e)
        : new(path, "the compressed data are damaged: they cannot be decompressed, or their checksum differs.", Cure.CopyAgain, e);

    // The bzip2 decoder indexes with numbers from the file, so that damaged data may also end in these two.
    private static bool IsFileFault(Exception e) => e is IOException or InvalidDataException or SharpZipBaseException
        or UnauthorizedAccessException or IndexOutOfRangeException or NullReferenceException;

    private static string FirstLine(string message) => message.Split('\n')[0].TrimEnd('\r', '.', ' ');
}
