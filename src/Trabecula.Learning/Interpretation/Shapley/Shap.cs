using Trabecula.Learning.Calibration;
using Trabecula.Learning.Models;

namespace Trabecula.Learning.Interpretation;

/// <summary>
/// Shapley values of fitted models: exact for trees and for linear models, whose columns are taken as independent. A calibrated model is
/// explained by the model beneath, whose scores calibration leaves in order.
/// </summary>
public static class Shap
{
    /// <summary>
    /// Explains rows by what is usual for the kind of model: trees by the ways of their training rows
    /// (<see cref="PathDependent"/>), linear models against the means of the background. Null for models of which neither is known, as support
    /// vector machines with a curved kernel and TabNet, which <see cref="FittedTabNet.Explain"/> explains.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="rows">What to explain, prepared as the model sees it.</param>
    /// <param name="background">Rows to compare with, mostly the training rows, prepared alike.</param>
    /// <param name="cancellationToken">Stops between rows.</param>
    /// <exception cref="LearningException">The columns are not those of the fit, or there is no background.</exception>
    public static ShapValues? Of(FittedClassifier model, FeatureTable rows, FeatureTable background, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(background);
        Require(model, rows);
        return Bare(model) switch
        {
            ITreeModel => PathDependent(model, rows, cancellationToken),
            FittedLogisticRegression logistic => Linear(logistic.Coefficients, logistic.Intercept, ShapScale.LogOdds, rows, background),
            FittedSupportVectorMachine { Coefficients: { } coefficients } machine =>
                Linear(coefficients, machine.Intercept, ShapScale.DecisionValue, rows, background),
            _ => null,
        };
    }

    /// <summary>Tree SHAP by the ways that training rows took: shap's <c>tree_path_dependent</c>. Needs no background.</summary>
    /// <exception cref="ArgumentException">The model is not made of trees.</exception>
    /// <exception cref="LearningException">The columns are not those of the fit.</exception>
    public static ShapValues PathDependent(FittedClassifier model, FeatureTable rows, CancellationToken cancellationToken = default)
    {
        Require(model, rows);
        return PathDependentShap.Of(TreesOf(model), rows, cancellationToken);
    }

    /// <summary>Tree SHAP against background rows: shap's <c>interventional</c>.</summary>
    /// <exception cref="ArgumentException">The model is not made of trees.</exception>
    /// <exception cref="LearningException">The columns are not those of the fit, or there is no background.</exception>
    public static ShapValues Interventional(FittedClassifier model, FeatureTable rows, FeatureTable background, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(background);
        Require(model, rows);
        RequireBackground(model.Name, rows, background);
        return InterventionalShap.Of(TreesOf(model), rows, background, cancellationToken);
    }

    private static ShapValues Linear(
        IReadOnlyList<double> coefficients, double intercept, ShapScale scale, FeatureTable rows, FeatureTable background)
    {
        RequireBackground("Linear model", rows, background);
        int width = rows.ColumnCount;
        var means = new double[width];
        for (int row = 0; row < background.RowCount; row++)
        {
            for (int column = 0; column < width; column++)
                means[column] += background.Row(row)[column] / background.RowCount;
        }
        var values = new double[rows.RowCount * width];
        for (int i = 0; i < values.Length; i++)
            values[i] = coefficients[i % width] * (rows.Row(i / width)[i % width] - means[i % width]);
        double expected = intercept;
        for (int column = 0; column < width; column++)
            expected += coefficients[column] * means[column];
        return new ShapValues(rows.Columns, rows.Subjects, scale, expected, values);
    }

    private static FittedClassifier Bare(FittedClassifier model) => model is FittedCalibratedClassifier calibrated ? Bare(calibrated.Base) : model;

    private static TreeEnsemble TreesOf(FittedClassifier model) =>
        Bare(model) is ITreeModel trees ? trees.Ensemble() : throw new ArgumentException($"{model.Name} is not made of trees.", nameof(model));

    private static void Require(FittedClassifier model, FeatureTable rows)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(rows);
        rows.RequireColumns(model.Columns, model.Name);
    }

    private static void RequireBackground(string name, FeatureTable rows, FeatureTable background)
    {
        background.RequireColumns(rows.Columns, name);
        if (background.RowCount == 0)
            throw new LearningException($"{name}: there is no background row to compare with.", "Give training rows.");
    }
}
