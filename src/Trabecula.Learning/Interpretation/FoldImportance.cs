using Trabecula.Learning.Search;

namespace Trabecula.Learning.Interpretation;

/// <summary>
/// Permutation importance on training rows alone: a model is fitted in every fold, and the fold's validation rows are dealt out. What a study may rank
/// its predictors by before it looks at held-out subjects.
/// </summary>
public static class FoldImportance
{
    /// <summary>Computes the importance of each predictor that a fold's model sees.</summary>
    /// <param name="model">The model.</param>
    /// <param name="folds">The prepared folds.</param>
    /// <param name="permutation">How importance is computed.</param>
    /// <param name="seed">The origin of random choices.</param>
    /// <param name="jobs">Folds at the same time; results do not depend on it.</param>
    /// <param name="onDone">Told after each fold how many are done.</param>
    /// <param name="cancellationToken">Stops fits and predictions.</param>
    /// <returns>
    /// The predictors, the most important first. Each has one drop for a fold: the mean over the repeats, and 0 where the fold's steps did not select it.
    /// </returns>
    /// <exception cref="LearningException">The model cannot be fitted in a fold.</exception>
    public static IReadOnlyList<GroupImportance> Of(
        Classifier model, IReadOnlyList<PreparedFold> folds, PermutationImportance permutation, Seed seed, int jobs, Action<int>? onDone = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(folds);
        ArgumentNullException.ThrowIfNull(permutation);
        var found = new IReadOnlyList<GroupImportance>[folds.Count];
        int done = 0;
        ParallelWork.ForEach(Enumerable.Range(0, folds.Count), jobs, i =>
        {
            FittedClassifier fitted = model.Fit(folds[i].Training, seed.Derive("model", i), cancellationToken);
            FeatureTable rows = folds[i].Validation.Table;
            found[i] = permutation.Of(fitted, rows, ColumnGroup.OfPredictors(folds[i].Steps, rows.Schema), seed.Derive("fold", i), cancellationToken);
            onDone?.Invoke(Interlocked.Increment(ref done));
        }, cancellationToken);
        return
        [
            .. found.SelectMany(fold => fold).Select(group => group.Name).Distinct(StringComparer.Ordinal)
                .Select(name => new GroupImportance(name, [.. found.Select(fold => Find(fold, name)?.AurocDrop ?? 0)], [.. found.Select(fold => Find(fold, name)?.BrierRise ?? 0)]))
                .OrderByDescending(group => group.AurocDrop).ThenByDescending(group => group.BrierRise).ThenBy(group => group.Name, StringComparer.Ordinal),
        ];
    }

    private static GroupImportance? Find(IReadOnlyList<GroupImportance> fold, string name) => fold.FirstOrDefault(group => group.Name == name);
}
