namespace Trabecula.Learning.Sampling;

/// <summary>
/// Repeats rows of the rarer class, drawn with replacement, until it has the size asked for. A repeated row stays one of its subject, so
/// that folds keep it beside the row it repeats.
/// </summary>
/// <remarks>Source: imbalanced-learn's <c>RandomOverSampler</c>.</remarks>
public sealed record RandomOverSampler : Sampler
{
    /// <inheritdoc/>
    public override string Name => "Random oversampling";

    /// <summary>Size of the rarer class to reach, as a share of the other class, above 0 and at most 1.</summary>
    public double SamplingStrategy { get; init; } = 1;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Validate() => [.. ClassBalance.ProblemsOf(SamplingStrategy)];

    private protected override FeatureTable ResampleChecked(FeatureTable table, Seed seed, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ClassBalance balance = ClassBalance.Of(table);
        RandomSequence random = seed.Derive("oversampling").Open();
        int[] repeated = [.. Enumerable.Range(0, balance.Lacking(SamplingStrategy))
            .Select(_ => balance.MinorityRows[random.NextInt(balance.MinorityRows.Length)])];
        return table.TakeRows([.. Enumerable.Range(0, table.RowCount), .. repeated]);
    }
}
