using System.Security.Cryptography;

namespace Trabecula.Workbench.Studies.Plans.Shapes;

/// <summary>The problems of a plan while it is read, and the lines of its places.</summary>
/// <param name="folder">The plan's folder, which relative paths start from; null where its files are not read.</param>
/// <param name="problems">Problems found so far; more are added.</param>
internal sealed class PlanReading(string? folder, List<PlanProblem> problems)
{
    /// <summary>The plan's folder, which relative paths start from; null where its files are not read.</summary>
    public string? Folder { get; } = folder;

    /// <summary>Files that were read so far, each once.</summary>
    public List<InputFile> Files { get; } = [];

    /// <summary>Reads a file that the plan names.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public string ReadText(string file)
    {
        byte[] bytes = File.ReadAllBytes(Path.Combine(Folder ?? "", file));
        if (!Files.Exists(known => known.Name == file))
            Files.Add(new InputFile(file, Convert.ToHexStringLower(SHA256.HashData(bytes))));
        using var text = new StreamReader(new MemoryStream(bytes));
        return text.ReadToEnd();
    }

    /// <summary>Notes a value that is not what it should be.</summary>
    public void Refuse(PlanNode node, string expected, string cure = "") =>
        problems.Add(new PlanProblem(node.Line, node.Path, node.Shown, Sentence(expected), cure));

    /// <summary>Notes a problem of a block or a list as a whole, whose value is not worth showing.</summary>
    public void RefuseWhole(PlanNode node, string problem, string cure = "") => problems.Add(new PlanProblem(node.Line, node.Path, null, problem, cure));

    /// <summary>Notes a name that is not known, with the nearest one that is.</summary>
    public void RefuseName(int line, string path, string name, string what, IReadOnlyCollection<string> known) => problems.Add(new PlanProblem(
        line, path, null, $"'{name}' is no {what}.", name.All(char.IsAsciiDigit) ? "A comma ends a value here: write decimals with a point, as 0.91."
            : Spelling.Nearest(name, known) is { } nearest ? $"Did you mean {nearest}?" : $"Known: {string.Join(", ", known)}."));

    private static string Sentence(string expected) => $"Expected {expected}.";
}
