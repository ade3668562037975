using System.Globalization;
using System.Text;

namespace Trabecula.Radiomics.Parameters;

/// <summary>A parameter file that cannot be used; all of its problems together.</summary>
public sealed class ParameterException : Exception
{
    /// <summary>Collects the problems of a file.</summary>
    /// <param name="file">The file's name.</param>
    /// <param name="problems">At least one problem, in the order of the file.</param>
    public ParameterException(string file, IReadOnlyList<ParameterProblem> problems) : base(Describe(file, problems)) =>
        (File, Problems) = (file, problems);

    /// <summary>The file's name.</summary>
    public string File { get; }

    /// <summary>The problems, in the order of the file.</summary>
    public IReadOnlyList<ParameterProblem> Problems { get; }

    private static string Describe(string file, IReadOnlyList<ParameterProblem> problems)
    {
        if (problems.Count == 1)
            return $"{file}: {problems[0]}";
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{file}: {problems.Count} problems.");
        foreach (ParameterProblem problem in problems)
            text.Append("\n  ").Append(problem);
        return text.ToString();
    }
}

/// <summary>Why an entry of a parameter file is refused.</summary>
public enum ParameterProblemKind
{
    /// <summary>The file is not readable as YAML or JSON.</summary>
    Syntax,
    /// <summary>PyRadiomics knows no such key, image type, feature class or feature.</summary>
    UnknownName,
    /// <summary>The value is of another type or out of range.</summary>
    InvalidValue,
    /// <summary>A key stands twice in one block.</summary>
    Duplicate,
}

/// <summary>A problem of a parameter file.</summary>
/// <param name="Kind">Why the entry is refused.</param>
/// <param name="Line">Line of the file, from 1; 0 where the file itself is at fault.</param>
/// <param name="Path">Place inside the file, as in <c>imageType.LoG.sigma</c>; empty for the file itself.</param>
/// <param name="Value">The value found, or null where the name itself is at fault.</param>
/// <param name="Expected">What is wrong and what was expected.</param>
/// <param name="Cure">What the user can do.</param>
public sealed record ParameterProblem(ParameterProblemKind Kind, int Line, string Path, string? Value, string Expected, string Cure)
{
    /// <summary>One line: place, value, what was expected, what to do.</summary>
    public override string ToString()
    {
        string place = Path.Length == 0 ? "" : Value is null ? $"{Path}: " : $"{Path} = {Value}: ";
        string line = Line == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"line {Line}: ");
        return $"{line}{place}{Expected} {Cure}";
    }
}
