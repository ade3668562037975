namespace Trabecula.Imaging.Voxels;

/// <summary>
/// Writes a file under a temporary name beside its target and renames it when it is complete,
/// so that nobody ever finds half a file, and a failed write leaves what was there before.
/// </summary>
internal static class AtomicFile
{
    private const int BufferBytes = 1 << 17;

    private static int s_number;

    /// <summary>Writes a file.</summary>
    /// <param name="path">The file; replaced where it exists.</param>
    /// <param name="write">Writes its content.</param>
    /// <exception cref="ImagingException">The folder is missing, the disk full, or the file protected.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        string temporary = FormattableString.Invariant($"{path}.{Environment.ProcessId}-{Interlocked.Increment(ref s_number)}.part");
        try
        {
            if (Directory.Exists(path))
                throw new ImagingException(path, "this is a directory, where an image file was to be written.", "Name a file in it.");
            using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferBytes))
            {
                write(file);
                file.Flush(flushToDisk: true);
            }
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception e)
        {
            Delete(temporary);
            if (e is DirectoryNotFoundException)
                throw new ImagingException(path, "its folder does not exist.", "Create the folder first.", e);
            if (e is UnauthorizedAccessException)
                throw new ImagingException(
                    path, "the file may not be written by this user.", "Change the permissions, or name another folder.", e);
            // The last is how .NET reports a limit on the size of files (ulimit -f, or that of the file system).
            if (e is IOException or NotSupportedException or ArgumentOutOfRangeException)
                throw new ImagingException(path, $"the file could not be written ({e.Message.Split('\n')[0].TrimEnd('.')}).",
                    "Check the name and the free space of the disk.", e);
            throw;
        }
    }

    private static void Delete(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The reason for the failed write is what the user needs to hear.
        }
    }
}
