namespace Trabecula.Learning.Sampling;

/// <summary>Keeps, of the larger class, as many rows as asked for, drawn without replacement; the order of rows stays.</summary>
/// <remarks>Source: imbalanced-learn's <c>RandomUnderSampler</c>.</remarks>
public sealed record RandomUnderSampler : Sampler
{
    /// <inheritdoc/>
    public override string Name => "Random undersampling";

    /// <summary>Size of the rarer class to reach, as a share of the other class, above 0 and at most 1.</summary>
    public double SamplingStrategy { get; init; } = 1;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Validate() => [.. ClassBalance.ProblemsOf(SamplingStrategy)];

    private protected override FeatureTable ResampleChecked(FeatureTable table, Seed seed, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ClassBalance balance = ClassBalance.Of(table);
        int kept = (int)Math.Min(balance.MajorityRows.Length, balance.MinorityRows.Length / SamplingStrategy);
        int[] majority = [.. balance.MajorityRows];
        seed.Derive("undersampling").Open().Shuffle(majority.AsSpan());
        return table.TakeRows([.. balance.MinorityRows.Concat(majority.Take(kept)).Order()]);
    }
}
