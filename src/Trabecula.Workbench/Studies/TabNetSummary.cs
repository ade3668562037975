using Trabecula.Learning.Models;

namespace Trabecula.Workbench.Studies;

/// <summary>What the report shows of a TabNet: of the first split where there are several.</summary>
/// <param name="Model">The model's name in the study.</param>
/// <param name="Curve">Every epoch that was trained.</param>
/// <param name="BestEpoch">The epoch whose weights the model has, from 0.</param>
/// <param name="Refits">Training with other seeds.</param>
/// <param name="Importances">All columns, the largest mean over the refits first.</param>
/// <param name="Masks">What the steps looked at.</param>
public sealed record TabNetSummary(
    string Model, IReadOnlyList<TrainingEpoch> Curve, int BestEpoch, IReadOnlyList<TabNetRefit> Refits, IReadOnlyList<ColumnShare> Importances,
    MaskSummary Masks)
{
    /// <summary>Columns that the pictures show one by one.</summary>
    public const int ColumnsShown = 15;

    /// <summary>Subjects that the masks are shown of, evenly spaced by predicted risk where there are more.</summary>
    public const int SubjectsShown = 300;

    internal static TabNetSummary Of(TabNetInterpretation found)
    {
        ColumnShare[] importances =
        [
            .. found.Spread.Columns.Index().OrderByDescending(column => column.Item.Mean).Select(column => new ColumnShare(
                column.Item.Column, Rounded(found.Fitted.Importances[column.Index]), [.. column.Item.Shares.Select(Rounded)])),
        ];
        return new TabNetSummary(
            found.Model, found.Fitted.TrainingCurve, found.Fitted.BestEpoch,
            [.. found.Spread.Fits.Select(fit => new TabNetRefit([.. fit.TrainingCurve.Select(epoch => Rounded(epoch.ValidationAuroc))], fit.BestEpoch))],
            importances, MasksOf(found));
    }

    private static MaskSummary MasksOf(TabNetInterpretation found)
    {
        TabNetExplanation masks = found.HeldOut;
        int[] shown = [.. Enumerable.Range(0, masks.Columns.Count).OrderByDescending(column => masks.Importances[column]).Take(Shown(masks.Columns.Count))];
        int[] byRisk = [.. Enumerable.Range(0, masks.Subjects.Count).OrderBy(row => found.HeldOutRisks[row])];
        int count = Math.Min(byRisk.Length, SubjectsShown);
        int[] rows = [.. Enumerable.Range(0, count).Select(i => byRisk[(int)((long)i * byRisk.Length / count)])];
        double[][] parts = [.. rows.Select(row => masks.Explain(row).ToArray())];
        int[] others = [.. Enumerable.Range(0, masks.Columns.Count).Except(shown)];
        return new MaskSummary(
            [.. shown.Select(column => masks.Columns[column])], masks.Columns.Count - shown.Length, byRisk.Length,
            [.. rows.Select(row => masks.Subjects[row])], [.. rows.Select(row => found.HeldOutOutcomes[row])],
            [.. masks.StepShares.Select(Rounded)],
            [.. Enumerable.Range(0, masks.Steps).Select(step => (IReadOnlyList<IReadOnlyList<double>>)
                [.. shown.Select(column => (IReadOnlyList<double>)[.. rows.Select(row => Rounded(masks.Mask(step, row)[column]))])])])
        {
            Explanations =
            [
                .. ((IEnumerable<int[]>)[.. shown.Select(column => (int[])[column]), .. others.Length == 0 ? [] : (int[][])[others]]).Select(columns =>
                    (IReadOnlyList<double>)[.. parts.Select(of => of.Sum() is > 0 and double all ? Rounded(columns.Sum(column => of[column]) / all) : 0)]),
            ],
        };
    }

    /// <summary>How many of the columns a picture shows. One more than usual, where the others would be a single column.</summary>
    internal static int Shown(int columns) => columns <= ColumnsShown + 1 ? columns : ColumnsShown;

    // Pictures show a hundredth at most; the tables keep every digit.
    private static double Rounded(double value) => Math.Round(value, 4);
}

/// <summary>A fit with another seed.</summary>
/// <param name="ValidationAuroc">The AUROC of the rows kept for early stopping after each epoch; NaN without such rows.</param>
/// <param name="BestEpoch">The epoch whose weights were kept, from 0.</param>
public sealed record TabNetRefit(IReadOnlyList<double> ValidationAuroc, int BestEpoch);

/// <summary>How much of its decisions a TabNet owes to a column.</summary>
/// <param name="Column">The column.</param>
/// <param name="Final">Its share in the study's model, 0 to 1.</param>
/// <param name="Refits">Its share in each fit with another seed.</param>
public sealed record ColumnShare(string Column, double Final, IReadOnlyList<double> Refits)
{
    internal double Mean => Refits.Average();
}

/// <summary>Masks of held-out subjects.</summary>
/// <param name="Columns">The columns shown: those that the masks shown owe most to, in this order.</param>
/// <param name="OtherColumns">How many columns are not shown.</param>
/// <param name="HeldOut">How many subjects are held out.</param>
/// <param name="Subjects">The subjects shown, the lowest predicted risk first.</param>
/// <param name="Outcomes">The outcome of each.</param>
/// <param name="StepShares">Each step's share in what the held-out subjects were decided by.</param>
/// <param name="Steps">For each step and column, the mask of each subject, 0 to 1.</param>
public sealed record MaskSummary(
    IReadOnlyList<string> Columns, int OtherColumns, int HeldOut, IReadOnlyList<string> Subjects, IReadOnlyList<bool> Outcomes,
    IReadOnlyList<double> StepShares, IReadOnlyList<IReadOnlyList<IReadOnlyList<double>>> Steps)
{
    /// <summary>
    /// For each column shown, and last for the others together where there are, its share in each subject's decision over all steps, 0 to 1: the
    /// aggregate mask of Arik and Pfister 2021.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<double>> Explanations { get; init; } = [];
}
