namespace Trabecula.Workbench.Extraction;

/// <summary>Works through the open cases of a plan, some at a time.</summary>
/// <param name="loader">Reads them.</param>
/// <param name="jobs">How many at a time.</param>
/// <param name="visitsAll">Whether finished cases are read too, for what is made beside their features.</param>
internal sealed class CaseRunner(ICaseLoader loader, int jobs, bool visitsAll = false)
{
    private readonly Lock _reporting = new();
    private int _done;

    /// <summary>Finishes each case of the plan.</summary>
    /// <exception cref="OperationCanceledException">The run was stopped; what is finished is in the journal.</exception>
    /// <exception cref="ExtractionException">The journal cannot be written.</exception>
    public void Run(CasePlan plan, IProgress<ExtractionProgress>? progress, CancellationToken cancellationToken)
    {
        IReadOnlyList<IReadOnlyList<PlannedCase>> open = plan.Open(visitsAll);
        _done = plan.Cases.Count - open.Sum(group => group.Count);
        int workers = Math.Min(jobs, open.Count);
        if (workers <= 1)
        {
            foreach (IReadOnlyList<PlannedCase> cases in open)
                Finish(cases, plan.Cases.Count, progress, cancellationToken);
            return;
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Exception? fault = null;
        int next = -1;
        void Work()
        {
            try
            {
                for (int i = Interlocked.Increment(ref next); i < open.Count; i = Interlocked.Increment(ref next))
                    Finish(open[i], plan.Cases.Count, progress, stop.Token);
            }
            catch (Exception exception)
            {
                // The first fault stops all workers; theirs are only its consequence.
                Interlocked.CompareExchange(ref fault, exception, null);
                stop.Cancel();
            }
        }

        var threads = new Thread[workers];
        for (int i = 0; i < workers; i++)
        {
            threads[i] = new Thread(Work) { Name = $"case worker {i}", IsBackground = true };
            threads[i].Start();
        }
        foreach (Thread thread in threads)
            thread.Join();
        if (fault is not null)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(fault);
    }

    private void Finish(IReadOnlyList<PlannedCase> cases, int total, IProgress<ExtractionProgress>? progress, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ICaseFeatures? loaded = null;
        Exception? fault = null;
        try
        {
            loaded = loader.Load(cases[0].Row.ImagePath, cases[0].Row.MaskPath, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            fault = exception;
        }

        foreach (PlannedCase planned in cases)
        {
            if (loaded is not null)
                planned.Complete(loaded, cancellationToken);
            else
                planned.Fail(fault!);
            lock (_reporting)
                progress?.Report(new ExtractionProgress(++_done, total, planned.Row.Title, planned.Results.Any(result => result.Failure is not null)));
        }
    }
}
