using System.Numerics;
using System.Runtime.InteropServices;

namespace Trabecula.Learning.Sampling;

/// <summary>Nearest rows by Euclidean distance over all columns, by comparing all pairs.</summary>
/// <remarks>
/// A row is never a neighbour of its own. Equal distances: the row that stands first. scikit-learn's <c>NearestNeighbors</c>, of which
/// imbalanced-learn drops the first of k + 1 by its position, gives the same where no two rows are equal; where some are, it may drop
/// the twin and keep the row itself.
/// Determinism: each squared distance is summed column by column. Vectors hold several candidates, never several columns, so that
/// their width changes no result.
/// </remarks>
internal static class NearestRows
{
    // 128 candidates of 30 columns stay in the first-level cache while all queries pass by.
    private const int BlockSize = 128;
    private const int QueriesBetweenChecks = 64;

    /// <summary>For each query its <paramref name="count"/> nearest candidates, nearest first, as places in <paramref name="candidates"/>.</summary>
    /// <param name="values">Row by row.</param>
    /// <param name="columns">Number of columns.</param>
    /// <param name="queries">The rows to find neighbours of.</param>
    /// <param name="candidates">The rows to find them among; at least <paramref name="count"/> besides the query.</param>
    /// <param name="count">Neighbours of each query.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>Query by query, <paramref name="count"/> places each.</returns>
    /// <exception cref="LearningException">A distance overflows.</exception>
    internal static int[] Find(
        ReadOnlySpan<double> values, int columns, ReadOnlySpan<int> queries, ReadOnlySpan<int> candidates, int count, CancellationToken cancellationToken)
    {
        int[] found = new int[queries.Length * count];
        var distances = new double[found.Length];
        Array.Fill(found, -1);
        Array.Fill(distances, double.PositiveInfinity);
        var block = new double[columns * BlockSize];
        var sums = new double[BlockSize];
        for (int start = 0; start < candidates.Length; start += BlockSize)
        {
            ReadOnlySpan<int> inBlock = candidates[start..Math.Min(start + BlockSize, candidates.Length)];
            Transpose(values, columns, inBlock, block);
            for (int query = 0; query < queries.Length; query++)
            {
                if (query % QueriesBetweenChecks == 0)
                    cancellationToken.ThrowIfCancellationRequested();
                SquaredDistances(values.Slice(queries[query] * columns, columns), block, sums);
                Span<int> places = found.AsSpan(query * count, count);
                Span<double> nearest = distances.AsSpan(query * count, count);
                for (int i = 0; i < inBlock.Length; i++)
                {
                    if (sums[i] < nearest[^1] && inBlock[i] != queries[query])
                        Insert(places, nearest, start + i, sums[i]);
                }
            }
        }
        if (found.Contains(-1))
            throw new LearningException("Distances between rows are too large for a number.", "Scale the columns before.");
        return found;
    }

    private static void Transpose(ReadOnlySpan<double> values, int columns, ReadOnlySpan<int> rows, Span<double> block)
    {
        for (int i = 0; i < rows.Length; i++)
        {
            ReadOnlySpan<double> row = values.Slice(rows[i] * columns, columns);
            for (int column = 0; column < columns; column++)
                block[column * BlockSize + i] = row[column];
        }
    }

    private static void SquaredDistances(ReadOnlySpan<double> query, ReadOnlySpan<double> block, Span<double> sums)
    {
        Span<Vector<double>> total = MemoryMarshal.Cast<double, Vector<double>>(sums);
        total.Clear();
        for (int column = 0; column < query.Length; column++)
        {
            var at = new Vector<double>(query[column]);
            ReadOnlySpan<Vector<double>> others = MemoryMarshal.Cast<double, Vector<double>>(block.Slice(column * BlockSize, BlockSize));
            for (int i = 0; i < others.Length; i++)
            {
                Vector<double> difference = others[i] - at;
                total[i] += difference * difference;
            }
        }
    }

    private static void Insert(Span<int> places, Span<double> nearest, int place, double distance)
    {
        int at = places.Length - 1;
        for (; at > 0 && distance < nearest[at - 1]; at--)
            (places[at], nearest[at]) = (places[at - 1], nearest[at - 1]);
        (places[at], nearest[at]) = (place, distance);
    }
}
