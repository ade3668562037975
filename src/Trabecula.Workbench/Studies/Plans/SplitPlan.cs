namespace Trabecula.Workbench.Studies.Plans;

/// <summary>What is held out for evaluation; always whole subjects.</summary>
public abstract record SplitPlan
{
    private SplitPlan()
    {
    }

    /// <summary>A share of each class trains.</summary>
    public sealed record StratifiedHoldOut : SplitPlan
    {
        /// <summary>The share, in percent, 1 to 99.</summary>
        public int TrainingPercent { get; init; } = 70;
    }

    /// <summary>Each fold is held out in turn; folds hold equally many of each class.</summary>
    public sealed record StratifiedKFold : SplitPlan
    {
        /// <summary>Number of folds.</summary>
        public int Folds { get; init; } = 5;
    }

    /// <summary>Stratified folds, drawn anew several times.</summary>
    public sealed record RepeatedStratifiedKFold : SplitPlan
    {
        /// <summary>Number of folds.</summary>
        public int Folds { get; init; } = 5;

        /// <summary>Number of repeats.</summary>
        public int Repeats { get; init; } = 10;
    }

    /// <summary>Each fold is held out in turn; folds are drawn whatever the outcomes.</summary>
    public sealed record KFold : SplitPlan
    {
        /// <summary>Number of folds.</summary>
        public int Folds { get; init; } = 5;

        /// <summary>How often the folds are drawn.</summary>
        public int Repeats { get; init; } = 1;
    }

    /// <summary>Each fold is held out in turn; folds hold about equally many of each class and whole groups, such as families or wards.</summary>
    public sealed record StratifiedGroupKFold : SplitPlan
    {
        /// <summary>The column with each subject's group.</summary>
        public string Groups { get; init; } = "";

        /// <summary>Number of folds.</summary>
        public int Folds { get; init; } = 5;

        /// <summary>How often the folds are made.</summary>
        public int Repeats { get; init; } = 1;
    }

    /// <summary>Each centre is held out in turn.</summary>
    public sealed record LeaveOneCentreOut : SplitPlan;

    /// <summary>The last subjects in time are held out.</summary>
    public sealed record Temporal : SplitPlan
    {
        /// <summary>The first date that is held out; null to hold out a share.</summary>
        public DateOnly? HeldOutFrom { get; init; }

        /// <summary>The share that is held out, in percent, where no date is given.</summary>
        public int HeldOutPercent { get; init; } = 30;
    }

    /// <summary>Subjects drawn with replacement train, the others are held out.</summary>
    public sealed record Bootstrap : SplitPlan
    {
        /// <summary>Number of repeats.</summary>
        public int Repeats { get; init; } = 200;

        /// <summary>Whether each class is drawn by itself.</summary>
        public bool Stratified { get; init; }
    }

    /// <summary>A split or folds that a table gives.</summary>
    public sealed record Given : SplitPlan
    {
        /// <summary>The columns with the fold of each subject, one for each repeat.</summary>
        public IReadOnlyList<string> Columns { get; init; } = [];

        /// <summary>The file with these columns, relative to the plan; null for the cohort's table.</summary>
        public string? Table { get; init; }

        /// <summary>How the file is read; missing markers that are not given are those of the cohort's table.</summary>
        public TableFormatPlan Format { get; init; } = new();

        /// <summary>The only value that is held out, the others training; null to hold out each in turn.</summary>
        public string? HeldOut { get; init; }
    }
}
