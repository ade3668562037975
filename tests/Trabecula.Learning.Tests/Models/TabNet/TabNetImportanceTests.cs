using Trabecula.Learning.Models;
using Trabecula.Learning.Splitting;
using Trabecula.Learning.Statistics;
using Xunit;

namespace Trabecula.Learning.Tests.Models;

/// <summary>Whether importances find what was planted, and how far they move with the seed.</summary>
public sealed class TabNetImportanceTests
{
    private const int Fits = 10;

    private static readonly TabNet s_model = new() { BatchSize = 64, VirtualBatchSize = 32, MaxEpochs = 40 };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Of_ThreeRiskFactorsAmongNoise_RanksThemBeforeEveryOtherColumn()
    {
        double[] effects = [2, -2, 1.5, 0, 0, 0, 0, 0, 0, 0];
        IReadOnlyList<ColumnImportance> columns = Spread(Table(400, effects)).Columns;
        Assert.True(columns.Take(3).Min(column => column.Mean) > columns.Skip(3).Max(column => column.Mean));
        Assert.True(columns.Take(3).Max(column => column.MeanRank) < columns.Skip(3).Min(column => column.MeanRank));
        // The level was fixed before the first run.
        double p = RankSumTest.Of([.. columns.Take(3).SelectMany(column => column.Shares)], [.. columns.Skip(3).SelectMany(column => column.Shares)]).P;
        Assert.InRange(p, 0, 1e-6);
    }

    [Fact]
    public void Of_NoiseAlone_FindsNoColumnFarFromAnEvenShare()
    {
        IReadOnlyList<ColumnImportance> columns = Spread(Table(400, new double[10])).Columns;
        // An even share is 0.1; the strongest of the planted factors above has three times that.
        Assert.All(columns, column => Assert.InRange(column.Mean, 0, 0.25));
        Assert.All(columns, column => Assert.True(column.HighestRank < column.LowestRank, column.Column));
    }

    [Fact]
    public void Of_SeveralFits_HoldsWhatEachGivesAlone()
    {
        TrainingSet training = Tables.Train(Table(60, [2, 0, 0]));
        TabNet quick = s_model with { MaxEpochs = 3 };
        var spread = TabNetImportanceSpread.Of(quick, training, 3, new Seed(8), jobs: 2, Cancel);
        var again = TabNetImportanceSpread.Of(quick, training, 3, new Seed(8), jobs: 1, Cancel);
        FittedTabNet[] alone = [.. Enumerable.Range(0, 3).Select(i => (FittedTabNet)quick.Fit(training, new Seed(8).Derive("importance-spread", i), Cancel))];
        Assert.Equal(3, alone.Select(fit => fit.Importances[0]).Distinct().Count());
        for (int column = 0; column < 3; column++)
        {
            double[] shares = [.. alone.Select(fit => fit.Importances[column])];
            ColumnImportance found = spread.Columns[column];
            Assert.Equal(training.Table.Columns[column], found.Column);
            Assert.Equal(shares, found.Shares);
            Assert.Equal(shares, again.Columns[column].Shares);
            Assert.Equal(shares.Sum() / 3, found.Mean, 1e-15);
            Assert.Equal(Math.Sqrt(shares.Sum(share => Math.Pow(share - shares.Sum() / 3, 2)) / 2), found.StandardDeviation, 1e-14);
            double[] ranks = [.. alone.Select(fit => 1.0 + fit.Importances.Count(share => share > fit.Importances[column]))];
            Assert.Equal(ranks, found.Ranks);
            Assert.Equal((ranks.Min(), ranks.Max(), ranks.Sum() / 3), (found.HighestRank, found.LowestRank, found.MeanRank));
        }
    }

    [Fact]
    public void Of_OneFit_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() =>
        TabNetImportanceSpread.Of(s_model, Tables.Train(Table(60, [2, 0])), 1, new Seed(8), jobs: 1, Cancel));

    private static TabNetImportanceSpread Spread(FeatureTable table) =>
        TabNetImportanceSpread.Of(s_model, Tables.Train(table), Fits, new Seed(31), Environment.ProcessorCount, Cancel);

    /// <summary>Gaussian columns; the log odds are the columns times their effects.</summary>
    private static FeatureTable Table(int rows, double[] effects)
    {
        RandomSequence random = new Seed(17).Derive("planted").Open();
        var values = new double[rows * effects.Length];
        var outcomes = new bool[rows];
        for (int row = 0; row < rows; row++)
        {
            double logOdds = 0;
            for (int column = 0; column < effects.Length; column++)
                logOdds += effects[column] * (values[row * effects.Length + column] = random.NextGaussian());
            outcomes[row] = random.NextDouble() < 1 / (1 + Math.Exp(-logOdds));
        }
        return new FeatureTable(
            [.. Enumerable.Range(0, effects.Length).Select(c => $"f{c}")], [.. Enumerable.Range(0, rows).Select(r => $"S{r:D4}")], outcomes, values);
    }
}
