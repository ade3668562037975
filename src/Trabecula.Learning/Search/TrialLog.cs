namespace Trabecula.Learning.Search;

/// <summary>Names one result of a search.</summary>
/// <param name="Split">Which split of the study, from 0.</param>
/// <param name="Model">The model's name.</param>
/// <param name="Trial">Which configuration, from 0.</param>
/// <param name="Fold">Which fold, from 0.</param>
public readonly record struct TrialKey(int Split, string Model, int Trial, int Fold);

/// <summary>
/// Keeps the results of a search, so that a study that was stopped continues. Called by several threads at once.
/// </summary>
public interface ITrialLog
{
    /// <summary>Finds a result of an earlier run.</summary>
    bool TryFind(TrialKey key, out FoldScore score);

    /// <summary>Takes new results: those of one piece of work, all or none of which must survive.</summary>
    void Add(IReadOnlyList<(TrialKey Key, FoldScore Score)> results);
}

/// <summary>A log that keeps nothing.</summary>
internal sealed class NoTrialLog : ITrialLog
{
    internal static NoTrialLog Instance { get; } = new();

    public bool TryFind(TrialKey key, out FoldScore score)
    {
        score = default;
        return false;
    }

    public void Add(IReadOnlyList<(TrialKey Key, FoldScore Score)> results)
    {
    }
}
