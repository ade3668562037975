namespace Trabecula.Workbench.Extraction;

/// <summary>The one name of a file that several paths can lead to.</summary>
internal static class RealPath
{
    /// <summary>The full path without links, neither of the file nor of the folders above it; of a link in a circle, the path itself.</summary>
    public static string Of(string path)
    {
        string full = Path.GetFullPath(path);
        if (Path.GetDirectoryName(full) is not { } folder)
            return full;
        string inRealFolder = Path.Combine(Of(folder), Path.GetFileName(full));
        try
        {
            return File.ResolveLinkTarget(inRealFolder, returnFinalTarget: true) is { } target ? Of(target.FullName) : inRealFolder;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return inRealFolder;
        }
    }
}
