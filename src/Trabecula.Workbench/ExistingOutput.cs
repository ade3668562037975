using Trabecula.Workbench.Extraction;

namespace Trabecula.Workbench;

/// <summary>
/// What commands do about files that are there: an input is never written over, and what another run, or a person, made only where the user
/// says so.
/// </summary>
public static class ExistingOutput
{
    /// <summary>The option by which the user says so.</summary>
    public const string Option = "--overwrite";

    /// <summary>Why a file is not written, with the cure; null where it can be.</summary>
    /// <param name="path">The file.</param>
    /// <param name="overwrites">Whether the user lets it be replaced.</param>
    /// <param name="inputs">What the command reads; null stands for none.</param>
    public static string? FileRefusal(string path, bool overwrites, params IReadOnlyList<string?> inputs)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(inputs);
        string file = RealPath.Of(path);
        if (inputs.Any(input => !string.IsNullOrEmpty(input) && RealPath.Of(input) == file))
            return $"{path}: this would overwrite an input. Choose another name.";
        return Directory.Exists(path) ? $"{path} is a folder. Name a file."
            : !overwrites && File.Exists(path) ? $"{path} exists. Name another file, or add {Option} to replace it." : null;
    }

    /// <summary>Why files are not written into a folder, with the cure; null where they can be.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="overwrites">Whether the user lets files in it be replaced.</param>
    public static string? FolderRefusal(string path, bool overwrites)
    {
        ArgumentNullException.ThrowIfNull(path);
        return File.Exists(path) ? $"{path} is a file. Name a folder."
            : !overwrites && Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any()
                ? $"{path} is not empty. Name another folder, or add {Option} to replace files in it that have the names of new ones." : null;
    }

    internal static void Require(params IEnumerable<string?> refusals)
    {
        string problems = string.Join('\n', refusals.OfType<string>());
        if (problems.Length > 0)
            throw ExtractionException.Input(problems);
    }
}
