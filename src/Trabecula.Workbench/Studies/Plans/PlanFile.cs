using Trabecula.Imaging;
using Trabecula.Workbench.Studies.Plans.Keys;
using Trabecula.Workbench.Studies.Plans.Shapes;

namespace Trabecula.Workbench.Studies.Plans;

/// <summary>A plan as it was read.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Folder">The folder that its relative paths start from.</param>
/// <param name="Warnings">What its reader should know; the study can run.</param>
public sealed record PlanReadout(StudyPlan Plan, string Folder, IReadOnlyList<PlanProblem> Warnings)
{
    /// <summary>Files that were read with the plan, such as lists of trials.</summary>
    public IReadOnlyList<InputFile> Files { get; init; } = [];

    /// <summary>A file that the plan names.</summary>
    public string PathOf(string file) => Path.Combine(Folder, file);
}

/// <summary>Reads <c>study.yaml</c>.</summary>
public static class PlanFile
{
    // A plan with long grids takes some kilobytes.
    private const long LargestBytes = 4 << 20;

    private const string Begin = "Begin with schemaVersion: 1; 'trabecula study init TABLE' writes a plan.";

    /// <summary>Reads a plan.</summary>
    /// <exception cref="PlanException">The file cannot be read, or has problems: all of them are reported together.</exception>
    public static PlanReadout Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        string text;
        try
        {
            // A folder has no length to ask for; that it is none is said when it is read.
            long length = Directory.Exists(path) ? 1 : StoredFile.LengthOf(path);
            if (length > LargestBytes)
                throw Refusal(path, FormattableString.Invariant($"The file has {length} bytes, where a plan has at most {LargestBytes}."), Begin);
            text = File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw exception is FileNotFoundException or DirectoryNotFoundException
                ? Refusal(path, "The plan does not exist.", "Check the path; 'trabecula study init TABLE' writes a plan.")
                : Directory.Exists(path) ? Refusal(path, "This is a folder.", $"Name the plan in it, such as {Path.Combine(path, "study.yaml")}.")
                : Refusal(path, "The plan cannot be read.", "Check its permissions.");
        }
        return Parse(text, path, Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    /// <summary>Reads a plan from text.</summary>
    /// <param name="text">YAML or JSON.</param>
    /// <param name="name">The file's name for messages.</param>
    /// <param name="folder">The folder that relative paths start from; null for a plan whose study has run and whose files may be elsewhere: configurations in a file are
    /// then the defaults.</param>
    /// <exception cref="PlanException">The text has problems: all of them are reported together.</exception>
    public static PlanReadout Parse(string text, string name, string? folder)
    {
        ArgumentNullException.ThrowIfNull(text);
        var problems = new List<PlanProblem>();
        var warnings = new List<PlanProblem>();
        var reading = new PlanReading(folder, problems);
        PlanNode? root = PlanTree.Read(text, problems);
        StudyPlan? plan = null;
        if (root is BlockNode)
        {
            if (PlanKeys.Plan.TryRead(root, reading, out plan))
                PlanRules.Check(plan, new PlanPlaces(root), problems, warnings);
        }
        else if (problems.Count == 0)
            problems.Add(new PlanProblem(root?.Line ?? 0, "", null, root is null ? "The file is empty." : "The file is no block of keys and values.", Begin));
        return plan is not null && problems.Count == 0 ? new PlanReadout(plan, folder ?? "", warnings.AsReadOnly()) { Files = reading.Files } : throw new PlanException(name, problems);
    }

    private static PlanException Refusal(string path, string problem, string cure) => new(path, [new PlanProblem(0, "", null, problem, cure)]);
}
