using System.Globalization;
using Trabecula.Workbench.Studies;

namespace Trabecula.Workbench.Reports;

/// <summary>The part of a study's report about a TabNet: how it was trained, what it looks at, and how far that depends on the seed.</summary>
internal static class TabNetSection
{
    internal static string Render(TabNetSummary model, int splits)
    {
        ColumnShare[] shown = [.. model.Importances.Take(TabNetSummary.Shown(model.Importances.Count))];
        double others = model.Importances.Skip(shown.Length).Sum(column => column.Mean);
        string name = Html.Text(model.Model);
        string rule = shown.Length == model.Importances.Count ? "All columns that the model sees"
            : string.Create(CultureInfo.InvariantCulture, $"The {shown.Length} columns with the largest mean over the refits");
        string subjects = model.Masks.Subjects.Count == model.Masks.HeldOut ? $"all {Count(model.Masks.HeldOut)} held-out subjects"
            : $"{Count(model.Masks.Subjects.Count)} of the {Count(model.Masks.HeldOut)} held-out subjects, evenly spaced by risk";
        string columns = model.Masks.OtherColumns == 0 ? "Columns in the order of what these subjects' decisions owe to them."
            : string.Create(CultureInfo.InvariantCulture, $"The {model.Masks.Columns.Count} columns that these subjects' decisions owe most to, and the others summed.");
        string explanations = model.Masks.Explanations.Count == 0 ? "" : $"""
            <figure>{MaskFigure.Together(model.Masks, model.Model)}
            <figcaption>What the decisions on {subjects} owe to each column: a subject's masks of all steps, each weighed by what its step adds to the decision, as shares that
            sum to 1. From left to right by rising predicted risk. {columns}</figcaption></figure>

            """;
        return $"""
            <h2>What {name} looks at</h2>
            <p>{name} decides in {Count(model.Masks.Steps.Count)} steps, and in each looks at a few columns of every subject: its masks.{(splits > 1 ? " Pictures are of the first split." : "")}
            They tell which columns the network used, neither why nor whether the outcome depends on them: columns that go along with each other stand in for one
            another. The marks of the refits, which differ in nothing but the seed, show how much of it is chance: do not name a column as important whose share
            the seed decides.</p>
            <figure>{TrainingFigure.Render(model)}
            <figcaption>Training of the model that predicts the held-out subjects. {Training(model)}</figcaption></figure>
            <figure>{ImportanceFigure.Render(shown, model.Importances.Count - shown.Length, others)}
            <figcaption>Global importances: what share of the decisions on training rows is owed to each column. {rule}, ordered by it. {Count(model.Refits.Count)} refits of the same
            configuration on the same training rows with other seeds.</figcaption></figure>
            {explanations}<figure>{MaskFigure.Render(model.Masks, model.Model)}
            <figcaption>Masks of {subjects}, by the study's model{(explanations.Length == 0 ? "" : ", step by step")}: from left to right by rising predicted risk. Each subject's mask sums to 1 within a step. {columns}</figcaption></figure>
            <p>All columns, subjects and digits are in <code>tables/tabnet-training.csv</code>, <code>tabnet-importances.csv</code>, <code>tabnet-explanations.csv</code> and
            <code>tabnet-masks.csv</code>.</p>

            """;
    }

    private static string Training(TabNetSummary model)
    {
        double kept = model.Curve[model.BestEpoch].ValidationAuroc;
        if (double.IsNaN(kept))
            return "No rows were kept for early stopping: the last epoch's weights are kept.";
        double[] refits = [.. model.Refits.Select(refit => refit.ValidationAuroc[refit.BestEpoch])];
        return "The weights of the epoch with the best AUROC on the training rows kept for early stopping are kept; being the best of many epochs on few rows, that AUROC is optimistic. " +
            $"Grey: the refits, which keep {Html.Number(refits.Min(), 3)} to {Html.Number(refits.Max(), 3)}.";
    }

    private static string Count(int value) => value.ToString(CultureInfo.InvariantCulture);
}
