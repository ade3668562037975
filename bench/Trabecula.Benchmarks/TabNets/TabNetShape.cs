using System.Diagnostics;
using Trabecula.Learning;
using Trabecula.Learning.Models;
using Trabecula.Learning.Splitting;

namespace Trabecula.Benchmarks.TabNets;

/// <summary>The sizes of a fit: of the table and of the network. Its time does not depend on the values.</summary>
internal sealed record TabNetShape(int Rows, int Columns, TabNet Model)
{
    /// <summary>Additions and multiplications of the matrix products of an epoch, in billions: forward once, backward twice.</summary>
    internal double GigaflopsOfAnEpoch
    {
        get
        {
            double width = 2 * Model.ND, gated = 2 * width, layers = Model.NShared + Model.NIndependent;
            double transformer = Columns * gated + (layers - 1) * width * gated;
            double row = (Model.NSteps + 1) * transformer + Model.NSteps * Model.NA * Columns + Model.ND * 2;
            return 6 * row * Rows / 1e9;
        }
    }

    /// <summary>The line that asks <c>tabnet_reference.py</c> for a fit of this shape.</summary>
    internal string Line(int epochs) =>
        FormattableString.Invariant($"{Rows} {Columns} {Model.BatchSize} {Model.VirtualBatchSize} {Model.ND} {Model.NSteps} {Model.NIndependent} {Model.NShared} {epochs}");

    /// <summary>Rows to train on.</summary>
    internal TrainingSet Training()
    {
        RandomSequence random = new Seed(1).Open();
        int all = Rows * 5 / 4;
        double[] values = [.. Enumerable.Range(0, all * Columns).Select(_ => random.NextGaussian())];
        var table = new FeatureTable(
            [.. Enumerable.Range(0, Columns).Select(c => $"f{c}")], [.. Enumerable.Range(0, all).Select(r => $"s{r}")],
            [.. Enumerable.Range(0, all).Select(r => values[r * Columns] + random.NextGaussian() > 0)], values);
        return new StratifiedHoldOut { TrainingPercent = 80 }.Split(table, new Seed(2))[0].Training;
    }

    /// <summary>Processor seconds of one fit of all epochs.</summary>
    internal static double Time(TabNet model, TrainingSet training, int epochs)
    {
        using Process process = Process.GetCurrentProcess();
        process.Refresh();
        TimeSpan before = process.TotalProcessorTime;
        (model with { MaxEpochs = epochs, Patience = epochs }).Fit(training, new Seed(3), CancellationToken.None);
        process.Refresh();
        return (process.TotalProcessorTime - before).TotalSeconds;
    }
}
