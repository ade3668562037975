using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Trabecula.Learning.Evaluation;
using Trabecula.Learning.Preparation;
using Trabecula.Learning.Splitting;
using Xunit;

namespace Trabecula.Learning.Tests;

/// <summary>A real table beside the repository, and its parts as reference files name them.</summary>
internal sealed class RadiomicsTable
{
    private readonly string[] _columns;
    private readonly List<double[]> _rows = [];
    private readonly List<bool> _outcomes = [];

    private RadiomicsTable(string name)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(ReferenceData.Table(name)), CompressionMode.Decompress));
        string[] header = reader.ReadLine()!.Split(',');
        int target = Array.IndexOf(header, "Target");
        int[] features = [.. Enumerable.Range(0, header.Length).Where(i => header[i] is not ("ID" or "Target"))];
        _columns = [.. features.Select(i => header[i])];
        while (reader.ReadLine() is { } line)
        {
            string[] cells = line.Split(',');
            _outcomes.Add(double.Parse(cells[target], CultureInfo.InvariantCulture) == 1);
            _rows.Add([.. features.Select(i => double.Parse(cells[i], CultureInfo.InvariantCulture))]);
        }
    }

    internal int RowCount => _rows.Count;

    internal bool[] Outcomes => [.. _outcomes];

    internal static RadiomicsTable Read(string name) => new(name);

    /// <summary>Training and validation rows, as they are.</summary>
    internal Fold Fold(IReadOnlyList<int> training, IReadOnlyList<int> validation, IReadOnlyList<int>? columns = null)
    {
        var origin = new SplitOrigin();
        return new Fold(new TrainingSet(Take(training, columns), origin), new ValidationSet(Take(validation, columns), origin));
    }

    /// <summary>Training and validation rows, scaled by mean and deviation of the training rows.</summary>
    internal Fold StandardisedFold(IReadOnlyList<int> training, IReadOnlyList<int> validation, IReadOnlyList<int> columns)
    {
        Fold fold = Fold(training, validation, columns);
        FittedStandardScaler scaler = Tables.Scaler(fold.Training);
        return new Fold(scaler.Transform(fold.Training), scaler.Transform(fold.Validation));
    }

    /// <summary>The mean over tables of a model's AUROC of pooled out-of-fold scores beside that of the study's reference, for one repeat.</summary>
    internal static void AssertStudyAurocs(string model, Func<Fold, Seed, double[]> score, IReadOnlyList<string> names, int repeats)
    {
        JsonElement study = ReferenceData.Json("study", "radmlbench.json").GetProperty("tables");
        JsonElement folds = ReferenceData.Json("study", "radmlbench_folds.json").GetProperty("tables");
        double difference = 0;
        foreach (string name in names)
        {
            RadiomicsTable table = Read(name);
            double found = 0, expected = 0;
            for (int repeat = 0; repeat < repeats; repeat++)
            {
                int[] foldOfRow = ReferenceData.Integers(folds.GetProperty(name)[repeat]);
                var pooled = new double[table.RowCount];
                foreach (JsonElement choice in study.GetProperty(name).GetProperty("folds").EnumerateArray())
                {
                    if (choice.GetProperty("repeat").GetInt32() != repeat)
                        continue;
                    int number = choice.GetProperty("fold").GetInt32();
                    int[] held = [.. Enumerable.Range(0, table.RowCount).Where(r => foldOfRow[r] == number)];
                    int[] kept = [.. Enumerable.Range(0, table.RowCount).Where(r => foldOfRow[r] != number)];
                    Fold fold = table.StandardisedFold(kept, held, ReferenceData.Integers(choice.GetProperty("mrmr")));
                    double[] scores = score(fold, new Seed(1).Derive(name, repeat, number));
                    foreach ((int row, double value) in held.Zip(scores))
                        pooled[row] = value;
                }
                found += Auroc.Of(table.Outcomes, pooled).Value / repeats;
                expected += study.GetProperty(name).GetProperty("models").GetProperty(model).GetProperty("auc_oof")[repeat].GetDouble() / repeats;
            }
            TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant($"{name} {model}: {found:F4}, reference {expected:F4}"));
            // The bounds of the study's reference: .02 for a table, .01 for the mean over tables.
            Assert.Equal(expected, found, 0.02);
            difference += (found - expected) / names.Count;
        }
        Assert.Equal(0, difference, 0.01);
    }

    private FeatureTable Take(IReadOnlyList<int> rows, IReadOnlyList<int>? columns)
    {
        int[] wanted = columns is null ? [.. Enumerable.Range(0, _columns.Length)] : [.. columns];
        return new FeatureTable(
            [.. wanted.Select(c => _columns[c])], [.. rows.Select(r => $"row {r}")], [.. rows.Select(r => _outcomes[r])],
            [.. rows.SelectMany(r => wanted.Select(c => _rows[r][c]))]);
    }
}
