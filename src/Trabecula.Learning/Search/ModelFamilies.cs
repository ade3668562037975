using Trabecula.Learning.Models;

namespace Trabecula.Learning.Search;

/// <summary>The families of models that this library has, with the grids that a search takes where a plan names none.</summary>
public static class ModelFamilies
{
    private static readonly double[] s_strengths =
    [
        0.0001, 0.000215443, 0.000464159, 0.001, 0.00215443, 0.00464159, 0.01, 0.0215443, 0.0464159, 0.1, 0.215443, 0.464159, 1, 2.15443, 4.64159,
        10, 21.5443, 46.4159, 100,
    ];

    /// <summary>Logistic regression; <c>penalty</c>, <c>C</c>.</summary>
    public static ModelFamily LogisticRegression { get; } = new(
        "logisticRegression", "Logistic regression",
        [
            new("penalty", "Kind of the penalty on the coefficients", new ParameterValue.Word("l2"), new AllowedValue.Word("l2")),
            new("C", "Inverse strength of the penalty: small values shrink more", new ParameterValue.Number(1), new AllowedValue.Number(0, AboveMinimum: true)),
        ],
        new ParameterGrid([[Axis("penalty", "l2"), Axis("C", s_strengths)]]),
        set => new LogisticRegression { C = set.Number("C", 1) });

    /// <summary>Random forest; <c>n_estimators</c>, <c>max_depth</c>, <c>min_samples_split</c>, <c>min_samples_leaf</c>, <c>max_features</c>, <c>class_weight</c>.</summary>
    public static ModelFamily RandomForest => TreeFamilies.RandomForest;

    /// <summary>Extra trees; as <see cref="RandomForest"/>.</summary>
    public static ModelFamily ExtraTrees => TreeFamilies.ExtraTrees;

    /// <summary>All of them, in the order of plans and reports.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } = [LogisticRegression, RandomForest, ExtraTrees];

    private static ParameterAxis Axis(string name, params IReadOnlyList<double> numbers) => new(name, [.. numbers.Select(n => new ParameterValue.Number(n))]);

    private static ParameterAxis Axis(string name, params IReadOnlyList<string> words) => new(name, [.. words.Select(w => new ParameterValue.Word(w))]);
}
