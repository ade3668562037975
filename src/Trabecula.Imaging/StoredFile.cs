namespace Trabecula.Imaging;

/// <summary>Tells files that can be read from front to end from those that only look like files.</summary>
public static class StoredFile
{
    /// <summary>
    /// The bytes of a file, links followed; 0 for an empty one, and for pipes, devices and sockets. To be asked before opening:
    /// the opening of a named pipe waits for somebody who writes into it, and <c>/dev/zero</c> never ends.
    /// </summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="IOException">It cannot be looked at, such as links in a circle.</exception>
    public static long LengthOf(string path) => Target(path).Length;

    /// <summary>The file that a path leads to: a link has a length and a time of its own, which say nothing of the data.</summary>
    /// <exception cref="IOException">Links in a circle.</exception>
    public static FileInfo Target(string path)
    {
        var file = new FileInfo(path);
        return file.LinkTarget is not null && file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo target ? target : file;
    }
}
