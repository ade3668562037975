using System.Globalization;
using System.Text.Json;

namespace Trabecula.Benchmarks;

/// <summary>What another extractor needed for a case: yardsticks cold and warm, and peak memory in megabytes.</summary>
internal sealed record PeerTimes(double Cold, double Warm, double Megabytes);

/// <summary>Measured times of PyRadiomics and other extractors, in yardsticks of the machine that they were measured on.</summary>
internal sealed class ReferenceTimes
{
    // Names of the table's cases where they differ from those of times.json.
    private static readonly Dictionary<string, string> CaseNames = new() { ["spine"] = "spineL3", ["ibsi1"] = "ibsi1ct" };

    private readonly Dictionary<string, double> _pyRadiomicsWarm = [];
    private readonly Dictionary<(string Tool, string Case, string Settings), PeerTimes> _peers = [];

    /// <summary>Reads the shared files <c>times.json</c> and <c>peers.md</c>.</summary>
    public ReferenceTimes(string timesPath, string peersPath)
    {
        List<double> yardsticks = [];
        using (JsonDocument times = JsonDocument.Parse(File.ReadAllBytes(timesPath)))
        {
            foreach (JsonProperty entry in times.RootElement.GetProperty("cases").EnumerateObject())
            {
                _pyRadiomicsWarm[entry.Name] = entry.Value.GetProperty("warm_yardsticks").GetDouble();
                yardsticks.Add(entry.Value.GetProperty("yardstick_seconds").GetDouble());
            }
        }
        ReadPeers(peersPath, Extraction.Median(yardsticks));
    }

    public double? PyRadiomicsWarm(string name, string settings) =>
        _pyRadiomicsWarm.TryGetValue($"{name}__{settings}", out double yardsticks) ? yardsticks : null;

    /// <summary>The times of a tool, which is named as the table's rows begin.</summary>
    public PeerTimes? Peer(string tool, string name, string settings) => _peers.GetValueOrDefault((tool, name, settings));

    // Rows: | case: … | tool | cold / warm / features / RSS, default settings | the same, paper settings |
    private void ReadPeers(string path, double yardstick)
    {
        string name = "";
        foreach (string line in File.ReadLines(path))
        {
            string[] cells = [.. line.Split('|').Select(cell => cell.Trim())];
            if (cells.Length != 6)
                continue;
            if (cells[1].Contains(": ", StringComparison.Ordinal))
                name = cells[1].Split(':')[0];
            foreach ((string cell, string settings) in new[] { (cells[3], "default"), (cells[4], "paper") })
                if (Parse(cell, yardstick) is { } peer)
                    _peers[(cells[2].Split(' ')[0], CaseNames.GetValueOrDefault(name, name), settings)] = peer;
        }
    }

    private static PeerTimes? Parse(string cell, double yardstick)
    {
        string[] parts = cell.Split(" / ");
        if (parts.Length != 4 || Seconds(parts[0]) is not { } cold || Seconds(parts[1]) is not { } warm)
            return null;
        return new(cold / yardstick, warm / yardstick, double.Parse(parts[3], CultureInfo.InvariantCulture));
    }

    private static double? Seconds(string text)
    {
        double unit = text.EndsWith(" ms", StringComparison.Ordinal) ? 1e-3 : 1;
        return double.TryParse(text.Split(' ')[0], CultureInfo.InvariantCulture, out double value) ? value * unit : null;
    }
}
