namespace Trabecula.Learning.Models;

/// <summary>When a tree stops, and what it looks at.</summary>
/// <param name="MaxDepth">Levels below the root.</param>
/// <param name="MinSamplesSplit">Fewer rows are not parted.</param>
/// <param name="MinSamplesLeaf">Rows on either side of a split, each counted once however often it was drawn, as scikit-learn does.</param>
/// <param name="Columns">Columns looked at in each node.</param>
/// <param name="RandomThresholds">One random threshold for each column instead of the best.</param>
internal readonly record struct TreeRules(int MaxDepth, int MinSamplesSplit, int MinSamplesLeaf, int Columns, bool RandomThresholds);
