using Trabecula.Learning;
using Trabecula.Workbench.Cohorts;

namespace Trabecula.Workbench.Studies.Plans;

/// <summary>What is predicted from.</summary>
public sealed record PredictorPlan
{
    /// <summary>Columns of the cohort's table.</summary>
    public IReadOnlyList<ClinicalPredictor> Clinical { get; init; } = [];

    /// <summary>Tables of features of the images; null for none.</summary>
    public RadiomicPredictors? Radiomic { get; init; }
}

/// <summary>A column of the cohort's table.</summary>
/// <param name="Column">The column.</param>
/// <param name="Kind">What its cells mean; null to find out: text is categorical, two values are binary, other numbers are measurements.</param>
public sealed record ClinicalPredictor(string Column, ColumnKind? Kind = null)
{
    /// <summary>The texts of its cells in the order of their numbers, the first being 0; empty to take those that occur, sorted.</summary>
    public IReadOnlyList<string> Levels { get; init; } = [];

    /// <summary>When it is known.</summary>
    public RecordedAt RecordedAt { get; init; } = RecordedAt.Preoperative;
}

/// <summary>Tables of features of the images.</summary>
public sealed record RadiomicPredictors : TableFormatPlan
{
    /// <summary>A file for each reader, relative to the plan; models see the first.</summary>
    public IReadOnlyList<string> Readers { get; init; } = [];

    /// <summary>The column with the subject of each row; null for the name that it has in the cohort's table.</summary>
    public string? Id { get; init; }

    /// <summary>The features: names, in which * stands for any letters.</summary>
    public IReadOnlyList<string> Columns { get; init; } = ["*"];

    /// <summary>Features to leave out, named alike.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>A case whose segmentation the report shows; null for none.</summary>
    public ExamplePlan? Example { get; init; }
}

/// <summary>A case whose segmentation the report shows.</summary>
/// <param name="Image">The image, relative to the plan.</param>
/// <param name="Mask">Its mask, likewise.</param>
public sealed record ExamplePlan(string Image, string Mask)
{
    /// <summary>What the picture's caption says about it; its names, dates and numbers are for the author to leave out.</summary>
    public string Caption { get; init; } = "";
}
