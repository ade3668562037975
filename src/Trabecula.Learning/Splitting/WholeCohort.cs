namespace Trabecula.Learning.Splitting;

/// <summary>
/// Takes every row for training and holds out none: for the refit of a procedure that was evaluated before. What it gives can
/// only be evaluated on other subjects.
/// </summary>
public static class WholeCohort
{
    /// <summary>All rows as a training set.</summary>
    public static TrainingSet Train(FeatureTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return new TrainingSet(table);
    }
}
