using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Trabecula.Learning.Search;

namespace Trabecula.Workbench.Studies;

/// <summary>
/// The trials of a study on disk, appended to while it runs: a line with the study's key, then one line for each piece of work. A
/// study that was killed continues with every complete line; a torn last one is work to do again.
/// </summary>
internal sealed class TrialJournal : ITrialLog, IDisposable
{
    private const string KeyName = "study";

    private readonly Dictionary<TrialKey, FoldScore> _known = [];
    private readonly Lock _lock = new();
    private readonly FileStream _stream;

    private TrialJournal(FileStream stream) => _stream = stream;

    /// <summary>Results found when the journal was opened.</summary>
    public int Found { get; private init; }

    /// <summary>Opens the journal of a study; one of another study, or of other inputs, is begun anew.</summary>
    /// <param name="path">The file.</param>
    /// <param name="studyKey">Tells studies apart: a hash of design, table and program.</param>
    /// <exception cref="IOException">The file cannot be opened, or another run has it.</exception>
    public static TrialJournal Open(string path, string studyKey)
    {
        var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        try
        {
            var text = new byte[stream.Length];
            stream.ReadExactly(text);
            int end = Array.LastIndexOf(text, (byte)'\n') + 1;
            string[] lines = Encoding.UTF8.GetString(text, 0, end).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            var known = new Dictionary<TrialKey, FoldScore>();
            bool isOurs = lines.Length > 0 && lines[0] == FirstLine(studyKey) && lines.Skip(1).All(line => TryRead(line, known));
            if (!isOurs)
            {
                known.Clear();
                end = 0;
            }
            stream.SetLength(end);
            stream.Position = end;
            var journal = new TrialJournal(stream) { Found = known.Count };
            foreach ((TrialKey key, FoldScore score) in known)
                journal._known[key] = score;
            if (!isOurs)
                journal.Append(FirstLine(studyKey));
            return journal;
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public bool TryFind(TrialKey key, out FoldScore score) => _known.TryGetValue(key, out score);

    /// <inheritdoc/>
    public void Add(IReadOnlyList<(TrialKey Key, FoldScore Score)> results)
    {
        var line = new JsonArray();
        foreach ((TrialKey key, FoldScore score) in results)
        {
            line.Add(new JsonObject
            {
                ["split"] = key.Split,
                ["model"] = key.Model,
                ["trial"] = key.Trial,
                ["fold"] = key.Fold,
                [score.Failure is null ? "auroc" : "failure"] = score.Failure is null ? score.Auroc : score.Failure,
            });
        }
        lock (_lock)
            Append(line.ToJsonString());
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private static string FirstLine(string studyKey) => new JsonObject { [KeyName] = studyKey }.ToJsonString();

    private static bool TryRead(string line, Dictionary<TrialKey, FoldScore> known)
    {
        try
        {
            foreach (JsonNode? node in JsonNode.Parse(line)!.AsArray())
            {
                var key = new TrialKey(
                    node!["split"]!.GetValue<int>(), node["model"]!.GetValue<string>(), node["trial"]!.GetValue<int>(), node["fold"]!.GetValue<int>());
                known[key] = node["failure"] is { } failure
                    ? new FoldScore(double.NaN, failure.GetValue<string>())
                    : new FoldScore(node["auroc"]!.GetValue<double>());
            }
            return true;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or NullReferenceException or FormatException)
        {
            return false;
        }
    }

    private void Append(string line)
    {
        _stream.Write(Encoding.UTF8.GetBytes(line + "\n"));
        _stream.Flush();
    }
}
