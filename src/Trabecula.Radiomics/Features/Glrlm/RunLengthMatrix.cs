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
/// A voxel that continues its predecessor's run at position L says that the run has at least L voxels. Counting such voxels gives the
/// number of runs of at least L voxels, and the difference of neighbouring counts the number of exactly L. Positions 1 need no count:
/// they are the voxels that no other position takes. So only voxels equal to their predecessor are touched one by one; the others
/// are passed over 32 at a time.
/// </remarks>
internal sealed class RunLengthMatrix
{
    private int[] _atLeast = [];
    private ushort[] _position = [];
    private int _maximumLength;

    /// <summary>Counts the runs of one direction and adds them to <paramref name="matrix"/>, which must be empty.</summary>
    public void Count<T>(LevelGrid<T> grid, Discretization levels, RegionGrid.Direction direction, LevelSizeMatrix matrix)
        where T : unmanaged, IBinaryInteger<T>
    {
        RegionGrid region = grid.Region;
        int stride = Math.Max(region.Nx, Math.Max(region.Ny, region.Nz)) + 1;
        int size = stride * (levels.Levels.Length + 1);
        if (_atLeast.Length < size)
            _atLeast = new int[size];
        else
            Array.Clear(_atLeast, 0, size);
        if (_position.Length < region.Length)
            _position = new ushort[region.Length];
        Array.Fill(_position, (ushort)1, 0, region.Length);
        _maximumLength = 1;
        FollowRuns(grid.Ranks, region, direction.Offset, stride);

        for (int rank = 1; rank <= levels.Levels.Length; rank++)
        {
            Span<int> atLeast = _atLeast.AsSpan(rank * stride, stride);
            int first = levels.Histogram[rank - 1];
            for (int length = 2; length <= _maximumLength && atLeast[length] > 0; length++)
                first -= atLeast[length];
            atLeast[1] = first;
            for (int length = 1; length <= _maximumLength && atLeast[length] > 0; length++)
            {
                int exactly = atLeast[length] - (length < _maximumLength ? atLeast[length + 1] : 0);
                if (exactly > 0)
                    matrix.Add(rank, length, exactly);
            }
        }
    }

    private void FollowRuns<T>(T[] ranks, RegionGrid region, int offset, int stride) where T : unmanaged, IBinaryInteger<T>
    {
        ref T here = ref MemoryMarshal.GetArrayDataReference(ranks);
        int maximum = 1;
        for (int i = region.First; i < region.End; i += Vector256<T>.Count)
        {
            Vector256<T> level = Vector256.LoadUnsafe(ref here, (nuint)i);
            Vector256<T> before = Vector256.LoadUnsafe(ref here, (nuint)(i - offset));
            uint equal = Vector256.AndNot(Vector256.Equals(level, before), Vector256.Equals(level, Vector256<T>.Zero)).ExtractMostSignificantBits();
            while (equal != 0)
            {
                int at = i + BitOperations.TrailingZeroCount(equal);
                equal &= equal - 1;
                int length = _position[at - offset] + 1;
                _position[at] = (ushort)length;
                _atLeast[int.CreateTruncating(Unsafe.Add(ref here, at)) * stride + length]++;
                maximum = Math.Max(maximum, length);
            }
        }
        _maximumLength = maximum;
    }
}
