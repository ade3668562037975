namespace Trabecula.Learning.Search;

/// <summary>The families of models that this library has, with the grids that a search takes where a plan names none.</summary>
public static class ModelFamilies
{
    /// <summary>Logistic regression; <c>penalty</c>, <c>C</c>, <c>l1_ratio</c>, <c>class_weight</c>.</summary>
    public static ModelFamily LogisticRegression => LinearFamilies.LogisticRegression;

    /// <summary>Support vector machine; <c>kernel</c>, <c>C</c>, <c>gamma</c>, <c>degree</c>, <c>coef0</c>, <c>class_weight</c>.</summary>
    public static ModelFamily SupportVectorMachine => LinearFamilies.SupportVectorMachine;

    /// <summary>Random forest; <c>n_estimators</c>, <c>max_depth</c>, <c>min_samples_split</c>, <c>min_samples_leaf</c>, <c>max_features</c>, <c>class_weight</c>.</summary>
    public static ModelFamily RandomForest => TreeFamilies.RandomForest;

    /// <summary>Extra trees; as <see cref="RandomForest"/>.</summary>
    public static ModelFamily ExtraTrees => TreeFamilies.ExtraTrees;

    /// <summary>TabNet; <c>n_d</c>, <c>n_a</c>, <c>n_steps</c>, <c>gamma</c>, <c>lr</c>, <c>batch_size</c> and others of pytorch-tabnet. See <see cref="TabNetSearch"/>.</summary>
    public static ModelFamily TabNet => TabNetFamily.TabNet;

    /// <summary>All of them, in the order of plans and reports.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } = [LogisticRegression, RandomForest, ExtraTrees, SupportVectorMachine, TabNet];
}
