using Trabecula.Learning.Models;

namespace Trabecula.Learning.Search;

/// <summary>The families of logistic regression and support vector machines.</summary>
internal static class LinearFamilies
{
    private const string C = "C", PenaltyName = "penalty", L1Ratio = "l1_ratio", Weight = "class_weight";
    private const string KernelName = "kernel", GammaName = "gamma", Degree = "degree", Coef0 = "coef0";

    private static readonly double[] s_strengths =
    [
        0.0001, 0.000215443, 0.000464159, 0.001, 0.00215443, 0.00464159, 0.01, 0.0215443, 0.0464159, 0.1, 0.215443, 0.464159, 1, 2.15443, 4.64159,
        10, 21.5443, 46.4159, 100,
    ];

    private static readonly double[] s_limits = [0.001, 0.00316228, 0.01, 0.0316228, 0.1, 0.316228, 1, 3.16228, 10, 31.6228, 100];

    internal static ModelFamily LogisticRegression { get; } = new(
        "logisticRegression", "Logistic regression",
        [
            new(PenaltyName, "Kind of the penalty on the coefficients", new ParameterValue.Word("l2"),
                new AllowedValue.Word("l2"), new AllowedValue.Word("l1"), new AllowedValue.Word("elasticnet"), new AllowedValue.None()),
            new(C, "Inverse strength of the penalty: small values shrink more", new ParameterValue.Number(1), new AllowedValue.Number(0, AboveMinimum: true)),
            new(L1Ratio, "Share of L1 in the elastic net", new ParameterValue.Number(0.5), new AllowedValue.Number(0, 1)),
            ClassWeightParameter,
        ],
        new ParameterGrid(
        [
            [ParameterAxis.OfWords(PenaltyName, "l2"), ParameterAxis.OfNumbers(C, s_strengths)],
            [ParameterAxis.OfWords(PenaltyName, "l1"), ParameterAxis.OfNumbers(C, s_strengths)],
            [ParameterAxis.OfWords(PenaltyName, "elasticnet"), ParameterAxis.OfNumbers(L1Ratio, 0.1, 0.25, 0.5, 0.75, 0.9), ParameterAxis.OfNumbers(C, s_strengths)],
        ]),
        set => new LogisticRegression
        {
            Penalty = set[PenaltyName] is ParameterValue.None ? Penalty.None : set.Word(PenaltyName, "l2") switch
            {
                "l1" => Penalty.L1,
                "elasticnet" => Penalty.ElasticNet,
                _ => Penalty.L2,
            },
            C = set.Number(C, 1),
            L1Ratio = set.Number(L1Ratio, 0.5),
            ClassWeight = WeightOf(set),
        });

    internal static ModelFamily SupportVectorMachine { get; } = new(
        "svm", "Support vector machine",
        [
            new(KernelName, "The kernel", new ParameterValue.Word("rbf"),
                new AllowedValue.Word("linear"), new AllowedValue.Word("rbf"), new AllowedValue.Word("poly"), new AllowedValue.Word("sigmoid")),
            new(C, "What a row within the margin costs", new ParameterValue.Number(1), new AllowedValue.Number(0, AboveMinimum: true)),
            new(GammaName, "Width of the kernel: scale, auto or a number", new ParameterValue.Word("scale"),
                new AllowedValue.Word("scale"), new AllowedValue.Word("auto"), new AllowedValue.Number(0, AboveMinimum: true)),
            new(Degree, "Degree of the polynomial kernel", new ParameterValue.Whole(3), new AllowedValue.Whole(1, 20)),
            new(Coef0, "Constant of the polynomial and the sigmoid kernel", new ParameterValue.Number(0), new AllowedValue.Number(double.NegativeInfinity)),
            ClassWeightParameter,
        ],
        new ParameterGrid(
        [
            [ParameterAxis.OfWords(KernelName, "rbf"), ParameterAxis.OfNumbers(C, s_limits), ParameterAxis.OfWords(GammaName, "scale", "auto").And(ParameterAxis.OfNumbers(GammaName, 0.0001, 0.001, 0.01, 0.1, 1))],
            [ParameterAxis.OfWords(KernelName, "linear"), ParameterAxis.OfNumbers(C, s_limits)],
            [ParameterAxis.OfWords(KernelName, "poly"), ParameterAxis.OfNumbers(C, s_limits), ParameterAxis.OfWholes(Degree, 2, 3), ParameterAxis.OfWords(GammaName, "scale")],
        ]),
        set => new SupportVectorMachine
        {
            Kernel = set.Word(KernelName, "rbf") switch
            {
                "linear" => Kernel.Linear,
                "poly" => Kernel.Polynomial,
                "sigmoid" => Kernel.Sigmoid,
                _ => Kernel.Rbf,
            },
            C = set.Number(C, 1),
            Gamma = set[GammaName] switch
            {
                ParameterValue.Word("auto") => Gamma.Auto,
                ParameterValue.Number or ParameterValue.Whole => set.Number(GammaName, 1),
                _ => Gamma.Scale,
            },
            Degree = set.Whole(Degree, 3),
            Coef0 = set.Number(Coef0, 0),
            ClassWeight = WeightOf(set),
        });

    private static HyperParameter ClassWeightParameter => new(
        Weight, "How much a row of each class counts", new ParameterValue.None(), new AllowedValue.Word("balanced"), new AllowedValue.None());

    private static ClassWeight WeightOf(ParameterSet set) => set.Word(Weight, "") == "balanced" ? ClassWeight.Balanced : ClassWeight.None;
}
