using Trabecula.Imaging;

namespace Trabecula.Radiomics.Parameters;

/// <summary>
/// Reads PyRadiomics' parameter files (YAML or JSON). All keys of PyRadiomics 3.0.1 are known, and others are refused.
/// </summary>
public static class ParameterFile
{
    // All of PyRadiomics' keys with long lists take some kilobytes.
    private const long LargestBytes = 1 << 20;

    /// <summary>Reads a parameter file.</summary>
    /// <param name="path">A <c>.yaml</c>, <c>.yml</c> or <c>.json</c> file.</param>
    /// <exception cref="ParameterException">The file cannot be read, or has problems: all of them are reported together.</exception>
    public static ExtractionParameters Read(string path) => Read(path, []);

    /// <summary>Reads a parameter file and puts settings in place of those that it gives.</summary>
    /// <param name="path">A <c>.yaml</c>, <c>.yml</c> or <c>.json</c> file, or null for PyRadiomics' defaults.</param>
    /// <param name="overrides">Settings by PyRadiomics' keys, as <see cref="SettingOverride"/> reads them.</param>
    /// <exception cref="ParameterException">The file cannot be read, or it or the settings have problems: all of them are reported together.</exception>
    public static ExtractionParameters Read(string? path, IReadOnlyList<SettingOverride> overrides)
    {
        ArgumentNullException.ThrowIfNull(overrides);
        if (path is null)
            return Make(new BlockNode(1, []), "--setting", [], overrides);
        string text;
        try
        {
            // A folder has no length to ask for; that it is none is said when it is read.
            long length = Directory.Exists(path) ? 1 : StoredFile.LengthOf(path);
            if (length is 0 or > LargestBytes)
                throw Refusal(path, length == 0 ? "The file is empty, or it is a pipe or a device." : FormattableString.Invariant(
                    $"The file has {length} bytes, where a parameter file has at most {LargestBytes}."), "Give a file that begins with setting:, imageType: or featureClass:.");
            text = File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            string problem = exception is FileNotFoundException or DirectoryNotFoundException
                ? "The parameter file does not exist."
                : "The parameter file cannot be read.";
            throw Refusal(path, problem, "Check the path and the file's permissions.");
        }
        return Parse(text, path, overrides);
    }

    /// <summary>Reads parameters from text.</summary>
    /// <param name="text">YAML or JSON.</param>
    /// <param name="name">The file's name for messages; a name that ends with <c>.json</c> is read by JSON's rules for numbers.</param>
    /// <exception cref="ParameterException">The text has problems: all of them are reported together.</exception>
    public static ExtractionParameters Parse(string text, string name) => Parse(text, name, []);

    private static ExtractionParameters Parse(string text, string name, IReadOnlyList<SettingOverride> overrides)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(name);
        bool json = name.EndsWith(".json", StringComparison.OrdinalIgnoreCase);
        var problems = new List<ParameterProblem>();
        switch (ParameterTree.Read(text, json, problems))
        {
            case BlockNode root:
                return Make(root, name, problems, overrides);
            case { } other:
                problems.Add(new ParameterProblem(ParameterProblemKind.InvalidValue, other.Line, "", null,
                    "The file is not a block of keys and values.", "Begin with setting:, imageType: or featureClass:."));
                break;
            case null when problems.Count == 0:
                problems.Add(new ParameterProblem(ParameterProblemKind.InvalidValue, 1, "", null,
                    "The file is empty.", "Begin with setting:, imageType: or featureClass:."));
                break;
        }
        throw new ParameterException(name, [.. problems.OrderBy(problem => problem.Line)]);
    }

    private static ExtractionParameters Make(BlockNode root, string name, List<ParameterProblem> problems, IReadOnlyList<SettingOverride> overrides)
    {
        ExtractionParameters parameters = new ParameterReader(problems).Read(root, overrides);
        return problems.Count == 0 ? parameters : throw new ParameterException(name, [.. problems.OrderBy(problem => problem.Line)]);
    }

    /// <summary>What PyRadiomics does without a parameter file.</summary>
    internal static ExtractionParameters Defaults() => new ParameterReader([]).Read(new BlockNode(1, []), []);

    private static ParameterException Refusal(string path, string problem, string cure) =>
        new(path, [new ParameterProblem(ParameterProblemKind.Syntax, 0, "", null, problem, cure)]);

    /// <summary>Reads a parameter file that is part of this assembly.</summary>
    internal static ExtractionParameters Embedded(string name)
    {
        using Stream stream = typeof(ParameterFile).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The assembly lacks its resource {name}.");
        using var reader = new StreamReader(stream);
        return Parse(reader.ReadToEnd(), name);
    }
}
