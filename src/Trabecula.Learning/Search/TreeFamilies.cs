using Trabecula.Learning.Models;

namespace Trabecula.Learning.Search;

/// <summary>The families of forests.</summary>
internal static class TreeFamilies
{
    private const string MaxDepth = "max_depth";
    private const string NEstimators = "n_estimators";
    private const string MinSamplesSplit = "min_samples_split";
    private const string MinSamplesLeaf = "min_samples_leaf";
    private const string Columns = "max_features";
    private const string Weight = "class_weight";

    internal static ModelFamily RandomForest { get; } = new(
        "randomForest", "Random forest", Parameters, DefaultGrid,
        set => WithRules(new RandomForest { NEstimators = set.Whole(NEstimators, 100), ClassWeight = WeightOf(set) }, set));

    internal static ModelFamily ExtraTrees { get; } = new(
        "extraTrees", "Extra trees", Parameters, DefaultGrid,
        set => WithRules(new ExtraTrees { NEstimators = set.Whole(NEstimators, 100), ClassWeight = WeightOf(set) }, set));

    private static IReadOnlyList<HyperParameter> Parameters =>
    [
        new(NEstimators, "Number of trees", new ParameterValue.Whole(100), new AllowedValue.Whole(1)),
        new(MaxDepth, "Levels below the root of a tree", new ParameterValue.None(), new AllowedValue.Whole(1), new AllowedValue.None()),
        new(MinSamplesSplit, "Rows that a node needs to be parted", new ParameterValue.Whole(2), new AllowedValue.Whole(2)),
        new(MinSamplesLeaf, "Rows that either side of a split needs", new ParameterValue.Whole(1), new AllowedValue.Whole(1)),
        new(Columns, "Columns that a node looks at: all where null, a share where a fraction", new ParameterValue.Word("sqrt"),
            new AllowedValue.Word("sqrt"), new AllowedValue.Word("log2"), new AllowedValue.Whole(1),
            new AllowedValue.Number(0, 1, AboveMinimum: true, Fraction: true), new AllowedValue.None()),
        new(Weight, "How much a row of each class counts", new ParameterValue.None(),
            new AllowedValue.Word("balanced"), new AllowedValue.Word("balanced_subsample"), new AllowedValue.None()),
    ];

    private static ParameterGrid DefaultGrid => new(
    [
        [
            ParameterAxis.OfWholes(MaxDepth, 3, 5, 7, 10, 15).AndNone(),
            ParameterAxis.OfWholes(NEstimators, 100, 200, 300, 500),
            ParameterAxis.OfWholes(MinSamplesLeaf, 1, 2, 4, 8, 16),
            ParameterAxis.OfWords(Columns, "sqrt", "log2").And(ParameterAxis.OfNumbers(Columns, 0.3, 0.5)),
        ],
    ]);

    private static TreeModel WithRules(TreeModel model, ParameterSet set) => model with
    {
        MaxDepth = set[MaxDepth] is ParameterValue.Whole ? set.Whole(MaxDepth, 1) : null,
        MinSamplesSplit = set.Whole(MinSamplesSplit, 2),
        MinSamplesLeaf = set.Whole(MinSamplesLeaf, 1),
        MaxFeatures = set[Columns] switch
        {
            null => MaxFeatures.Sqrt,
            ParameterValue.None => MaxFeatures.All,
            ParameterValue.Whole => MaxFeatures.Count(set.Whole(Columns, 1)),
            ParameterValue.Number share => MaxFeatures.Share(share.Value),
            _ => set.Word(Columns, "sqrt") == "log2" ? MaxFeatures.Log2 : MaxFeatures.Sqrt,
        },
    };

    private static ForestClassWeight WeightOf(ParameterSet set) => set.Word(Weight, "") switch
    {
        "balanced" => ForestClassWeight.Balanced,
        "balanced_subsample" => ForestClassWeight.BalancedSubsample,
        _ => ForestClassWeight.None,
    };
}
