using System.IO.Compression;
using System.Text.Json;
using Trabecula.Learning.Interpretation;
using Trabecula.Learning.Splitting;
using Xunit;

namespace Trabecula.Learning.Tests.Interpretation;

/// <summary>The file of reference values.</summary>
internal static class ShapGolden
{
    internal static JsonElement Read()
    {
        using var stream = new GZipStream(File.OpenRead(ReferenceData.Golden("learning", "shap.json.gz")), CompressionMode.Decompress);
        return JsonDocument.Parse(stream).RootElement;
    }

    /// <summary>All rows, as a training set.</summary>
    internal static TrainingSet Training(JsonElement golden)
    {
        double[][] rows = [.. golden.GetProperty("X").EnumerateArray().Select(ReferenceData.Doubles)];
        return Tables.Train(new FeatureTable(
            [.. rows[0].Select((_, i) => $"f{i}")], [.. rows.Select((_, i) => $"row {i}")],
            [.. golden.GetProperty("y").EnumerateArray().Select(y => y.GetInt32() == 1)], [.. rows.SelectMany(row => row)]));
    }

    internal static (FeatureTable Explained, FeatureTable Background) Rows(JsonElement golden)
    {
        FeatureTable table = Training(golden).Table;
        return (table.TakeRows(ReferenceData.Integers(golden.GetProperty("explained_rows"))), table.TakeRows(ReferenceData.Integers(golden.GetProperty("background_rows"))));
    }

    /// <summary>Compares every value and gives the largest difference.</summary>
    internal static double Compare(JsonElement expected, ShapValues found, double tolerance)
    {
        double worst = 0;
        foreach ((int row, JsonElement values) in expected.EnumerateArray().Index())
        {
            foreach ((int column, double value) in ReferenceData.Doubles(values).Index())
                worst = Math.Max(worst, Math.Abs(value - found.Row(row)[column]));
        }
        Assert.InRange(worst, 0, tolerance);
        return worst;
    }
}
