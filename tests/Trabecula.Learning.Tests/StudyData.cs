using System.Globalization;
using System.IO.Compression;
using System.Text.Json;

namespace Trabecula.Learning.Tests;

/// <summary>The synthetic study and the ten real tables that stand beside the repository, as they were measured.</summary>
internal static class StudyData
{
    internal static readonly string[] Tables =
    [
        "Ahn2021", "Dai2023", "Deng2023", "Granata2021", "HCC-TACE-Seg", "HNSCC", "Hosny2018B", "LNDb", "Song2020", "WORC-Melanoma",
    ];

    /// <summary>A file of the study's reference results.</summary>
    internal static JsonElement Golden(string name) => ReferenceData.Json("study", name);

    /// <summary>A real table, all of its columns continuous and radiomic.</summary>
    internal static FeatureTable RealTable(string name)
    {
        (string[] header, string[][] rows) = Csv(ReferenceData.Table(name));
        int target = Array.IndexOf(header, "Target"), id = Array.IndexOf(header, "ID");
        int[] features = [.. Enumerable.Range(0, header.Length).Where(i => i != target && i != id)];
        return new FeatureTable(
            [.. features.Select(i => new FeatureColumn(header[i]))], [.. rows.Select((row, i) => $"row {i}")],
            [.. rows.Select(row => Number(row[target]) == 1)], [.. rows.SelectMany(row => features.Select(i => Number(row[i])))]);
    }

    /// <summary>
    /// The 856 subjects: eleven clinical predictors and 1,223 radiomic columns, the latter read twice. The level is no predictor: its
    /// location is.
    /// </summary>
    internal static FeatureTable SyntheticCohort()
    {
        (string[] header, string[][] clinical) = Csv(ReferenceData.Golden("study", Path.Combine("synthetic", "clinical.csv.gz")));
        (string[] radiomic, string[][] reader1) = Csv(ReferenceData.Golden("study", Path.Combine("synthetic", "reader1.csv.gz")));
        (_, string[][] reader2) = Csv(ReferenceData.Golden("study", Path.Combine("synthetic", "reader2.csv.gz")));
        int outcome = Array.IndexOf(header, "rbp");
        int[] predictors = Predictors(header);
        FeatureColumn[] schema =
        [
            .. predictors.Select(i => Clinical(header[i])),
            .. radiomic.Skip(1).Select(name => new FeatureColumn(name)),
        ];
        return new FeatureTable(
            schema, [.. clinical.Select(row => row[0])], [.. clinical.Select(row => row[outcome] == "1")], Values(reader1, twice: false),
            [Values(reader2, twice: true)]);

        double[] Values(string[][] readings, bool twice) =>
        [
            .. clinical.Zip(readings).SelectMany(row =>
                predictors.Select(i => twice ? double.NaN : Number(row.First[i])).Concat(row.Second.Skip(1).Select(Number))),
        ];
    }

    /// <summary>The 856 subjects with their clinical predictors alone.</summary>
    internal static FeatureTable ClinicalCohort()
    {
        (string[] header, string[][] rows) = Csv(ReferenceData.Golden("study", Path.Combine("synthetic", "clinical.csv.gz")));
        int outcome = Array.IndexOf(header, "rbp");
        int[] predictors = Predictors(header);
        return new FeatureTable(
            [.. predictors.Select(i => Clinical(header[i]))], [.. rows.Select(row => row[0])], [.. rows.Select(row => row[outcome] == "1")],
            [.. rows.SelectMany(row => predictors.Select(i => Number(row[i])))]);
    }

    private static int[] Predictors(string[] header) => [.. Enumerable.Range(1, header.Length - 1).Where(i => header[i] is not ("rbp" or "level"))];

    private static FeatureColumn Clinical(string name) =>
        new(name, name is "female" or "ivc" or "tlf" or "location" ? ColumnKind.Binary : ColumnKind.Continuous, ColumnSource.Clinical);

    /// <summary>The risk that each subject's outcome was drawn with.</summary>
    internal static IReadOnlyDictionary<string, double> TrueRisks()
    {
        (string[] header, string[][] rows) = Csv(ReferenceData.Golden("study", Path.Combine("synthetic", "truth.csv.gz")));
        int risk = Array.IndexOf(header, "risk");
        return rows.ToDictionary(row => row[0], row => Number(row[risk]), StringComparer.Ordinal);
    }

    private static (string[] Header, string[][] Rows) Csv(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        string[] header = reader.ReadLine()!.Split(',');
        var rows = new List<string[]>();
        while (reader.ReadLine() is { } line)
            rows.Add(line.Split(','));
        return (header, [.. rows]);
    }

    private static double Number(string cell) => cell.Length == 0 ? double.NaN : double.Parse(cell, CultureInfo.InvariantCulture);
}
