namespace Trabecula.Learning.Splitting;

/// <summary>
/// The identity of one split, carried by both of its sides. The training side of one split can hold rows that another holds out, so
/// what was fitted on a split is for the two sides of this split alone.
/// </summary>
internal sealed class SplitOrigin
{
    /// <summary>Refuses a side of another split than the one that a step was fitted on.</summary>
    internal void Require(SplitOrigin found, string step)
    {
        if (!ReferenceEquals(this, found))
            throw new ArgumentException($"{step}: it was fitted on the training set of another split. Fit it on the training set of this one.");
    }
}
