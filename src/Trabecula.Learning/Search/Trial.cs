namespace Trabecula.Learning.Search;

/// <summary>What a configuration reached on the folds.</summary>
/// <param name="Configuration">The configuration.</param>
/// <param name="Scores">For each fold, the AUROC or the reason why there is none.</param>
public sealed record Trial(Configuration Configuration, IReadOnlyList<FoldScore> Scores)
{
    /// <summary>The mean AUROC over the folds; NaN where a fold failed.</summary>
    public double Mean => Scores.Any(score => score.Failure is not null) ? double.NaN : Scores.Sum(score => score.Auroc) / Scores.Count;

    /// <summary>The standard error of the mean: the deviation over the folds (divisor k - 1) by √k; NaN where a fold failed.</summary>
    public double StandardError
    {
        get
        {
            double mean = Mean;
            double squares = Scores.Sum(score => (score.Auroc - mean) * (score.Auroc - mean));
            return Math.Sqrt(squares / (Scores.Count - 1) / Scores.Count);
        }
    }

    /// <summary>Why the trial cannot be chosen: the first fold's reason; null where every fold was scored.</summary>
    public string? Failure => Scores.Select(score => score.Failure).FirstOrDefault(failure => failure is not null);
}

/// <summary>A configuration's result on one fold.</summary>
/// <param name="Auroc">The area on the validation rows; NaN where the fit failed.</param>
/// <param name="Failure">Why there is no area; null where there is.</param>
public readonly record struct FoldScore(double Auroc, string? Failure = null);

/// <summary>How a search chooses among its trials.</summary>
public enum Choice
{
    /// <summary>The highest mean AUROC; among equals the first tried.</summary>
    Best,

    /// <summary>
    /// The simplest configuration whose mean is within one standard error, that of the best, of the best (Breiman et al. 1984; Hastie,
    /// Tibshirani and Friedman 2009, section 7.10). What is simple each model says itself (<see cref="Classifier.Complexity"/>); of equally
    /// simple ones the first tried.
    /// </summary>
    OneStandardError,
}

/// <summary>All trials of a model, and the one chosen.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Trials">In the order of the configurations.</param>
/// <param name="Chosen">The place of the chosen trial.</param>
public sealed record SearchResult(string Model, IReadOnlyList<Trial> Trials, int Chosen)
{
    /// <summary>The chosen trial.</summary>
    public Trial ChosenTrial => Trials[Chosen];
}
