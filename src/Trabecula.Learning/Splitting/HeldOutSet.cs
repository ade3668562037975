namespace Trabecula.Learning.Splitting;

/// <summary>The rows that were kept away from every fit, to evaluate on.</summary>
public sealed class HeldOutSet
{
    internal HeldOutSet(FeatureTable table) => Table = table;

    /// <summary>The rows.</summary>
    public FeatureTable Table { get; }
}
