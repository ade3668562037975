namespace Trabecula.Workbench.Studies;

/// <summary>What work after the fits needs to be like that before: somebody to tell how far it is, and a way to be stopped.</summary>
/// <param name="Progress">Told of stages.</param>
/// <param name="CancellationToken">Stops the work at its next report.</param>
internal sealed record StageWork(IProgress<StudyProgress>? Progress = null, CancellationToken CancellationToken = default)
{
    /// <summary>Tells how far a stage is, unless the work is to stop.</summary>
    /// <exception cref="OperationCanceledException">It is.</exception>
    internal void Report(string stage, int done, int total)
    {
        CancellationToken.ThrowIfCancellationRequested();
        Progress?.Report(new StudyProgress(stage, done, total));
    }

    /// <summary>The items one by one, with a report before the first and after each.</summary>
    internal IEnumerable<T> Through<T>(string stage, IReadOnlyList<T> items)
    {
        for (int i = 0; i < items.Count; i++)
        {
            Report(stage, i, items.Count);
            yield return items[i];
        }
        if (items.Count > 0)
            Report(stage, items.Count, items.Count);
    }
}
