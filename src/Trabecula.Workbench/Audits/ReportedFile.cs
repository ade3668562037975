using Trabecula.Workbench.Extraction;
using Trabecula.Workbench.Studies;
using Trabecula.Workbench.Studies.Plans;
using Trabecula.Workbench.Studies.Plans.Shapes;

namespace Trabecula.Workbench.Audits;

/// <summary>Reads a file of reported results.</summary>
public static class ReportedFile
{
    private const string Begin = "Begin with schemaVersion: 1; 'trabecula audit --example FILE' writes a file to begin with.";

    /// <summary>Writes the numbers of the published study that Trabecula follows, as a file to begin with.</summary>
    /// <exception cref="ExtractionException">The file cannot be written.</exception>
    public static void WriteExample(string path) => ExtractionException.Guard(path, () => AtomicFile.Write(path, stream =>
    {
        using Stream example = typeof(ReportedFile).Assembly.GetManifestResourceStream("ge2025.yaml")!;
        example.CopyTo(stream);
    }));

    /// <summary>Reads a file.</summary>
    /// <exception cref="PlanException">The file cannot be read, or has problems: all of them are reported together.</exception>
    public static ReportedResults Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            return Parse(File.ReadAllText(path), path);
        }
        catch (PlanException) when (Path.GetFileName(path) is StudyFolder.SummaryName or StudyFolder.ProvenanceName)
        {
            throw new PlanException(path, [new PlanProblem(0, "", null, "These are no reported results, but a file of a study that Trabecula ran.", "Give the study's folder in place of it.")]);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new PlanException(path, [new PlanProblem(0, "", null,
                exception is FileNotFoundException or DirectoryNotFoundException ? "The file does not exist." : "The file cannot be read.",
                "'trabecula audit --example FILE' writes a file to begin with.")]);
        }
    }

    /// <summary>Reads text.</summary>
    /// <param name="text">YAML or JSON.</param>
    /// <param name="name">The file's name for messages.</param>
    /// <exception cref="PlanException">The text has problems: all of them are reported together.</exception>
    public static ReportedResults Parse(string text, string name)
    {
        ArgumentNullException.ThrowIfNull(text);
        var problems = new List<PlanProblem>();
        PlanNode? root = PlanTree.Read(text, problems);
        ReportedResults? report = null;
        if (root is BlockNode)
            ReportedKeys.Results.TryRead(root, new PlanReading("", problems), out report);
        else if (problems.Count == 0)
            problems.Add(new PlanProblem(root?.Line ?? 0, "", null, root is null ? "The file is empty." : "The file is no block of keys and values.", Begin));
        return report is not null && problems.Count == 0 ? report : throw new PlanException(name, problems);
    }
}
