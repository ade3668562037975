using System.Numerics;

namespace Trabecula.Radiomics.Features;

/// <summary>
/// The ranks of the grey levels on a <see cref="RegionGrid"/>, 0 outside the region. Bytes while levels and run lengths fit, as they nearly
/// always do: neighbour scans then compare 32 voxels at a time.
/// </summary>
internal sealed class LevelGrid<T>(RegionGrid region) where T : unmanaged, IBinaryInteger<T>
{
    private readonly T[] _ranks = new T[region.Length];

    public RegionGrid Region { get; } = region;

    /// <summary>Ranks from 1, x fastest on the grid; 0 outside the region.</summary>
    public T[] Ranks => _ranks;

    /// <summary>Room for a number per voxel of two slices, with a margin on both sides; contents are whatever was left there.</summary>
    public (T[] One, T[] Other) TwoSlices { get; } = (new T[region.StrideZ + 2 * region.SliceMargin], new T[region.StrideZ + 2 * region.SliceMargin]);

    /// <summary>Takes over the ranks of the region's voxels; outside it the grid is zero already.</summary>
    public void Fill(ReadOnlySpan<int> rankOfVoxel)
    {
        foreach (RegionGrid.Span span in Region.Spans)
        {
            ReadOnlySpan<int> source = rankOfVoxel.Slice(span.Voxel, span.Length);
            Span<T> target = _ranks.AsSpan(span.Grid, span.Length);
            for (int i = 0; i < source.Length; i++)
                target[i] = T.CreateTruncating(source[i]);
        }
    }
}
