using System.Text.Json.Nodes;
using Trabecula.Learning.Splitting;
using Xunit;

namespace Trabecula.Learning.Tests.Models;

/// <summary>What every model promises, whatever it computes. The models stand in a catalogue beside, one for each library of models.</summary>
public sealed partial class EveryClassifierTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Names => [.. Catalogue.Keys.Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Fit_SameSeedAlsoInParallel_GivesTheSameBits(string name)
    {
        Fold fold = Fold();
        foreach (Classifier model in Models(name))
        {
            double[] expected = model.Fit(fold.Training, new Seed(3), Cancel).PredictRisk(fold.Validation);
            Assert.All(expected, risk => Assert.InRange(risk, 0, 1));
            var again = new double[4][];
            Parallel.For(0, again.Length, i => again[i] = model.Fit(fold.Training, new Seed(3), CancellationToken.None).PredictRisk(fold.Validation));
            Assert.All(again, risks => Assert.Equal(expected, risks));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Fit_LeavesItsRows_AndReadsBackToTheSameBits(string name)
    {
        Fold fold = Fold();
        double[] before = fold.Training.Table.Values.ToArray();
        foreach (Classifier model in Models(name))
        {
            FittedClassifier fitted = model.Fit(fold.Training, new Seed(3), Cancel);
            Assert.Equal(before, fold.Training.Table.Values.ToArray());
            FittedClassifier read = Types.ReadClassifier(JsonNode.Parse(fitted.ToJson().ToJsonString())!.AsObject());
            Assert.Equal(fitted.PredictRisk(fold.Validation.Table), read.PredictRisk(fold.Validation.Table));
            Assert.Equal(fitted.Score(fold.Validation.Table), read.Score(fold.Validation.Table));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void FitAndScore_SeveralTogether_GivesTheBitsOfEachAlone(string name)
    {
        Fold fold = Fold();
        Classifier[] models = Models(name);
        foreach (IGrouping<string?, Classifier> shared in models.GroupBy(model => model.SharedWork))
        {
            IReadOnlyList<double[]> together = shared.First().FitAndScore([.. shared], fold.Training, fold.Validation, new Seed(3), Cancel);
            foreach ((Classifier model, double[] scores) in shared.Zip(together))
                Assert.Equal(model.WithoutRisk().Fit(fold.Training, new Seed(3), Cancel).Score(fold.Validation), scores);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Fit_Cancelled_Stops(string name)
    {
        Fold fold = Fold();
        Assert.All(Models(name), model => Assert.ThrowsAny<OperationCanceledException>(() => model.Fit(fold.Training, new Seed(3), new CancellationToken(true))));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Fit_OneClassOrMissingValue_IsRefusedByNameUnlessItIsAccepted(string name)
    {
        FeatureTable table = Tables.Gaussian(new Seed(5), 60, 4);
        var oneClass = new FeatureTable(table.Columns, table.Subjects, new bool[60], table.Values);
        double[] values = table.Values.ToArray();
        values[7] = double.NaN;
        var missing = new FeatureTable(table.Columns, table.Subjects, table.Outcomes, values);
        foreach (Classifier model in Models(name))
        {
            Assert.Contains("outcome 0", Assert.Throws<LearningException>(() => model.Fit(Tables.Train(oneClass), new Seed(3), Cancel)).Message, StringComparison.Ordinal);
            if (AcceptsMissingValues)
                Assert.All(model.Fit(Tables.Train(missing), new Seed(3), Cancel).PredictRisk(missing), risk => Assert.InRange(risk, 0, 1));
            else
                Assert.Contains("'f3' of S0001", Assert.Throws<LearningException>(() => model.Fit(Tables.Train(missing), new Seed(3), Cancel)).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Predict_OtherOrderOrOtherSplit_IsRefused(string name)
    {
        Fold fold = Fold(), other = Fold();
        var renamed = new FeatureTable(["f1", "f0", "f2", "f3"], ["a"], [true], [1, 2, 3, 4]);
        foreach (Classifier model in Models(name))
        {
            FittedClassifier fitted = model.Fit(fold.Training, new Seed(3), Cancel);
            Assert.Contains("column 1 is 'f1', expected 'f0'", Assert.Throws<LearningException>(() => fitted.PredictRisk(renamed)).Message, StringComparison.Ordinal);
            Assert.Throws<ArgumentException>(() => fitted.PredictRisk(other.Validation));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Fit_ConstantColumn_GivesFiniteRisks(string name)
    {
        FeatureTable table = Tables.Gaussian(new Seed(5), 80, 4);
        double[] values = table.Values.ToArray();
        for (int i = 2; i < values.Length; i += 4)
            values[i] = 3;
        FeatureTable constant = table.WithValues(values);
        Assert.All(Models(name), model => Assert.All(
            model.Fit(Tables.Train(constant), new Seed(3), Cancel).PredictRisk(constant), risk => Assert.InRange(risk, 0, 1)));
    }

    private static Classifier[] Models(string name) => Catalogue.Single(each => each.Key.Name == name).Value;

    private static Fold Fold() => Tables.Fold(Tables.Gaussian(new Seed(5), 120, 4), new Seed(2));
}
