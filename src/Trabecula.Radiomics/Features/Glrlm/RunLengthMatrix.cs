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
        (T[] slice, T[] sliceBefore) = grid.TwoSlices;
        for (int z = 0; z < region.Nz; z++)
        {
            FollowRuns(grid.Ranks, slice, direction.Dz == 0 ? slice : sliceBefore, region, z, direction, stride);
            (slice, sliceBefore) = (sliceBefore, slice);
        }

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
        // A predecessor in the same vector is not known yet when the vector is loaded.
        bool oneByOne = direction.Dz == 0 && step < Vector256<T>.Count;
        foreach (int block in region.Blocks.AsSpan(region.SliceBlocks[z]..region.SliceBlocks[z + 1]))
        {
            int first = block - start;
            for (int i = first; i < first + RegionGrid.BlockLength; i += Vector256<T>.Count)
            {
                if (oneByOne)
                {
                    for (int k = i; k < i + Vector256<T>.Count; k++)
                    {
                        bool continues = Unsafe.Add(ref here, k) == Unsafe.Add(ref back, k);
                        Unsafe.Add(ref position, k) = continues ? Unsafe.Add(ref positionBack, k) + T.One : T.One;
                    }
                    continue;
                }
                Vector256<T> equal = Vector256.Equals(Vector256.LoadUnsafe(ref here, (nuint)i), Vector256.LoadUnsafe(ref back, (nuint)i));
                ((Vector256.LoadUnsafe(ref positionBack, (nuint)i) & equal) + Vector256<T>.One).StoreUnsafe(ref position, (nuint)i);
            }
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
}
