namespace Trabecula.Workbench.Extraction;

/// <summary>Writes files that appear only when they are complete.</summary>
internal static class AtomicFile
{
    private static int _writes;

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
        catch
        {
            DeleteQuietly(temporary);
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

    // Two cases of the same files keep the same entry of the journal, and can do so at the same time.
    private static string TemporaryName(string path) => $"{path}.{Environment.ProcessId}-{Interlocked.Increment(ref _writes)}.tmp";

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
