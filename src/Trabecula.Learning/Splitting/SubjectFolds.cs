namespace Trabecula.Learning.Splitting;

/// <summary>From the fold of each subject to the rows of each split, all rows of a subject on one side.</summary>
internal static class SubjectFolds
{
    /// <summary>A split for each fold in turn, held out from all others.</summary>
    /// <param name="table">The rows.</param>
    /// <param name="foldOf">The fold of every subject.</param>
    /// <param name="folds">The folds that are held out, in this order.</param>
    internal static IReadOnlyList<RowParts> HoldOutEach(FeatureTable table, IReadOnlyDictionary<string, int> foldOf, IEnumerable<int> folds) =>
        [.. folds.Select(fold => Part(table, subject => foldOf[subject] == fold))];

    /// <summary>One split.</summary>
    internal static RowParts Part(FeatureTable table, Func<string, bool> isHeldOut)
    {
        var training = new List<int>();
        var heldOut = new List<int>();
        for (int row = 0; row < table.RowCount; row++)
            (isHeldOut(table.Subjects[row]) ? heldOut : training).Add(row);
        return new RowParts([.. training], [.. heldOut]);
    }

    /// <summary>The subjects, each once and sorted, so that the order of rows cannot matter.</summary>
    internal static string[] Sorted(FeatureTable table) => [.. table.Subjects.Distinct().Order(StringComparer.Ordinal)];

    /// <summary>What belongs to each subject by a map of the caller's.</summary>
    /// <exception cref="LearningException">The map lacks a subject.</exception>
    internal static Dictionary<string, T> Look<T>(FeatureTable table, IReadOnlyDictionary<string, T> map, string splitter, string what)
    {
        string[] subjects = Sorted(table);
        string[] unknown = [.. subjects.Where(subject => !map.ContainsKey(subject))];
        if (unknown.Length > 0)
            throw new LearningException(
                $"{splitter}: {unknown.Length} of {subjects.Length} subjects have no {what}: {Listing.Of(unknown)}.",
                $"Give the {what} of every subject, or leave these subjects out.");
        return subjects.ToDictionary(subject => subject, subject => map[subject], StringComparer.Ordinal);
    }

    /// <summary>The seed of a repeat; that of a single one is the splitter's own.</summary>
    internal static Seed SeedOf(Seed seed, int repeat) => repeat == 0 ? seed : seed.Derive("repeat", repeat);

    internal static IReadOnlyList<string> ProblemsOfCount(string option, int value, int minimum) =>
        value < minimum ? [$"{option} is {value}, expected {minimum} or more."] : [];
}
