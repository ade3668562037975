namespace Trabecula.Learning.Evaluation;

/// <summary>The least Brier score that any predictions with at most a given AUROC can have.</summary>
/// <remarks>
/// A pair of an event with risk p and a non-event with risk q is in the wrong order, or tied, if p ≤ q; then (1 - p) + q ≥ 1. An AUROC of
/// A leaves at least D = ⌈(1 - A) n₁ n₀⌉ such pairs, a tie counted whole. Give each of D pairs the same weight w: for errors e with
/// e(event) + e(non-event) ≥ 1 on every pair, Σe² ≥ max over w of wD - w²/4 Σd² = D² / Σd², where d is the number of pairs a subject is in.
/// Σd² is largest when the pairs fill whole rows: as many events as possible, each with all non-events (or the other way round, whichever
/// gives more), and the rest on one more (Ahlswede and Katona 1978, Acta Math. Hung. 32:97). The bound needs no distribution and holds
/// for every set of predictions; the least score that can be reached lies somewhat above it.
/// </remarks>
public static class SmallestBrierScore
{
    /// <summary>Pairs of an event and a non-event that an AUROC leaves tied or in the wrong order, at least.</summary>
    /// <param name="auroc">The largest AUROC in question, 0 to 1.</param>
    /// <param name="events">Subjects with the event, from 1.</param>
    /// <param name="nonEvents">Subjects without, from 1.</param>
    public static long DiscordantPairs(double auroc, int events, int nonEvents)
    {
        Check(auroc, events, nonEvents);
        // The slack keeps an AUROC that is a whole number of pairs from asking for one more by its last digits.
        return Math.Max(0, (long)Math.Ceiling((1 - auroc) * events * nonEvents - 1e-6));
    }

    /// <summary>The bound.</summary>
    /// <inheritdoc cref="DiscordantPairs"/>
    /// <exception cref="ArgumentOutOfRangeException">An AUROC outside 0 to 1, or a class without subjects.</exception>
    public static double Bound(double auroc, int events, int nonEvents)
    {
        long pairs = DiscordantPairs(auroc, events, nonEvents);
        if (pairs == 0)
            return 0;
        double squares = Math.Max(SumOfSquares(pairs, nonEvents), SumOfSquares(pairs, events));
        return pairs * (double)pairs / squares / (events + nonEvents);
    }

    /// <summary>Σd² of pairs that fill rows of a length one after another.</summary>
    private static double SumOfSquares(long pairs, int length)
    {
        long full = pairs / length, rest = pairs % length;
        double rows = full * (double)length * length + rest * (double)rest;
        double columns = rest * (double)(full + 1) * (full + 1) + (length - rest) * (double)full * full;
        return rows + columns;
    }

    private static void Check(double auroc, int events, int nonEvents)
    {
        if (!(auroc is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(auroc), auroc, "An AUROC lies between 0 and 1.");
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(events);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(nonEvents);
    }
}
