using Trabecula.Workbench.Studies.Plans.Shapes;

namespace Trabecula.Workbench.Studies.Plans.Keys;

/// <summary>The kinds of splits.</summary>
internal static class SplitKeys
{
    internal static readonly BlockShape<SplitPlan.Given> Given = new BlockShape<SplitPlan.Given>(new SplitPlan.Given(), "A split or folds that a table gives")
        .Required("columns", "The columns with the fold of each subject, one for each repeat", new ListShape<string>(CohortKeys.ColumnName, 1),
            (plan, value) => plan with { Columns = value })
        .Optional("table", "The file with these columns, relative to the plan; the cohort's table without", CohortKeys.FileName,
            (plan, value) => plan with { Table = value })
        .Optional("heldOut", "The only value that is held out; each in turn without", new TextShape("a value of the column"),
            (plan, value) => plan with { HeldOut = value })
        .Optional("sheet", "The sheet of an Excel file", new TextShape("the name of a sheet"), (plan, value) => plan with { Format = plan.Format with { Sheet = value } })
        .Optional("delimiter", "What stands between cells of the file", new ChoiceShape<Delimiter>(), plan => plan.Format.Delimiter,
            (plan, value) => plan with { Format = plan.Format with { Delimiter = value } })
        .Optional("missing", "Missing markers of the file: words that mean a missing value, besides an empty cell; those of the cohort's table without", new ListShape<string>(new TextShape("a word")),
            (plan, value) => plan with { Format = plan.Format with { Missing = value } })
        .Check(plan => plan.Table is null && plan.Format != new TableFormatPlan() ? ["sheet, delimiter and missing say how a file is read, but table names none: write them under cohort."] : []);

    internal static readonly UnionShape<SplitPlan> Split = new UnionShape<SplitPlan>("split")
        .Add("stratifiedHoldOut", new BlockShape<SplitPlan.StratifiedHoldOut>(new SplitPlan.StratifiedHoldOut(), "A share of each class trains")
            .Optional("trainingPercent", "The share of each class that trains, in percent", new WholeShape(1, 99),
                plan => plan.TrainingPercent, (plan, value) => plan with { TrainingPercent = value }))
        .Add("stratifiedKFold", new BlockShape<SplitPlan.StratifiedKFold>(new SplitPlan.StratifiedKFold(), "Each fold is held out in turn: nested cross-validation")
            .Optional("folds", "Number of folds", new WholeShape(2), plan => plan.Folds, (plan, value) => plan with { Folds = value }))
        .Add("repeatedStratifiedKFold", new BlockShape<SplitPlan.RepeatedStratifiedKFold>(new SplitPlan.RepeatedStratifiedKFold(), "Folds drawn anew several times")
            .Optional("folds", "Number of folds", new WholeShape(2), plan => plan.Folds, (plan, value) => plan with { Folds = value })
            .Optional("repeats", "Number of repeats", new WholeShape(1), plan => plan.Repeats, (plan, value) => plan with { Repeats = value }))
        .Add("kFold", new BlockShape<SplitPlan.KFold>(new SplitPlan.KFold(), "Each fold is held out in turn; folds are drawn whatever the outcomes")
            .Optional("folds", "Number of folds", new WholeShape(2), plan => plan.Folds, (plan, value) => plan with { Folds = value })
            .Optional("repeats", "How often the folds are drawn", new WholeShape(1), plan => plan.Repeats, (plan, value) => plan with { Repeats = value }))
        .Add("stratifiedGroupKFold", new BlockShape<SplitPlan.StratifiedGroupKFold>(
                new SplitPlan.StratifiedGroupKFold(), "Each fold is held out in turn; a group of subjects, as a family or a ward, is never parted")
            .Required("groups", "The column of the cohort's table with each subject's group", CohortKeys.ColumnName, (plan, value) => plan with { Groups = value })
            .Optional("folds", "Number of folds", new WholeShape(2), plan => plan.Folds, (plan, value) => plan with { Folds = value })
            .Optional("repeats", "How often the folds are made", new WholeShape(1), plan => plan.Repeats, (plan, value) => plan with { Repeats = value }))
        .Add("leaveOneCentreOut", new BlockShape<SplitPlan.LeaveOneCentreOut>(new SplitPlan.LeaveOneCentreOut(), "Each centre is held out in turn; needs cohort.centre"))
        .Add("temporal", new BlockShape<SplitPlan.Temporal>(new SplitPlan.Temporal(), "The last subjects in time are held out; needs cohort.date")
            .Optional("heldOutFrom", "The first date that is held out, as 2024-01-31", new DateShape(), (plan, value) => plan with { HeldOutFrom = value })
            .Optional("heldOutPercent", "The share that is held out, in percent, where no date is given", new WholeShape(1, 99),
                plan => plan.HeldOutPercent, (plan, value) => plan with { HeldOutPercent = value }))
        .Add("bootstrap", new BlockShape<SplitPlan.Bootstrap>(new SplitPlan.Bootstrap(), "Subjects drawn with replacement train, the others are held out")
            .Optional("repeats", "Number of repeats", new WholeShape(1), plan => plan.Repeats, (plan, value) => plan with { Repeats = value })
            .Optional("stratified", "Whether each class is drawn by itself", new FlagShape(), plan => plan.Stratified, (plan, value) => plan with { Stratified = value }))
        .Add("given", Given);
}
