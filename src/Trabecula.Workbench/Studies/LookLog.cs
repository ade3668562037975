using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Trabecula.Workbench.Studies;

/// <summary>
/// Every look at held-out subjects in a study's folder, appended before it is taken: one line each, never deleted, whatever plan is run into the
/// folder later. A run that repeats the same plan on the same tables sees nothing new, so that looks are counted by study and not by line: else a
/// study that was killed after its look could not be continued to the same bytes.
/// </summary>
internal sealed class LookLog(string path, string studyKey, string planHash, TimeProvider time)
{
    /// <summary>Appends a look; on disk when this returns.</summary>
    /// <param name="split">Which split of the study, from 0.</param>
    /// <param name="subjects">The subjects who are looked at.</param>
    /// <exception cref="IOException">The file cannot be written: then nobody may look.</exception>
    internal void Add(int split, IReadOnlyList<string> subjects)
    {
        var line = new JsonObject
        {
            ["study"] = studyKey,
            ["plan"] = planHash,
            ["split"] = split + 1,
            ["subjects"] = subjects.Distinct(StringComparer.Ordinal).Count(),
            ["subjectsSha256"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', subjects.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))))),
            ["time"] = time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        };
        using var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        // A torn last line is of a look that was not taken.
        stream.SetLength(Lines(stream).End);
        stream.Position = stream.Length;
        stream.Write(Encoding.UTF8.GetBytes(line.ToJsonString() + "\n"));
        stream.Flush(flushToDisk: true);
    }

    /// <summary>How many studies have looked, and the place of this one among them.</summary>
    internal LookSummary Count()
    {
        using FileStream stream = File.OpenRead(path);
        // A line that cannot be read is a look all the same.
        string[] studies = [.. Lines(stream).Text.Select(line => StudyOf(line) ?? line).Distinct(StringComparer.Ordinal)];
        return new LookSummary(studies.Length, Array.IndexOf(studies, studyKey) + 1);
    }

    private static (string[] Text, long End) Lines(FileStream stream)
    {
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        int end = Array.LastIndexOf(bytes, (byte)'\n') + 1;
        return (Encoding.UTF8.GetString(bytes, 0, end).Split('\n', StringSplitOptions.RemoveEmptyEntries), end);
    }

    private static string? StudyOf(string line)
    {
        try
        {
            return JsonNode.Parse(line)?["study"]?.GetValue<string>();
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}

/// <summary>Looks at held-out subjects in a study's folder.</summary>
/// <param name="Studies">Different studies that looked: another plan, other tables or another program; repetitions of one count once.</param>
/// <param name="Place">The place of this one among them, from 1.</param>
public sealed record LookSummary(int Studies, int Place)
{
    /// <summary>The looks in words.</summary>
    internal string Text => Studies == 1 ? "looked at once" : string.Create(CultureInfo.InvariantCulture,
        $"looked at by {Studies} different studies in this folder, of which this is number {Place}");
}
