using Trabecula.Learning.Interpretation;
using Trabecula.Learning.Models;
using Trabecula.Learning.Preparation;
using Trabecula.Learning.Search;
using Trabecula.Learning.Splitting;
using Xunit;

namespace Trabecula.Learning.Tests.Interpretation;

public sealed class PermutationImportanceTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Of_OneColumnMatters_ItsDropIsTheWholeAurocAndOthersHaveNone()
    {
        (FittedClassifier model, FeatureTable rows) = Fitted([3, 0, 0]);
        IReadOnlyList<GroupImportance> found = new PermutationImportance { Repeats = 200 }.Of(model, rows, Singles(3), new Seed(1), Cancellation);
        // The risk without the column says nothing: an AUROC of one half on average, and the drop is the rest.
        double auroc = Learning.Evaluation.Auroc.ValueOf(rows.Outcomes, model.PredictRisk(rows));
        Assert.Equal(auroc - 0.5, found[0].AurocDrop, 0.015);
        Assert.True(found[0].BrierRise > 0.1);
        Assert.Equal((0, 0, 0, 0), (found[1].AurocDrop, found[1].BrierRise, found[2].AurocDrop, found[2].AurocDeviation));
        // One order has the deviation of an AUROC of equal classes without relation, about 0.29 / √(n / 4).
        Assert.InRange(found[0].AurocDeviation, 0.02, 0.06);
    }

    [Fact]
    public void Of_DefinitionByHand_IsTheSame()
    {
        (FittedClassifier model, FeatureTable rows) = Fitted([1, -2, 0.5]);
        var group = new ColumnGroup("both", [0, 2]);
        GroupImportance found = new PermutationImportance { Repeats = 3 }.Of(model, rows, [group], new Seed(9), Cancellation)[0];
        for (int repeat = 0; repeat < 3; repeat++)
        {
            int[] order = [.. Enumerable.Range(0, rows.RowCount)];
            new Seed(9).Derive("permutation", repeat).Open().Shuffle(order.AsSpan());
            FeatureTable dealt = rows.WithValues([.. Enumerable.Range(0, rows.RowCount).SelectMany(row => (double[])[rows.Row(order[row])[0], rows.Row(row)[1], rows.Row(order[row])[2]])]);
            Assert.Equal(Learning.Evaluation.Auroc.ValueOf(rows.Outcomes, model.PredictRisk(rows)) - Learning.Evaluation.Auroc.ValueOf(rows.Outcomes, model.PredictRisk(dealt)), found.AurocDrops[repeat]);
        }
    }

    [Fact]
    public void Of_TwinColumns_EachAloneMattersLessThanTheirGroup()
    {
        FeatureTable table = Tables.Gaussian(new Seed(7), 300, 3);
        FeatureTable twins = table.WithValues([.. Enumerable.Range(0, 300).SelectMany(row => (double[])[table.Row(row)[0], table.Row(row)[0] + 0.05 * table.Row(row)[1], table.Row(row)[2]])]);
        FittedClassifier forest = new RandomForest { NEstimators = 60, MinSamplesLeaf = 5 }.Fit(Tables.Train(twins), new Seed(1), Cancellation);
        IReadOnlyList<GroupImportance> found = new PermutationImportance().Of(
            forest, twins, [.. Singles(3), new ColumnGroup("twins", [0, 1])], new Seed(2), Cancellation);
        Assert.True(found[3].AurocDrop > 1.5 * Math.Max(found[0].AurocDrop, found[1].AurocDrop));
    }

    [Fact]
    public void Of_OneClassAlone_HasNoAurocButABrierScore()
    {
        (FittedClassifier model, FeatureTable rows) = Fitted([2, 0, 0]);
        FeatureTable events = rows.TakeRows([.. Enumerable.Range(0, rows.RowCount).Where(row => rows.Outcomes[row])]);
        GroupImportance found = new PermutationImportance().Of(model, events, Singles(3), new Seed(1), Cancellation)[0];
        Assert.True(double.IsNaN(found.AurocDrop));
        Assert.True(double.IsFinite(found.BrierRise));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PermutationImportance { Repeats = 0 }.Of(model, rows, Singles(3), new Seed(1), Cancellation));
        Assert.Equal(0, new PermutationImportance().Of(model, rows, [new ColumnGroup("none", [])], new Seed(1), Cancellation)[0].AurocDrop);
    }

    [Fact]
    public void OfPredictors_EncodedAndImputedColumns_BelongToTheirPredictor()
    {
        FeatureColumn[] schema = [new("age"), new("level", ColumnKind.Categorical) { Levels = ["L1", "L2"] }, new("bmd")];
        double[] values = [60, 0, double.NaN, 61, 1, -3, 62, double.NaN, -2.6, 63, 1, -2.8];
        TrainingSet training = Tables.Train(new FeatureTable(schema, ["1", "2", "3", "4"], [true, false, true, false], values));
        FittedPreparation prepared = new PreparationSteps([new Imputer { AddIndicators = true }, new OneHotEncoder(), new StandardScaler()])
            .Fit(training, new Seed(0), Cancellation);
        IReadOnlyList<ColumnGroup> groups = ColumnGroup.OfPredictors(prepared.Steps, prepared.Prepared.Table.Schema);
        Assert.Equal(["age", "level", "level=L2", "bmd", "level missing", "bmd missing"], prepared.Prepared.Table.Columns.Select(name => name == "level=L1" ? "level" : name));
        Assert.Equal(["age", "level", "bmd"], groups.Select(group => group.Name));
        Assert.Equal([1, 2, 4], groups[1].Columns);
        Assert.Equal([3, 5], groups[2].Columns);
        ColumnGroup joined = Assert.Single(ColumnGroup.Join(groups, _ => "all"));
        Assert.Equal([0, 1, 2, 3, 4, 5], joined.Columns);
    }

    [Fact]
    public void FoldImportance_AnyNumberOfJobs_RanksTheOneThatMattersFirst()
    {
        TrainingSet training = Tables.Train(Tables.Gaussian(new Seed(12), 200, 5));
        IReadOnlyList<Fold> folds = new StratifiedKFold { NSplits = 4 }.Split(training, new Seed(3));
        IReadOnlyList<PreparedFold> prepared = PreparedFold.Of(folds, new PreparationSteps([new StandardScaler()]), [], new Seed(4), 1, cancellationToken: Cancellation);
        // A fold whose steps did not select the last column.
        IReadOnlyList<GroupImportance>[] found = [.. ((int[])[1, 2]).Select(jobs => FoldImportance.Of(
            new RandomForest { NEstimators = 20 }, prepared, new PermutationImportance { Repeats = 4 }, new Seed(5), jobs, cancellationToken: Cancellation))];
        Assert.Equal("f0", found[0][0].Name);
        Assert.Equal((5, 4), (found[0].Count, found[0][0].AurocDrops.Count));
        Assert.Equal(found[0].Select(group => (group.Name, group.AurocDrop, group.BrierRise)), found[1].Select(group => (group.Name, group.AurocDrop, group.BrierRise)));
    }

    private static ColumnGroup[] Singles(int columns) => [.. Enumerable.Range(0, columns).Select(column => new ColumnGroup($"f{column}", [column]))];

    /// <summary>A model of known coefficients, and 400 rows whose log odds it knows.</summary>
    private static (FittedClassifier Model, FeatureTable Rows) Fitted(double[] coefficients)
    {
        FeatureTable rows = Tables.Gaussian(new Seed(21), 400, coefficients.Length);
        return (new FittedLogisticRegression(null, rows.Schema, coefficients, 0, null), rows);
    }
}
