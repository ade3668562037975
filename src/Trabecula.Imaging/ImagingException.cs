namespace Trabecula.Imaging;

/// <summary>An image or mask that cannot be used. The message names the file, the value, what was expected and the cure.</summary>
public sealed class ImagingException : Exception
{
    /// <summary>Describes the fault of a file.</summary>
    /// <param name="path">The file, or empty for a volume that was made in memory.</param>
    /// <param name="problem">What is wrong: the value found and what was expected.</param>
    /// <param name="cure">What the user can do.</param>
    /// <param name="innerException">The cause, where there is one.</param>
    public ImagingException(string path, string problem, string cure, Exception? innerException = null)
        : base(PlainText.Of(path.Length == 0 ? $"{problem} {cure}" : $"{path}: {problem} {cure}"), innerException) =>
        (Path, Problem, Cure) = (path, PlainText.Of(problem), PlainText.Of(cure));

    /// <summary>The file at fault.</summary>
    public string Path { get; }

    /// <summary>What is wrong: the value found and what was expected.</summary>
    public string Problem { get; }

    /// <summary>What the user can do.</summary>
    public string Cure { get; }
}
