using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Trabecula.Learning;
using Trabecula.Workbench.Checklists;
using Trabecula.Workbench.Reports;

namespace Trabecula.Workbench.Studies;

/// <summary>The files of a finished study.</summary>
/// <remarks>
/// <c>report.html</c>, <c>figures</c> (its pictures), <c>study.json</c> (all that the report shows), <c>tables/*.csv</c>, <c>models/*.json</c> and
/// <c>baselines/*.json</c> (fitted pipelines of a single split, and the small ones that they must beat), <c>plan.yaml</c> and
/// <c>schema.json</c> (what the models take from a table, and how),
/// <c>provenance.json</c> (what every fit has seen, and the other files' hashes): the same bytes for the same plan and tables. Apart from them <c>times.csv</c>, which differs from run to run, <c>trials.jsonl</c>, by which
/// a stopped study continues, and <c>looks.jsonl</c>, every look at held-out subjects with its time.
/// </remarks>
internal static class StudyFolder
{
    internal const string SummaryName = "study.json", ReportName = "report.html", ProvenanceName = "provenance.json", JournalName = "trials.jsonl", TimesName = "times.csv", LooksName = "looks.jsonl",
        PlanName = "plan.yaml", SchemaName = "schema.json", ModelsName = "models", BaselinesName = "baselines";

