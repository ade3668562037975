using Trabecula.Learning.Models;

namespace Trabecula.Workbench.Studies;

/// <summary>The tables behind the pictures of a TabNet, with every digit, column and held-out subject. Files only; the summary has what is shown.</summary>
internal static class TabNetTables
{
    internal const string TrainingName = "tabnet-training", ImportancesName = "tabnet-importances", MasksName = "tabnet-masks", ExplanationsName = "tabnet-explanations";

    /// <summary>The names of all.</summary>
    internal static IReadOnlyList<string> Names { get; } = [TrainingName, ImportancesName, MasksName, ExplanationsName];

    internal static IReadOnlyList<ReportTable> Of(IReadOnlyList<TabNetInterpretation> models) =>
        models.Count == 0 ? [] : [Training(models), Importances(models), Masks(models), Explanations(models)];

    private static ReportTable Training(IReadOnlyList<TabNetInterpretation> models) => new(TrainingName, "Training of TabNet",
        ["model", "fit", "epoch", "cross entropy", "mask entropy", "learning rate", "validation AUROC", "kept"],
        [
            .. from model in models
               from fit in model.Spread.Fits.Prepend(model.Fitted).Index()
               from epoch in fit.Item.TrainingCurve.Index()
               select (IReadOnlyList<string>)
               [
                   model.Model, NameOf(fit.Index), StudyTables.Whole(epoch.Index + 1), StudyTables.Number(epoch.Item.CrossEntropy),
                   StudyTables.Number(epoch.Item.MaskEntropy), StudyTables.Number(epoch.Item.LearningRate), StudyTables.Number(epoch.Item.ValidationAuroc),
                   epoch.Index == fit.Item.BestEpoch ? "1" : "0",
               ],
        ]);

    private static ReportTable Importances(IReadOnlyList<TabNetInterpretation> models) => new(ImportancesName, "Importances of TabNet",
        [
            "model", "column", NameOf(0), .. Enumerable.Range(1, TabNetInterpretation.Refits).Select(NameOf), "mean of the refits",
            "standard deviation of the refits", "mean rank", "highest rank", "lowest rank",
        ],
        [
            .. from model in models
               from column in model.Spread.Columns.Index()
               select (IReadOnlyList<string>)
               [
                   model.Model, column.Item.Column, StudyTables.Number(model.Fitted.Importances[column.Index]), .. column.Item.Shares.Select(StudyTables.Number),
                   StudyTables.Number(column.Item.Mean), StudyTables.Number(column.Item.StandardDeviation), StudyTables.Number(column.Item.MeanRank),
                   StudyTables.Number(column.Item.HighestRank), StudyTables.Number(column.Item.LowestRank),
               ],
        ]);

    /// <summary>A row for each mask that is not 0; most are 0.</summary>
    private static ReportTable Masks(IReadOnlyList<TabNetInterpretation> models) => new(MasksName, "Masks of TabNet",
        ["model", "subject", "step", "column", "mask"],
        [.. models.SelectMany(model => Enumerable.Range(0, model.HeldOut.Subjects.Count).SelectMany(row => MasksOf(model, row)))]);

    private static IEnumerable<IReadOnlyList<string>> MasksOf(TabNetInterpretation model, int row)
    {
        TabNetExplanation masks = model.HeldOut;
        for (int step = 0; step < masks.Steps; step++)
        {
            for (int column = 0; column < masks.Columns.Count; column++)
            {
                if (masks.Mask(step, row)[column] is > 0 and double mask)
                    yield return [model.Model, masks.Subjects[row], StudyTables.Whole(step + 1), masks.Columns[column], StudyTables.Number(mask)];
            }
        }
    }

    /// <summary>What each subject's decision owes to each column over all steps: masks times the weights of their steps, and their share.</summary>
    private static ReportTable Explanations(IReadOnlyList<TabNetInterpretation> models) => new(ExplanationsName, "Explanations of TabNet",
        ["model", "subject", "column", "explanation", "share"],
        [.. models.SelectMany(model => Enumerable.Range(0, model.HeldOut.Subjects.Count).SelectMany(row => ExplanationOf(model, row)))]);

    private static IEnumerable<IReadOnlyList<string>> ExplanationOf(TabNetInterpretation model, int row)
    {
        double[] parts = model.HeldOut.Explain(row).ToArray();
        double sum = parts.Sum();
        for (int column = 0; column < parts.Length; column++)
        {
            if (parts[column] > 0)
                yield return [model.Model, model.HeldOut.Subjects[row], model.HeldOut.Columns[column], StudyTables.Number(parts[column]), StudyTables.Number(parts[column] / sum)];
        }
    }

    private static string NameOf(int fit) => fit == 0 ? "study" : $"refit {StudyTables.Whole(fit)}";
}
