using Trabecula.Learning;
using Trabecula.Learning.Models;
using Trabecula.Learning.Search;

namespace Trabecula.XGBoost;

/// <summary>XGBoost among the families of models that a search knows.</summary>
public static class XGBoostFamily
{
    private static readonly XGBoostClassifier s_default = new();

    /// <summary>The family, with the names of XGBoost's scikit-learn interface.</summary>
    public static ModelFamily Instance { get; } = new(
        "xgboost", "XGBoost",
        [
            Whole("n_estimators", "Number of boosting rounds", s_default.NEstimators, new AllowedValue.Whole(1)),
            Whole("max_depth", "Levels of a tree below its root", s_default.MaxDepth, new AllowedValue.Whole(1, 64)),
            Number("learning_rate", "What a tree's values are multiplied by", s_default.LearningRate, Share),
            Number("subsample", "Share of the rows that a round draws", s_default.Subsample, Share),
            Number("colsample_bytree", "Share of the columns that a tree draws", s_default.ColsampleByTree, Share),
            Number("min_child_weight", "The least sum of second derivatives on either side of a split", s_default.MinChildWeight, new AllowedValue.Number(0)),
            Number("reg_lambda", "Strength of the L2 penalty on a tree's values", s_default.RegLambda, new AllowedValue.Number(0)),
            Number("reg_alpha", "Strength of the L1 penalty on a tree's values", s_default.RegAlpha, new AllowedValue.Number(0)),
            Number("gamma", "The least gain of a split", s_default.Gamma, new AllowedValue.Number(0)),
            Number("scale_pos_weight", "What a case counts, a control counting 1", s_default.ScalePosWeight, new AllowedValue.Number(0, AboveMinimum: true)),
            new("class_weight", "Balanced: a case counts as many as there are controls to one case", new ParameterValue.None(),
                new AllowedValue.Word("balanced"), new AllowedValue.None()),
            new("tree_method", "How thresholds are looked for", new ParameterValue.Word("hist"), new AllowedValue.Word("hist"), new AllowedValue.Word("exact")),
            Whole("max_bin", "Bins of a column's histogram", s_default.MaxBin, new AllowedValue.Whole(2)),
        ],
        new ParameterGrid(
        [
            [
                ParameterAxis.OfNumbers("learning_rate", 0.01, 0.02, 0.05, 0.1, 0.2, 0.3),
                ParameterAxis.OfWholes("max_depth", 2, 3, 4, 5, 6, 8),
                ParameterAxis.OfWholes("n_estimators", 50, 100, 200, 300, 500),
                ParameterAxis.OfNumbers("subsample", 0.5, 0.6, 0.8, 1.0),
                ParameterAxis.OfNumbers("colsample_bytree", 0.5, 0.6, 0.8, 1.0),
                ParameterAxis.OfWholes("min_child_weight", 1, 3, 5, 10),
            ],
        ]),
        set => new XGBoostClassifier
        {
            NEstimators = set.Whole("n_estimators", s_default.NEstimators),
            MaxDepth = set.Whole("max_depth", s_default.MaxDepth),
            LearningRate = set.Number("learning_rate", s_default.LearningRate),
            Subsample = set.Number("subsample", s_default.Subsample),
            ColsampleByTree = set.Number("colsample_bytree", s_default.ColsampleByTree),
            MinChildWeight = set.Number("min_child_weight", s_default.MinChildWeight),
            RegLambda = set.Number("reg_lambda", s_default.RegLambda),
            RegAlpha = set.Number("reg_alpha", s_default.RegAlpha),
            Gamma = set.Number("gamma", s_default.Gamma),
            ScalePosWeight = set.Number("scale_pos_weight", s_default.ScalePosWeight),
            ClassWeight = set.Word("class_weight", "") == "balanced" ? ClassWeight.Balanced : ClassWeight.None,
            TreeMethod = set.Word("tree_method", "hist") == "exact" ? XGBoostTreeMethod.Exact : XGBoostTreeMethod.Hist,
            MaxBin = set.Whole("max_bin", s_default.MaxBin),
        });

    /// <summary>Fitted models of this library beside those of others.</summary>
    public static FittedState WithXGBoost(this FittedState types)
    {
        ArgumentNullException.ThrowIfNull(types);
        return types.With(nameof(FittedXGBoost), FittedXGBoost.Read);
    }

    private static AllowedValue Share => new AllowedValue.Number(0, 1, AboveMinimum: true);

    private static HyperParameter Whole(string name, string meaning, int unset, AllowedValue allowed) =>
        new(name, meaning, new ParameterValue.Whole(unset), allowed);

    private static HyperParameter Number(string name, string meaning, double unset, AllowedValue allowed) =>
        new(name, meaning, new ParameterValue.Number(unset), allowed);
}
