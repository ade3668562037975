using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Trabecula.Learning.Splitting;
using Xunit;

namespace Trabecula.Learning.Tests;

/// <summary>Reference values and tables that stand beside the repository, where they are present.</summary>
internal static class ReferenceData
{
    internal static JsonElement Golden(string name) =>
        JsonDocument.Parse(File.ReadAllText(Require(Path.Combine(SharedFolder(), "golden", "learning", name)))).RootElement;

    /// <summary>The columns, standardised on all rows, of a table named in a golden file.</summary>
    internal static TrainingSet StandardisedTable(JsonElement data)
    {
        string folder = Environment.GetEnvironmentVariable("TRABECULA_TEST_DATA") ?? Path.Combine(SharedFolder(), "data");
        string path = Require(Path.Combine(folder, "radmlbench", data.GetProperty("table").GetString() + ".csv.gz"));
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        string[] header = reader.ReadLine()!.Split(',');
        int target = Array.IndexOf(header, "Target");
        int[] features = [.. Enumerable.Range(0, header.Length).Where(i => header[i] is not ("ID" or "Target"))];
        int[] wanted = [.. data.GetProperty("columnIndices").EnumerateArray().Select(c => features[c.GetInt32()])];

        var values = new List<double>();
        var outcomes = new List<bool>();
        while (reader.ReadLine() is { } line)
        {
            string[] cells = line.Split(',');
            outcomes.Add(double.Parse(cells[target], CultureInfo.InvariantCulture) == 1);
            values.AddRange(wanted.Select(w => double.Parse(cells[w], CultureInfo.InvariantCulture)));
        }
        Assert.Equal("all", data.GetProperty("rows").GetString());
        Assert.Equal(data.GetProperty("n").GetInt32(), outcomes.Count);
        TrainingSet training = Tables.Train(new FeatureTable(
            [.. wanted.Select(w => header[w])], [.. Enumerable.Range(0, outcomes.Count).Select(i => $"row {i}")], outcomes, [.. values]));
        return Tables.Scaler(training).Transform(training);
    }

    internal static double[] Doubles(JsonElement array) => [.. array.EnumerateArray().Select(Double)];

    internal static double Double(JsonElement value) => value.ValueKind == JsonValueKind.String
        ? double.Parse(value.GetString()!, CultureInfo.InvariantCulture)
        : value.GetDouble();

    private static string SharedFolder()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at != null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Trabecula.slnx")))
                return Path.Combine(at.Parent!.FullName, "shared");
        }
        throw new InvalidOperationException("The tests do not run inside the repository.");
    }

    private static string Require(string path)
    {
        Assert.SkipUnless(File.Exists(path), $"reference file {Path.GetFileName(path)} is not present beside the repository");
        return path;
    }
}
