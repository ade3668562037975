using System.Globalization;
using Trabecula.Imaging;
using Trabecula.Learning;
using Trabecula.Learning.Preparation;
using Trabecula.Learning.Search;
using Trabecula.Learning.Selection;
using Trabecula.XGBoost;

namespace Trabecula.Workbench.Studies;

/// <summary>
/// Whether missing values reach a step, a sampler or a model that takes none. Asked before the search: the run would stop at a fit, or after all fits at the
/// held-out subjects.
/// </summary>
/// <param name="Problems">What will stop the run.</param>
/// <param name="Warnings">What stops it unless a selection drops the columns, or only held-out subjects lack values, whom no step and no sampler is fitted on.</param>
internal sealed record MissingValueChecks(IReadOnlyList<string> Problems, IReadOnlyList<string> Warnings)
{
    /// <summary>Follows the columns with missing values through the steps, without a fit.</summary>
    /// <exception cref="LearningException">Some values are missing, and the subjects cannot be split.</exception>
    internal static MissingValueChecks Of(FeatureTable features, StudyDesign design)
    {
        const string beforeSplit = "stepsBeforeSplit";
        int[] missing = [.. Enumerable.Range(0, features.ColumnCount).Select(column => features.Column(column).Count(double.IsNaN))];
        List<int> open = [.. Enumerable.Range(0, features.ColumnCount).Where(column => missing[column] > 0)];
        var droppable = new HashSet<int>();
        foreach ((string key, Transformer step) in design.BeforeSplit.Steps.Select(step => (beforeSplit, step)).Concat(design.Preparation.Steps.Select(step => ("steps", step))))
        {
            int[] met = [.. open.Where(column => InScope(step, features.Schema[column]))];
            if (step is Imputer)
                open.RemoveAll(column => met.Contains(column));
            else if (step is ColumnChoice choice)
                open.RemoveAll(column => met.Contains(column) && features.Schema[column].Source != choice.Source && !choice.Names.Contains(features.Columns[column]));
            else if (Refuses(step) && met.Length > 0)
                return Found(key, [step.Name], met, stops: key == beforeSplit || design.Models.Any(Refuses));
            else if (step is ReproducibilityFilter or UnivariateScreening or VarianceFilter)
                droppable.UnionWith(met);
        }
        string[] models = [.. design.Models.Where(Refuses).Select(model => model.Name)], refusing = [.. design.Samplers.Select(sampler => sampler.Name), .. models];
        return open.Count == 0 || refusing.Length == 0 ? new MissingValueChecks([], []) : Found("steps", refusing, [.. open], stops: models.Length > 0);

        MissingValueChecks Found(string key, string[] refusing, int[] columns, bool stops)
        {
            // More subjects than are outside a training side are in part inside it.
            int outside = features.RowCount - design.Split.SizesOf(features, design.Seed.Derive("split")).SmallestTraining;
            int[] sure = [.. columns.Where(column => stops || missing[column] > outside)];
            string text = string.Create(CultureInfo.InvariantCulture,
                $"{key}: {PlainText.List(refusing)} {(refusing.Length == 1 ? "takes" : "take")} no missing values, and {columns.Length} {(columns.Length == 1 ? "predictor has" : "predictors have")} some: ") +
                PlainText.List([.. columns.Select(column => string.Create(CultureInfo.InvariantCulture, $"{features.Columns[column]} ({missing[column]} of {features.RowCount})"))]) +
                $". Write imputation among the {key} before, or leave {(columns.Length == 1 ? "this predictor" : "these predictors")} out.";
            if (sure.Any(column => !droppable.Contains(column)))
                return new MissingValueChecks([text], []);
            string[] ways =
            [
                .. columns.Any(droppable.Contains) ? ["a step has dropped them"] : Array.Empty<string>(),
                .. sure.Length < columns.Length ? ["they are missing of held-out subjects alone"] : Array.Empty<string>(),
            ];
            return new MissingValueChecks([], [$"{text} The run stops there unless {string.Join(" or ", ways)}."]);
        }
    }

    /// <summary>Whether a step stops at a missing value in its scope.</summary>
    internal static bool Refuses(Transformer step) => step is StandardScaler or Mrmr or CorrelationFilter or LassoSelection;

    /// <summary>Whether a model stops at one.</summary>
    internal static bool Refuses(Classifier model) => model is not XGBoostClassifier;

    private static bool Refuses(CandidateModel model) => Refuses(model.Configurations[0].Model);

    private static bool InScope(Transformer step, FeatureColumn column) =>
        step.Scope == ColumnScope.All || (step.Scope == ColumnScope.Clinical) == (column.Source == ColumnSource.Clinical);
}
