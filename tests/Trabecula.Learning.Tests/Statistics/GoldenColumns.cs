using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Compression;
using System.Text.Json;

namespace Trabecula.Learning.Tests.Statistics;

/// <summary>The vectors that cases of the reference values name: inline, or columns of a real table as they stand.</summary>
internal static class GoldenColumns
{
    private static readonly ConcurrentDictionary<string, (double[][] Columns, bool[] Targets)> Tables = new(StringComparer.Ordinal);

    /// <summary>A real table's feature columns, ID and Target not counted, and its targets.</summary>
    internal static (double[][] Columns, bool[] Targets) Table(string name) => Tables.GetOrAdd(name, Read);

    /// <summary>The two groups of a case.</summary>
    internal static (double[] First, double[] Second) Groups(JsonElement item)
    {
        if (item.GetProperty("x").ValueKind == JsonValueKind.Array)
            return (ReferenceData.Doubles(item.GetProperty("x")), ReferenceData.Doubles(item.GetProperty("y")));
        (double[][] columns, bool[] targets) = Table(item.GetProperty("table").GetString()!);
        double[] column = columns[item.GetProperty("columnIndex").GetInt32()];
        return ([.. column.Where((_, i) => targets[i])], [.. column.Where((_, i) => !targets[i])]);
    }

    private static (double[][] Columns, bool[] Targets) Read(string name)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(ReferenceData.Table(name)), CompressionMode.Decompress));
        string[] header = reader.ReadLine()!.Split(',');
        int target = Array.IndexOf(header, "Target");
        int[] features = [.. Enumerable.Range(0, header.Length).Where(i => header[i] is not ("ID" or "Target"))];
        var rows = new List<string[]>();
        while (reader.ReadLine() is { } line)
            rows.Add(line.Split(','));
        return ([.. features.Select(f => rows.Select(row => double.Parse(row[f], CultureInfo.InvariantCulture)).ToArray())],
            [.. rows.Select(row => double.Parse(row[target], CultureInfo.InvariantCulture) == 1)]);
    }
}
