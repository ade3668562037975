namespace Trabecula.Learning.Search;

/// <summary>One setting of a model's hyper-parameters.</summary>
/// <param name="Text">The hyper-parameters as a log shows them, as in <c>C=0.1, penalty=l2</c>; tells configurations of a search apart.</param>
/// <param name="Model">The model with these hyper-parameters.</param>
public sealed record Configuration(string Text, Classifier Model)
{
    /// <summary>The hyper-parameters that <see cref="Model"/> was made of, where it came from a <see cref="ModelFamily"/>.</summary>
    public ParameterSet? Parameters { get; init; }

    /// <summary>The part of a search in several rounds that tries it, as <c>architecture</c>; empty where there is one round.</summary>
    public string Phase { get; init; } = "";
}

/// <summary>A model and the configurations to choose among.</summary>
/// <param name="Name">What logs and reports call the model; once in a study.</param>
/// <param name="Configurations">At least one; the first of equals wins.</param>
public sealed record CandidateModel(string Name, IReadOnlyList<Configuration> Configurations)
{
    /// <summary>
    /// Rounds after <see cref="Configurations"/>, in order; the chosen configuration is the best of all rounds. A round must be a function of
    /// its argument alone, so that a search that was stopped continues with the same one.
    /// </summary>
    public IReadOnlyList<SearchRound> Rounds { get; init; } = [];

    /// <summary>Most configurations that <see cref="Rounds"/> add, for an estimate of the work.</summary>
    public int MostLater { get; init; }
}

/// <summary>From the trials so far, in the order tried, to what to try next; nothing to end the search.</summary>
public delegate IReadOnlyList<Configuration> SearchRound(IReadOnlyList<Trial> trials);