    private static readonly JsonSerializerOptions s_options = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
    };

    // Its sets of subjects are long.
    private static readonly JsonSerializerOptions s_provenanceOptions = new(s_options)
    {
        WriteIndented = false,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    // Read by people too, who want to see what a column must hold.
    private static readonly JsonSerializerOptions s_schemaOptions = new(s_options) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    /// <summary>Writes everything; the summary is last, so a folder that has it is whole.</summary>
    internal static void Write(string folder, StudySummary summary, StudyResult result, StudyProvenance provenance, FrozenParts frozen, StageClock clock, StageWork work)
    {
        File.Delete(Path.Combine(folder, SummaryName));
        AtomicFile.Write(Path.Combine(folder, PlanName), stream => stream.Write(File.ReadAllBytes(frozen.Plan)));
        WriteText(Path.Combine(folder, SchemaName), JsonSerializer.Serialize(frozen.Schema, s_schemaOptions) + "\n");
        WriteFresh(Path.Combine(folder, "tables"), summary.Tables.Concat(TabNetTables.Of(result.Splits[0].TabNets)).Select(table => ($"{table.Name}.csv", (Action<Stream>)table.WriteCsv)));
        SplitResult? only = result.Splits is [var single] ? single : null;
        WritePipelines(ModelsName, only?.Searches.Zip(only.Final.Pipelines, (search, pipeline) => (search.Model, pipeline)));
        WritePipelines(BaselinesName, only?.Baselines.Select(baseline => (baseline.Name, baseline.Pipeline)));
        clock.Measure("report", () => ReportFolder.Write(folder, summary, TabNetTables.Of(result.Splits[0].TabNets), work));
        AtomicFile.Write(Path.Combine(folder, TimesName), Times([.. result.Stages, .. clock.Stages]).WriteCsv);
        byte[] whole = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(summary, s_options) + "\n");
        provenance = provenance with { Results = [new InputFile(SummaryName, Convert.ToHexStringLower(SHA256.HashData(whole))), .. Hashes(folder)] };
        WriteProvenance(folder, provenance);
        AtomicFile.Write(Path.Combine(folder, SummaryName), stream => stream.Write(whole));

        void WritePipelines(string part, IEnumerable<(string Name, FittedPipeline Pipeline)>? pipelines) => WriteFresh(Path.Combine(folder, part), (pipelines ?? [])
            .Select(each => ($"{FileName(each.Name)}.json", (Action<Stream>)(stream => Write(stream, WithSteps(result.BeforeSplit, each.Pipeline))))));
    }

    /// <summary>What the models of a finished study take from a table.</summary>
    /// <exception cref="StudyException">The folder holds no finished study, or one of another version.</exception>
    internal static PredictorSchema ReadSchema(string folder) => Read<PredictorSchema>(Path.Combine(folder, SchemaName), PredictorSchema.Version, s_schemaOptions);

    /// <summary>The files of a finished study that are not as it wrote them, each with what is wrong; empty where all are.</summary>
    /// <param name="folder">The study's folder.</param>
    /// <param name="provenance">Its provenance.</param>
    /// <param name="wanted">Which files count.</param>
    internal static IReadOnlyList<string> ChangedFiles(string folder, StudyProvenance provenance, Func<string, bool> wanted) =>
        [.. provenance.Results.Where(file => wanted(file.Name)).Select(file => Fault(Path.Combine(folder, file.Name), file)).OfType<string>()];

    private static string? Fault(string path, InputFile file)
    {
        if (!File.Exists(path))
            return $"{file.Name} is not there";
        string found = StudyInputs.Hash(path, "").Sha256;
        return found == file.Sha256 ? null : $"{file.Name} was changed: its SHA-256 is {found[..16]}…, and the study wrote {file.Sha256[..16]}…";
    }

    /// <summary>Whether a file is one of those that a study's models are used again by.</summary>
    internal static bool IsOfModels(string name) => name is SummaryName or PlanName or SchemaName || name.StartsWith($"{ModelsName}/", StringComparison.Ordinal) || name.StartsWith($"{BaselinesName}/", StringComparison.Ordinal);

    /// <summary>What the fits of a finished study have seen.</summary>
    /// <exception cref="StudyException">The folder holds no finished study, or one of another version.</exception>
    internal static StudyProvenance ReadProvenance(string folder) =>
        Read<StudyProvenance>(Path.Combine(folder, ProvenanceName), StudyProvenance.Version, s_provenanceOptions);

    /// <summary>The files of a study's folder that its provenance does not name, and that no office program or file manager leaves behind.</summary>
    internal static IEnumerable<string> UnnamedFiles(string folder, StudyProvenance provenance) => NamesIn(folder)
        .Except(provenance.Results.Select(file => file.Name)).Where(name => Path.GetFileName(name) is not ['.' or '~', ..] and not "Thumbs.db");

    /// <summary>All but the summary, with their hashes.</summary>
    private static IEnumerable<InputFile> Hashes(string folder) => NamesIn(folder).Where(name => name != SummaryName).Select(name => StudyInputs.Hash(Path.Combine(folder, name), name));

    /// <summary>The files that follow from plan and tables, named from the study's folder.</summary>
    private static IEnumerable<string> NamesIn(string folder) => ((string[])[SummaryName, PlanName, SchemaName, ReportName]).Where(name => File.Exists(Path.Combine(folder, name))).Concat(
        from part in (string[])["tables", ModelsName, BaselinesName, ReportFolder.FiguresName, StudyChecklists.FolderName]
        where Directory.Exists(Path.Combine(folder, part))
        from path in Directory.EnumerateFiles(Path.Combine(folder, part)).Order(StringComparer.Ordinal)
        select $"{part}/{Path.GetFileName(path)}");

    /// <summary>Makes the report of a finished study again.</summary>
    /// <exception cref="StudyException">The folder holds no finished study, or one of another version.</exception>
    internal static string Report(string folder, string? beside, StageWork work)
    {
        StudySummary summary = ReadWhole(folder);
        if (beside is not null)
            summary = summary with { Tables = [.. summary.Tables, ComparisonOfRuns.Of(summary, ReadWhole(beside))] };
        string report = ReportFolder.Write(folder, summary, [], work);
        if (File.Exists(Path.Combine(folder, ProvenanceName)))
            Rename(folder, [.. summary.Tables.Concat(FigureTables.Of(summary)).SelectMany(table => (string[])[$"tables/{table.Name}.csv", $"tables/{table.Name}.docx"])]);
        return report;
    }

    /// <summary>Names in the provenance what a report that was made again wrote; the hashes of all other files stay.</summary>
    private static void Rename(string folder, HashSet<string> tables)
    {
        StudyProvenance provenance = ReadProvenance(folder);
        bool IsOfReport(string name) => name == ReportName || tables.Contains(name) ||
            name.StartsWith($"{ReportFolder.FiguresName}/", StringComparison.Ordinal) || name.StartsWith($"{StudyChecklists.FolderName}/", StringComparison.Ordinal);
        List<string> names = [.. NamesIn(folder)];
        IEnumerable<InputFile> files =
            [.. provenance.Results.Where(file => !IsOfReport(file.Name)), .. names.Where(IsOfReport).Select(name => StudyInputs.Hash(Path.Combine(folder, name), name))];
        WriteProvenance(folder, provenance with { Results = [.. files.OrderBy(file => names.IndexOf(file.Name))] });
    }

    internal static void WriteProvenance(string folder, StudyProvenance provenance) =>
        WriteText(Path.Combine(folder, ProvenanceName), JsonSerializer.Serialize(provenance, s_provenanceOptions) + "\n");

    /// <summary>The summary, which must be the one that the study wrote.</summary>
    private static StudySummary ReadWhole(string folder)
    {
        StudySummary summary = Read(Path.Combine(folder, SummaryName));
        // Without a provenance there is nothing to hold it against.
        if (File.Exists(Path.Combine(folder, ProvenanceName)) && ChangedFiles(folder, ReadProvenance(folder), name => name == SummaryName) is [var fault, ..])
            throw new StudyException($"{folder}: {fault}. Put the file back as it was, or run the study again.");
        return summary;
    }

    internal static StudySummary Read(string path) => Read<StudySummary>(path, StudySummary.Version, s_options);

    private static T Read<T>(string path, int expected, JsonSerializerOptions options)
    {
        try
        {
            string text = File.ReadAllText(path);
            int? version = JsonNode.Parse(text)?["schemaVersion"]?.GetValue<int>();
            if (version != expected)
                throw new StudyException(
                    $"{path}: its format has version {version?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "none"}, expected {expected}. Run the study again with this program.");
            return JsonSerializer.Deserialize<T>(text, options) ?? throw new JsonException("it is empty");
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new StudyException($"{path} is not there: the folder holds no finished study. Run 'trabecula study run' first.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StudyException($"{path} cannot be read: {fault.Message.TrimEnd('.')}. Name the folder of a finished study.");
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            throw new StudyException($"{path} is damaged: {fault.Message} Run the study again.", fault);
        }
    }

    private static ReportTable Times(IReadOnlyList<StageTime> stages) => new("times", "Times", ["stage", "wall seconds", "processor seconds"],
        [.. stages.Select(stage => (IReadOnlyList<string>)[stage.Name, StudyTables.Number(Math.Round(stage.WallSeconds, 4)), StudyTables.Number(Math.Round(stage.CpuSeconds, 4))])]);

    /// <summary>Steps that a plan of profile paper ran before its split belong to what a new patient goes through.</summary>
    private static JsonObject WithSteps(IReadOnlyList<FittedTransformer> before, FittedPipeline pipeline)
    {
        JsonObject json = pipeline.ToJson();
        JsonArray steps = json["steps"]!.AsArray();
        for (int i = 0; i < before.Count; i++)
            steps.Insert(i, before[i].ToJson());
        return json;
    }

    /// <summary>A result as text, with named numbers that are none.</summary>
    internal static string Text<T>(T value) => JsonSerializer.Serialize(value, s_options) + "\n";

    private static void Write(Stream stream, JsonObject json)
    {
        using var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteTo(writer);
    }

    // Files of an earlier run that this one does not write must not stay beside its results.
    internal static void WriteFresh(string folder, IEnumerable<(string Name, Action<Stream> Write)> files)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        foreach ((string name, Action<Stream> write) in files)
        {
            Directory.CreateDirectory(folder);
            AtomicFile.Write(Path.Combine(folder, name), write);
        }
    }

    /// <summary>A model's name as that of its file, without the ending.</summary>
    internal static string FileName(string model) => string.Concat(model.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? char.ToLowerInvariant(c) : '-'));

    internal static void WriteText(string path, string text) => AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
}

/// <summary>What a study's models need beside themselves to be used again.</summary>
/// <param name="Plan">The file of the plan.</param>
/// <param name="Schema">What they take from a table.</param>
internal sealed record FrozenParts(string Plan, PredictorSchema Schema);
