using Trabecula.Learning.Preparation;
using Trabecula.Learning.Splitting;
using Xunit;

namespace Trabecula.Learning.Tests;

/// <summary>Small seeded tables.</summary>
internal static class Tables
{
    /// <summary>Gaussian columns; the log odds are twice the first column.</summary>
    internal static FeatureTable Gaussian(Seed seed, int rows, int columns, double effect = 2)
    {
        RandomSequence random = seed.Derive("table").Open();
        var values = new double[rows * columns];
        var outcomes = new bool[rows];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
                values[row * columns + column] = random.NextGaussian();
            outcomes[row] = random.NextDouble() < 1 / (1 + Math.Exp(-effect * values[row * columns]));
        }
        outcomes[0] = outcomes[1] = true;
        outcomes[2] = outcomes[3] = false;
        return new FeatureTable(
            [.. Enumerable.Range(0, columns).Select(c => $"f{c}")], [.. Enumerable.Range(0, rows).Select(r => $"S{r:D4}")], outcomes, values);
    }

    /// <summary>A scaler of all columns, fitted.</summary>
    internal static FittedStandardScaler Scaler(TrainingSet training) =>
        (FittedStandardScaler)new StandardScaler().Fit(training, new Seed(0), TestContext.Current.CancellationToken);

    /// <summary>A table in one fold: a stratified 7:3 split whose second side can be looked at.</summary>
    internal static Fold Fold(FeatureTable table, Seed seed) => new StratifiedHoldOut().Split(Train(table), seed)[0];

    /// <summary>All rows as the training side of a split of its own.</summary>
    internal static TrainingSet Train(FeatureTable table) => new(table, new SplitOrigin());

    /// <summary>One column 0, 1, 2 ... with the subjects and outcomes given.</summary>
    internal static FeatureTable Of(IReadOnlyList<string> subjects, IReadOnlyList<bool> outcomes) =>
        new(["row"], subjects, outcomes, [.. Enumerable.Range(0, subjects.Count).Select(i => (double)i)]);
}
