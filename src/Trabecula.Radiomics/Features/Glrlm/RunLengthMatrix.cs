using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Trabecula.Radiomics.Features.Glrlm;

/// <summary>
/// Grey-level run-length matrix of one direction (Galloway 1975; IBSI 3.7): how many runs of j voxels of level i lie along it. A run ends
/// at a voxel of another level or outside the region.
/// </summary>
/// <remarks>
/// A voxel's position in its run is its predecessor's plus one where the levels are equal, else one; a predecessor lies in the same slice
/// or in the one before, so positions of two slices are kept. That goes a vector of voxels at a time. Only voxels that end a run of two
/// or more are touched one by one; runs of one are the voxels of a level that are in no longer run.
/// </remarks>
internal sealed class RunLengthMatrix
{
    private int[] _counts = [];
    private int _maximumLength;

    /// <summary>Counts the runs of one direction and adds them to <paramref name="matrix"/>, which must be empty.</summary>
    public void Count<T>(LevelGrid<T> grid, Discretization levels, RegionGrid.Direction direction, LevelSizeMatrix matrix)
        where T : unmanaged, IBinaryInteger<T>
    {
        RegionGrid region = grid.Region;
        int stride = region.LongestAxis + 1;
        int size = stride * (levels.Levels.Length + 1);
        if (_counts.Length < size)
            _counts = new int[size];
        else
            Array.Clear(_counts, 0, size);
        _maximumLength = 1;
        if (direction.Offset == 1)
            CountRunsInRows(grid.Ranks, region, stride);
        else
            CountRunsAcrossRows(grid, direction, stride);

        for (int rank = 1; rank <= levels.Levels.Length; rank++)
        {
            Span<int> ofLevel = _counts.AsSpan(rank * stride, stride);
            int single = levels.Histogram[rank - 1];
            for (int length = 2; length <= _maximumLength; length++)
                single -= length * ofLevel[length];
            ofLevel[1] = single;
            for (int length = 1; length <= _maximumLength; length++)
            {
                if (ofLevel[length] > 0)
                    matrix.Add(rank, length, ofLevel[length]);
            }
        }
    }

    /// <summary>Along x a run is a row of bits: as many voxels equal their predecessor as it is long, but for the first.</summary>
    private void CountRunsInRows<T>(T[] ranks, RegionGrid region, int stride) where T : unmanaged, IBinaryInteger<T>
    {
        int carried = 0;
        foreach (int block in region.Blocks)
        {
            ref T level = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(ranks), block);
            ulong continues = BlockMask.Equal(ref level, ref Unsafe.Subtract(ref level, 1)) & ~BlockMask.Equal(ref level, T.Zero);
            ulong ends = continues & ~BlockMask.Equal(ref level, ref Unsafe.Add(ref level, 1));
            for (; ends != 0; ends &= ends - 1)
            {
                int at = BitOperations.TrailingZeroCount(ends), before = BitOperations.LeadingZeroCount(~(continues << (63 - at)));
                int length = 1 + before + (before == at + 1 ? carried : 0);
                _counts[int.CreateTruncating(Unsafe.Add(ref level, at)) * stride + length]++;
                _maximumLength = Math.Max(_maximumLength, length);
            }
            // A run that goes on in the next block: where that block is not next in memory, its first voxel has no predecessor.
            int last = BitOperations.LeadingZeroCount(~continues);
            carried = last == BlockMask.Length ? carried + last : last;
        }
    }

    private void CountRunsAcrossRows<T>(LevelGrid<T> grid, RegionGrid.Direction direction, int stride) where T : unmanaged, IBinaryInteger<T>
    {
        (T[] slice, T[] sliceBefore) = grid.TwoSlices;
        for (int z = 0; z < grid.Region.Nz; z++)
        {
            FollowRuns(grid.Ranks, slice, direction.Dz == 0 ? slice : sliceBefore, grid.Region, z, direction, stride);
            (slice, sliceBefore) = (sliceBefore, slice);
        }
    }

    private void FollowRuns<T>(
        T[] ranks, T[] positions, T[] positionsBefore, RegionGrid region, int z, RegionGrid.Direction direction, int stride)
        where T : unmanaged, IBinaryInteger<T>
    {
        int start = region.First + z * region.StrideZ;
        ref T here = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(ranks), start);
        ref T back = ref Unsafe.Subtract(ref here, direction.Offset);
        ref T ahead = ref Unsafe.Add(ref here, direction.Offset);
        ref T position = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(positions), region.SliceMargin);
        int step = direction.Dy * region.StrideY + direction.Dx;
        ref T positionBack = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(positionsBefore), region.SliceMargin - step);
        ref int counts = ref MemoryMarshal.GetArrayDataReference(_counts);
        int maximum = _maximumLength;
        // A predecessor in the same vector would not be known yet when the vector is loaded.
        int apart = direction.Dz == 0 ? step : BlockMask.Length;
        foreach (int block in region.Blocks.AsSpan(region.SliceBlocks[z]..region.SliceBlocks[z + 1]))
        {
            int first = block - start;
            Extend(ref Unsafe.Add(ref here, first), ref Unsafe.Add(ref back, first), ref Unsafe.Add(ref positionBack, first), ref Unsafe.Add(ref position, first), apart);
            ref T level = ref Unsafe.Add(ref here, first);
            ulong ends = BlockMask.Equal(ref level, ref Unsafe.Add(ref back, first))
                & ~BlockMask.Equal(ref level, ref Unsafe.Add(ref ahead, first)) & ~BlockMask.Equal(ref level, T.Zero);
            for (; ends != 0; ends &= ends - 1)
            {
                int at = first + BitOperations.TrailingZeroCount(ends);
                int length = int.CreateTruncating(Unsafe.Add(ref position, at));
                Unsafe.Add(ref counts, int.CreateTruncating(Unsafe.Add(ref here, at)) * stride + length)++;
                maximum = Math.Max(maximum, length);
            }
        }
        _maximumLength = maximum;
    }

    /// <summary>The positions of a block's voxels in their runs, from those of their predecessors, which are at least so far apart in memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Extend<T>(ref T here, ref T back, ref T positionBack, ref T position, int apart) where T : unmanaged, IBinaryInteger<T>
    {
        if (apart >= Vector256<T>.Count)
        {
            for (nuint i = 0; i < BlockMask.Length; i += (nuint)Vector256<T>.Count)
            {
                Vector256<T> equal = Vector256.Equals(Vector256.LoadUnsafe(ref here, i), Vector256.LoadUnsafe(ref back, i));
                ((Vector256.LoadUnsafe(ref positionBack, i) & equal) + Vector256<T>.One).StoreUnsafe(ref position, i);
            }
        }
        else if (apart >= Vector128<T>.Count)
        {
            for (nuint i = 0; i < BlockMask.Length; i += (nuint)Vector128<T>.Count)
            {
                Vector128<T> equal = Vector128.Equals(Vector128.LoadUnsafe(ref here, i), Vector128.LoadUnsafe(ref back, i));
                ((Vector128.LoadUnsafe(ref positionBack, i) & equal) + Vector128<T>.One).StoreUnsafe(ref position, i);
            }
        }
        else
        {
            for (int i = 0; i < BlockMask.Length; i++)
                Unsafe.Add(ref position, i) = Unsafe.Add(ref here, i) == Unsafe.Add(ref back, i) ? Unsafe.Add(ref positionBack, i) + T.One : T.One;
        }
    }
}
