namespace Trabecula.Learning.Splitting;

/// <summary>
/// The identity of one split, carried by both of its sides. The training side of one split can hold rows that another holds out, so
/// what was fitted on a split is for the two sides of this split alone.
/// </summary>
internal sealed class SplitOrigin
{
    /// <summary>Refuses a side of another split than the one that a step was fitted on; what was read from a file has none.</summary>
    internal static void Require(SplitOrigin? fittedOn, SplitOrigin found, string step)
    {
        if (!ReferenceEquals(fittedOn, found))
            throw new ArgumentException($"{step}: it was fitted on the training set of another split. Fit it on the training set of this one.");
    }
}
