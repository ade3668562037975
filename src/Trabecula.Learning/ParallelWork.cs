using System.Runtime.ExceptionServices;

namespace Trabecula.Learning;

/// <summary>
/// Pieces of work on several threads, one piece at a time to each, since pieces differ a thousandfold in cost. A fault comes out as
/// itself and not wrapped, so that who runs one piece and who runs many read the same.
/// </summary>
internal static class ParallelWork
{
    internal static void ForEach<T>(IEnumerable<T> pieces, int jobs, Action<T> run, CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = jobs, CancellationToken = cancellationToken };
        try
        {
            Parallel.ForEach(System.Collections.Concurrent.Partitioner.Create(pieces, System.Collections.Concurrent.EnumerablePartitionerOptions.NoBuffering), options, run);
        }
        catch (AggregateException faults)
        {
            ExceptionDispatchInfo.Throw(faults.InnerExceptions[0]);
        }
    }
}
