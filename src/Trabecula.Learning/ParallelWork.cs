using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace Trabecula.Learning;

/// <summary>
/// Pieces of work on several threads, one piece at a time to each, since pieces differ a thousandfold in cost. A fault comes out as
/// itself and not wrapped, so that who runs one piece and who runs many read the same; of several the one of the first piece, whatever the order in
/// which threads came to them.
/// </summary>
internal static class ParallelWork
{
    internal static void ForEach<T>(IEnumerable<T> pieces, int jobs, Action<T> run, CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = jobs, CancellationToken = cancellationToken };
        (int Index, Exception Fault)? first = null;
        var turn = new Lock();
        try
        {
            // Pieces are handed out in their order, and those that were begun are finished: a piece before one that failed has failed too by the end, or has not.
            Parallel.ForEach(Partitioner.Create(pieces.Index(), EnumerablePartitionerOptions.NoBuffering), options, piece =>
            {
                try
                {
                    run(piece.Item);
                }
                catch (Exception fault) when (fault is not OperationCanceledException)
                {
                    lock (turn)
                        first = first is { } earlier && earlier.Index < piece.Index ? first : (piece.Index, fault);
                    throw;
                }
            });
        }
        catch (AggregateException faults)
        {
            ExceptionDispatchInfo.Throw(first?.Fault ?? faults.InnerExceptions[0]);
        }
    }
}
