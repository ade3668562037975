using Trabecula.Learning.Calibration;
using Trabecula.Learning.Models;
using Xunit;

namespace Trabecula.Learning.Tests.Models;

/// <content>The models of this library.</content>
public sealed partial class EveryClassifierTests
{
    private static bool AcceptsMissingValues => false;

    private static readonly Dictionary<Type, Classifier[]> Catalogue = new Classifier[]
    {
        new LogisticRegression(), new LogisticRegression { Penalty = Penalty.L1, C = 0.3 },
        new RandomForest { NEstimators = 7 }, new RandomForest { NEstimators = 12, MaxDepth = 2 },
        new ExtraTrees { NEstimators = 7 }, new ExtraTrees { NEstimators = 5, MaxDepth = 3 },
        new DecisionTree { MaxDepth = 3 },
        new SupportVectorMachine(), new SupportVectorMachine { C = 10 },
        new TabNet { MaxEpochs = 4, BatchSize = 32, VirtualBatchSize = 16 },
        new CalibratedClassifier(new LogisticRegression()),
    }.GroupBy(model => model.GetType()).ToDictionary(models => models.Key, models => models.ToArray());

    private static FittedState Types => FittedState.Default;

    [Fact]
    public void Catalogue_HoldsEveryModelOfTheLibrary() => Assert.Equal(
        typeof(Classifier).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Classifier)) && !type.IsAbstract).Select(type => type.Name).Order(StringComparer.Ordinal),
        Catalogue.Keys.Select(type => type.Name).Order(StringComparer.Ordinal));
}
