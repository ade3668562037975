namespace Trabecula.Learning.Sampling;

/// <summary>Which end of a Tomek link is removed.</summary>
public enum TomekRemoval
{
    /// <summary>The control, outcome 0, whichever class is the rarer one.</summary>
    Controls,

    /// <summary>The event, outcome 1.</summary>
    Events,

    /// <summary>The end of the larger class, the control where both are equal: imbalanced-learn's <c>auto</c>. After an oversampling that
    /// overshoots, this is the class that was rare.</summary>
    Majority,

    /// <summary>Both ends.</summary>
    Both,
}

/// <summary>
/// Removes rows of Tomek links: pairs of rows of different outcome that are each other's nearest row, so on the border or noise. Scale
/// the columns before, since distances go over all of them.
/// </summary>
/// <remarks>
/// Neighbours: see <see cref="NearestRows"/>. No random choice.
/// Source: Tomek, IEEE Trans. Syst. Man Cybern. 6 (1976) 769; imbalanced-learn's <c>TomekLinks</c>.
/// </remarks>
public sealed record TomekLinks : Sampler
{
    /// <inheritdoc/>
    public override string Name => "Tomek links";

    /// <summary>The rows to remove.</summary>
    public TomekRemoval Removes { get; init; } = TomekRemoval.Controls;

    private protected override FeatureTable ResampleChecked(FeatureTable table, Seed seed, CancellationToken cancellationToken)
    {
        bool removesBoth = Removes == TomekRemoval.Both;
        bool removed = Removes == TomekRemoval.Events || Removes == TomekRemoval.Majority && table.EventCount * 2 > table.RowCount;
        var gone = new HashSet<int>();
        foreach ((int first, int second) in Links(table, cancellationToken))
        {
            if (removesBoth || table.Outcomes[first] == removed)
                gone.Add(first);
            if (removesBoth || table.Outcomes[second] == removed)
                gone.Add(second);
        }
        return table.TakeRows([.. Enumerable.Range(0, table.RowCount).Where(row => !gone.Contains(row))]);
    }

    /// <summary>The links, the lower row first, in rising order.</summary>
    internal static IReadOnlyList<(int First, int Second)> Links(FeatureTable table, CancellationToken cancellationToken)
    {
        int[] all = [.. Enumerable.Range(0, table.RowCount)];
        int[] nearest = NearestRows.Find(table.Values, table.ColumnCount, all, all, 1, cancellationToken);
        return [.. all.Where(a => a < nearest[a] && nearest[nearest[a]] == a && table.Outcomes[a] != table.Outcomes[nearest[a]]).Select(a => (a, nearest[a]))];
    }
}
