namespace Trabecula.Workbench.Cohorts;

/// <summary>How a cohort is made from tables.</summary>
/// <param name="SubjectColumn">The column with the subject of each row of the clinical table.</param>
/// <param name="Outcome">What is predicted.</param>
public sealed record CohortDesign(string SubjectColumn, OutcomeRule Outcome)
{
    /// <summary>Who takes part: applied in this order.</summary>
    public IReadOnlyList<Criterion> Criteria { get; init; } = [];

    /// <summary>The clinical predictors.</summary>
    public IReadOnlyList<PredictorColumn> Clinical { get; init; } = [];

    /// <summary>Columns that splits go by and models do not see, such as centre or date.</summary>
    public IReadOnlyList<string> Attributes { get; init; } = [];

    /// <summary>The least number of subjects in each class, such as the number of folds.</summary>
    public int LeastPerClass { get; init; } = 2;
}
