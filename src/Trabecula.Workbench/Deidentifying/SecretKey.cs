using System.Security.Cryptography;
using Trabecula.Workbench.Extraction;

namespace Trabecula.Workbench.Deidentifying;

/// <summary>The secret by which identifiers are replaced: a file of its own that only its owner may read, never within what is given away.</summary>
internal static class SecretKey
{
    private const int Bytes = 32;

    /// <summary>Reads the key, or makes one where there is no file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="output">What is given away.</param>
    /// <exception cref="ExtractionException">The key would lie within the output, or cannot be used.</exception>
    public static byte[] Open(string path, string output)
    {
        string folder = RealPath.Of(output), file = RealPath.Of(path);
        if (file == folder || file.StartsWith(folder.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            throw ExtractionException.Input($"--key {path} lies within {output}, which is given away. Keep it elsewhere.");
        byte[]? key = null;
        ExtractionException.Guard(path, () =>
        {
            if (File.Exists(path))
            {
                key = File.ReadAllBytes(path);
                return;
            }
            key = RandomNumberGenerator.GetBytes(Bytes);
            WriteNew(path, key);
        });
        if (key!.Length != Bytes)
            throw ExtractionException.Input($"--key {path} is no key: it has {key.Length} bytes, where {Bytes} were expected. Give the key of the first run, or a new name.");
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & (UnixFileMode.GroupRead | UnixFileMode.OtherRead)) != 0)
            throw ExtractionException.Input($"--key {path} can be read by others. Take their permission first: chmod 600.");
        return key;
    }

    /// <summary>Writes a file that only its owner may read, where there is none of the name.</summary>
    /// <exception cref="ExtractionException">There is one, or it cannot be written.</exception>
    public static void WriteNew(string path, byte[] bytes) => ExtractionException.Guard(path, () =>
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var stream = new FileStream(path, options);
        stream.Write(bytes);
    });
}
