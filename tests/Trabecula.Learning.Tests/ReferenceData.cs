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
        Json("learning", name);

    /// <summary>A JSON file of a folder of reference values.</summary>
    internal static JsonElement Json(string folder, string name) => JsonDocument.Parse(File.ReadAllText(Golden(folder, name))).RootElement;

    /// <summary>The path of a file of reference values.</summary>
    internal static string Golden(string folder, string name) => Require(Path.Combine(SharedFolder(), "golden", folder, name));

    /// <summary>The path of a real table.</summary>
    internal static string Table(string name) => Require(Path.Combine(
        Environment.GetEnvironmentVariable("TRABECULA_TEST_DATA") ?? Path.Combine(SharedFolder(), "data"), "radmlbench", name + ".csv.gz"));

    /// <summary>The columns, standardised on all rows, of a table named in a golden file.</summary>
    internal static TrainingSet StandardisedTable(JsonElement data)
    {
        string path = Table(data.GetProperty("table").GetString()!);
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

    internal static int[] Integers(JsonElement array) => [.. array.EnumerateArray().Select(value => value.GetInt32())];

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
