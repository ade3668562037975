namespace Trabecula.Learning.Splitting;

/// <summary>
/// All subjects as one training set, with nothing held out: for the last refit of a finished study, and for steps that a plan of
/// profile <c>paper</c> runs before its split. What is fitted so cannot be evaluated on the same subjects.
/// </summary>
public static class WholeCohort
{
    /// <summary>All rows as training rows.</summary>
    public static TrainingSet Of(FeatureTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return new TrainingSet(table, new SplitOrigin());
    }
}
