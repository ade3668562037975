using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Trabecula.Workbench.Extraction;
using Trabecula.Workbench.Studies.Plans.Keys;

namespace Trabecula.Workbench.Studies;

/// <summary>Writes the text of a plan, with the schema that editors complete and check it by beside it.</summary>
internal static partial class PlanWriter
{
    /// <summary>The schema's file name.</summary>
    internal const string SchemaFile = "study-1.json";

    /// <summary>The line by which an editor finds the schema.</summary>
    internal const string SchemaLine = $"# yaml-language-server: $schema={SchemaFile}";

    /// <summary>The schema's file.</summary>
    internal static string Schema() => PlanKeys.Schema().ToJsonString(new JsonSerializerOptions { WriteIndented = true, NewLine = "\n" }) + "\n";

    /// <summary>A text as YAML: in quotes where it could be read as something else.</summary>
    internal static string Quote(string text) => SafeWord().IsMatch(text) && !Reserved().IsMatch(text) ? text : JsonSerializer.Serialize(text);

    /// <summary>Writes the schema into the folder of plans.</summary>
    /// <exception cref="ExtractionException">The file cannot be written.</exception>
    internal static void WriteSchema(string folder) => Write(Path.Combine(folder, SchemaFile), Schema());

    /// <summary>Writes a plan, in one piece; a line that somebody adds at its end begins a new one.</summary>
    /// <exception cref="ExtractionException">The file cannot be written.</exception>
    internal static void Write(string path, string text) =>
        ExtractionException.Guard(path, () => AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text.TrimEnd('\n') + "\n"))));

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_./-]*( [A-Za-z0-9_./-]+)*$", RegexOptions.CultureInvariant)]
    private static partial Regex SafeWord();

    [GeneratedRegex("^(true|false|null|yes|no|on|off|y|n)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Reserved();
}
