namespace Trabecula.Workbench.Extraction;

/// <summary>
/// Keeps a second run from the same output: both would write into one journal, and the first to end would take it from the other.
/// The claim ends with the process, however that ends; a file left behind by a killed run claims nothing.
/// </summary>
internal sealed class OutputClaim : IDisposable
{
    // EWOULDBLOCK on Linux and on macOS, ERROR_SHARING_VIOLATION on Windows.
    private static readonly int InUse = OperatingSystem.IsWindows() ? 32 : OperatingSystem.IsMacOS() ? 35 : 11;

    private readonly FileStream _file;

    private OutputClaim(FileStream file) => _file = file;

    /// <summary>Claims an output.</summary>
    /// <exception cref="ExtractionException">Another run has it, or no file can be made beside the output.</exception>
    public static OutputClaim Take(string output)
    {
        try
        {
            return new OutputClaim(new FileStream(
                output + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose));
        }
        catch (IOException exception) when ((exception.HResult & 0xFFFF) == InUse)
        {
            throw ExtractionException.InUse(output, exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw ExtractionException.Output(output, exception);
        }
    }

    public void Dispose() => _file.Dispose();
}
