using System.Text.Json;
using Trabecula.Learning.Evaluation;
using Trabecula.Learning.Models;
using Trabecula.Learning.Models.Network;
using Trabecula.Learning.Splitting;
using Xunit;

namespace Trabecula.Learning.Tests.Models;

/// <summary>Whole fits against the reference's: random numbers differ, so means over seeds are compared.</summary>
public sealed class TabNetStatisticalTests
{
    [Fact]
    public void Fit_TenSeeds_ReachesTheReferencesMeanAuroc()
    {
        JsonElement target = ReferenceData.Golden("tabnet.json").GetProperty("statisticalTarget");
        var options = new TabNet { BatchSize = 64, VirtualBatchSize = 32, MaxEpochs = 100, Patience = 15 };
        foreach (JsonElement expected in target.GetProperty("cases").EnumerateArray())
        {
            var table = RadiomicsTable.Read(expected.GetProperty("table").GetString()!);
            int[] training = ReferenceData.Integers(expected.GetProperty("trainRows"));
            int[]? columns = expected.GetProperty("columnIndices").ValueKind == JsonValueKind.Array
                ? ReferenceData.Integers(expected.GetProperty("columnIndices")) : null;
            columns ??= [.. Enumerable.Range(0, table.Fold(training, training).Training.Table.ColumnCount)];
            Fold validation = table.StandardisedFold(training, ReferenceData.Integers(expected.GetProperty("validationRows")), columns);
            Fold test = table.StandardisedFold(training, ReferenceData.Integers(expected.GetProperty("testRows")), columns);
            // The seeds were fixed before the first run: 0 to 9.
            double[] aurocs = [.. Enumerable.Range(0, 10).Select(seed =>
            {
                FittedTabNet model = TabNetTraining.Fit(
                    options, validation.Training.Table, validation.Validation.Table, null, new Seed((ulong)seed), TestContext.Current.CancellationToken);
                return Auroc.Of([.. test.Validation.Outcomes], model.Score(test.Validation.Table)).Value;
            })];
            double mean = expected.GetProperty("meanTestAuc").GetDouble(), deviation = expected.GetProperty("sdTestAuc").GetDouble();
            TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant(
                $"{expected.GetProperty("table").GetString()}: {aurocs.Average():F4}, reference {mean:F4} ± {deviation:F4}"));
            Assert.Equal(mean, aurocs.Average(), 3 * deviation * Math.Sqrt(2.0 / 10) + 0.02);
        }
    }
}
