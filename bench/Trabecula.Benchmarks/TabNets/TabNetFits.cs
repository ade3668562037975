using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Trabecula.Benchmarks.Studies;
using Trabecula.Learning.Models;
using Trabecula.Learning.Splitting;

namespace Trabecula.Benchmarks.TabNets;

/// <summary>Processor seconds of TabNet fits beside those of PyTorch in turn on the same machine, and of recorded fits in Python.</summary>
internal static class TabNetFits
{
    private const int Rounds = 5;

    private static readonly (string Name, TabNetShape Shape, int Epochs)[] s_shapes =
    [
        ("8, 3 steps, 2 + 2 layers", Shape(8, 3, 2, 2), 40),
        ("16, 5 steps, 3 + 3 layers", Shape(16, 5, 3, 3), 20),
        ("64, 4 steps, 2 + 1 layers", Shape(64, 4, 1, 2), 12),
        ("64, 7 steps, 3 + 3 layers", Shape(64, 7, 3, 3), 6),
    ];

    /// <summary>Measures and writes the blocks <c>tabnet fits</c>, <c>tabnet bounds</c> and <c>tabnet recorded fits</c>.</summary>
    /// <param name="shared">The folder of reference values.</param>
    /// <param name="python">The program and script that fit in Python, as <c>python3 tabnet_reference.py</c>.</param>
    /// <param name="document">The document.</param>
    internal static void Write(string shared, string[] python, string document)
    {
        using Process reference = Process.Start(new ProcessStartInfo(python[0], python[1..]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        var text = new StringBuilder(
            "\n| width, steps, shared + own layers | GFLOP of a fit | Trabecula, s | PyTorch, s | × | Trabecula, GFLOP/s | PyTorch, GFLOP/s |\n|---|---|---|---|---|---|---|\n");
        var fits = new List<(string Name, double Gigaflop, double Python)>();
        foreach ((string name, TabNetShape shape, int epochs) in s_shapes)
        {
            Console.Error.WriteLine($"{name} ...");
            TrainingSet training = shape.Training();
            Extraction.WarmUp(() => TabNetShape.Time(shape.Model, training, epochs));
            double ours = double.PositiveInfinity, theirs = double.PositiveInfinity;
            for (int round = 0; round < Rounds; round++)
            {
                reference.StandardInput.WriteLine(shape.Line(epochs));
                theirs = Math.Min(theirs, double.Parse(reference.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture) * 100 / epochs);
                ours = Math.Min(ours, TabNetShape.Time(shape.Model, training, 100));
            }
            double work = 100 * shape.GigaflopsOfAnEpoch;
            fits.Add((name, work, theirs));
            text.Append(CultureInfo.InvariantCulture,
                $"| {name} | {work:F1} | {ours:F3} | {theirs:F2} | {theirs / ours:F1} | {work / ours:F0} | {work / theirs:F0} |\n");
        }
        reference.StandardInput.Close();
        StudyReport.Replace(document, "tabnet fits", text.Append('\n').ToString());
        StudyReport.Replace(document, "tabnet bounds", Bounds(PeakRate.Gigaflops(), (fits[0], 20), (fits[^1], 8)));
        StudyReport.Replace(document, "tabnet recorded fits", Recorded(new ReferenceStudy(shared)));
    }

    /// <summary>What a wished ratio asks of a core, and what the matrix products alone let it reach.</summary>
    internal static string Bounds(double peak, params ((string Name, double Gigaflop, double Python) Fit, double Wish)[] wishes)
    {
        var text = new StringBuilder(
            "\n| network | wish | seconds that it leaves | GFLOP/s that the products then need | peak of the core, GFLOP/s | seconds of the products at the peak | largest ratio |\n|---|---|---|---|---|---|---|\n");
        foreach (((string name, double gigaflop, double python), double wish) in wishes)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"| {name} | {wish} × | {python / wish:F3} | {gigaflop * wish / python:F0} | {peak:F0} | {gigaflop / peak:F3} | {python * peak / gigaflop:F1} |\n");
        }
        return text.Append('\n').ToString();
    }

    private static string Recorded(ReferenceStudy study)
    {
        var text = new StringBuilder("\n| variant | fit | epochs | Trabecula, s | Python, s | × |\n|---|---|---|---|---|---|\n");
        foreach ((string variant, int rows) in ((string, int)[])[("clean", 480), ("paper", 834)])
        {
            JsonElement python = study.Json($"synthetic/python_{variant}.json").GetProperty("models").GetProperty("tabnet");
            TabNet best = Architecture(python.GetProperty("best_params").GetProperty("phase1"));
            foreach (JsonElement fit in python.GetProperty("fits").EnumerateArray())
            {
                JsonElement set = fit.GetProperty("params");
                TabNet model = fit.GetProperty("phase").GetInt32() == 1 ? Architecture(set) : Optimization(best, set);
                int epochs = fit.GetProperty("epochs").GetInt32();
                var shape = new TabNetShape(rows, 24, model);
                TrainingSet training = shape.Training();
                Extraction.WarmUp(() => TabNetShape.Time(model, training, epochs));
                double ours = Enumerable.Range(0, Rounds).Min(_ => TabNetShape.Time(model, training, epochs)), theirs = fit.GetProperty("cpu_seconds").GetDouble();
                string names = string.Join(", ", set.EnumerateObject().Select(value => $"{value.Name} {value.Value}"));
                text.Append(CultureInfo.InvariantCulture, $"| {variant} | {names} | {epochs} | {ours:F3} | {theirs:F2} | {theirs / ours:F1} |\n");
            }
        }
        return text.Append('\n').ToString();
    }

    private static TabNetShape Shape(int width, int steps, int independent, int shared) => new(480, 30, new TabNet
    {
        ND = width,
        NA = width,
        NSteps = steps,
        NIndependent = independent,
        NShared = shared,
        ValidationPercent = 0,
    });

    private static TabNet Architecture(JsonElement set) => new()
    {
        ND = set.GetProperty("n_d_and_n_a").GetInt32(),
        NA = set.GetProperty("n_d_and_n_a").GetInt32(),
        NSteps = set.GetProperty("n_steps").GetInt32(),
        NIndependent = set.GetProperty("n_independent").GetInt32(),
        NShared = set.GetProperty("n_shared").GetInt32(),
        Gamma = set.GetProperty("gamma").GetDouble(),
        LambdaSparse = set.GetProperty("lambda_sparse").GetDouble(),
        ValidationPercent = 0,
    };

    private static TabNet Optimization(TabNet architecture, JsonElement set) => architecture with
    {
        BatchSize = set.GetProperty("batch_size").GetInt32(),
        VirtualBatchSize = Math.Min(set.GetProperty("batch_size").GetInt32(), 128),
        LearningRate = set.GetProperty("lr").GetDouble(),
        WeightDecay = set.GetProperty("weight_decay").GetDouble(),
    };
}
