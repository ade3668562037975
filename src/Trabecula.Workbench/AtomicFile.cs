using System.Globalization;

namespace Trabecula.Workbench;

/// <summary>Writes files that appear only when they are complete.</summary>
internal static class AtomicFile
{
    private static int s_number;

    /// <summary>Writes to a temporary name beside the target, brings it to the disk, and renames it.</summary>
    public static void Write(string path, Action<Stream> write)
    {
        string temporary = TemporaryName(path);
        try
        {
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception exception)
        {
            DeleteQuietly(temporary);
            // So .NET reports a limit on the size of files (ulimit -f, or that of the file system).
            if (exception is ArgumentOutOfRangeException && exception.TargetSite?.DeclaringType == typeof(RandomAccess))
                throw new IOException("the file is larger than files may be here", exception);
            throw;
        }
    }

    /// <summary>Finds out before hours of work whether a file can be written.</summary>
    public static void Probe(string path)
    {
        if (Directory.Exists(path))
            throw new IOException("it is a folder");
        string temporary = TemporaryName(path);
        using (new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose)) { }
    }

    // Two workers may write the same file: rows that name one image as a.nii and as ./a.nii have one entry in the journal.
    private static string TemporaryName(string path) =>
        string.Create(CultureInfo.InvariantCulture, $"{path}.{Environment.ProcessId}-{Interlocked.Increment(ref s_number)}.tmp");

    private static void DeleteQuietly(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The fault that led here is the one to report.
        }
    }
}
