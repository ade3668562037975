using Trabecula.Imaging;

namespace Trabecula.Workbench.Extraction;

/// <summary>An extraction that cannot begin or cannot be written. The message is complete: cause and cure.</summary>
public sealed class ExtractionException : Exception
{
    private ExtractionException(bool isInputFault, string message, Exception? cause) : base(message, cause) => IsInputFault = isInputFault;

    /// <summary>Whether arguments, parameter file or table are at fault; otherwise the output could not be written.</summary>
    public bool IsInputFault { get; }

    internal static ExtractionException Input(string message, Exception? cause = null) => new(true, message, cause);

    internal static ExtractionException InUse(string path, Exception cause) =>
        new(false, $"{path} is being written by another run. Wait for its end, or choose another place with --out.", cause);

    internal static ExtractionException Output(string path, Exception cause)
    {
        string reason = cause switch
        {
            UnauthorizedAccessException => "no permission to write here. Choose another folder with --out.",
            DirectoryNotFoundException => "the folder does not exist. Create it, or choose another with --out.",
            IOException when DiskIsFull(cause) => "the disk is full. Free some space; a rerun of the same command continues where this one stopped.",
            _ => $"{cause.Message.TrimEnd('.')}. Choose another place with --out.",
        };
        return new ExtractionException(false, $"{path} cannot be written: {reason}", cause);
    }

    internal static ExtractionException Output(ImagingException cause) => new(false, cause.Message, cause);

    /// <summary>Gives faults of the file system a message that names the file.</summary>
    internal static void Guard(string path, Action access)
    {
        try
        {
            access();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Output(path, exception);
        }
    }

    // The number is the system's own: ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL, ENOSPC and EDQUOT.
    private static bool DiskIsFull(Exception cause) =>
        OperatingSystem.IsWindows() ? (cause.HResult & 0xFFFF) is 112 or 39 : cause.HResult == 28 || cause.HResult == (OperatingSystem.IsMacOS() ? 69 : 122);
}
