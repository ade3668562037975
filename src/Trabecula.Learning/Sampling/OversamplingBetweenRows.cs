namespace Trabecula.Learning.Sampling;

/// <summary>What samplers have in common that make rows of the rarer class between its rows.</summary>
public abstract record OversamplingBetweenRows : Sampler
{
    private protected OversamplingBetweenRows()
    {
    }

    /// <summary>Nearest rows of the class that can be a partner of a row, at least 1; ADASYN also takes a row's share from as many among all rows.</summary>
    public int NNeighbors { get; init; } = 5;

    /// <summary>Size of the rarer class to reach, as a share of the other class, above 0 and at most 1.</summary>
    public double SamplingStrategy { get; init; } = 1;

    /// <summary>The value of made rows in binary and categorical columns.</summary>
    public CategoryRule Categories { get; init; } = CategoryRule.FromNearer;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Validate() => [.. ClassBalance.ProblemsOf(NNeighbors), .. ClassBalance.ProblemsOf(SamplingStrategy)];
}
