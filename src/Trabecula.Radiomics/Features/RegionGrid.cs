using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Trabecula.Radiomics.Features;

/// <summary>
/// The region's bounding box laid out for neighbour scans: one column, row and slice of zeros stand between the lines of voxels and
/// serve both sides, so a neighbour is always <c>index + offset</c> and never needs a bounds check.
/// </summary>
/// <remarks>
/// Everything here depends on the mask alone and is computed once for all filtered images: the spans of region voxels, how many
/// neighbours each voxel has inside the region, and along which directions runs can exist.
/// </remarks>
internal sealed class RegionGrid
{
    /// <summary>Voxels that scans take at a time; a slice is a whole number of them.</summary>
    public const int BlockLength = BlockMask.Length;

    /// <summary>Room before and after the voxels beyond the largest neighbour offset, so that whole vectors may be read.</summary>
    private const int VectorRoom = 64;

    public RegionGrid(ReadOnlySpan<byte> mask, int nx, int ny, int nz)
    {
        (Nx, Ny, Nz) = (nx, ny, nz);
        StrideY = nx + 1;
        StrideZ = (StrideY * (ny + 1) + BlockLength - 1) / BlockLength * BlockLength;
        First = StrideZ + StrideY + 1 + VectorRoom;
        Length = checked(First + StrideZ * nz + StrideZ + StrideY + 1 + VectorRoom);
        Spans = FindSpans(mask, out int voxelCount);
        VoxelCount = voxelCount;
        Directions = FindDirections();
        Inside = new byte[Length];
        foreach (Span span in Spans)
            Inside.AsSpan(span.Grid, span.Length).Fill(1);
        NeighbourCount = CountNeighbours();
        RunDirections = [.. Directions.Where(HasLineOfTwo)];
        (Blocks, SliceBlocks) = FindBlocks();
    }

    public int Nx { get; }

    public int Ny { get; }

    public int Nz { get; }

    /// <summary>Steps to the next row and the next slice of the grid.</summary>
    public int StrideY { get; }

    /// <inheritdoc cref="StrideY"/>
    public int StrideZ { get; }

    /// <summary>Room that a single slice needs before and after it, so that whole vectors of neighbours may be read.</summary>
    public int SliceMargin => StrideY + 1 + VectorRoom;

    /// <summary>Index of voxel (0, 0, 0).</summary>
    public int First { get; }

    /// <summary>Length of an array on this grid, its margins included.</summary>
    public int Length { get; }

    /// <summary>The longest run that can be.</summary>
    public int LongestAxis => Math.Max(Nx, Math.Max(Ny, Nz));

    public int VoxelCount { get; }

    /// <summary>Maximal stretches of region voxels along x, in memory order.</summary>
    public Span[] Spans { get; }

    /// <summary>Where blocks of <see cref="BlockLength"/> start that hold voxels of the region; the others need no scan.</summary>
    public int[] Blocks { get; }

    /// <summary>The first block of each slice, and the number of blocks at the end.</summary>
    public int[] SliceBlocks { get; }

    /// <summary>1 inside the region, 0 elsewhere.</summary>
    public byte[] Inside { get; }

    /// <summary>How many of a voxel's 26 neighbours lie in the region.</summary>
    public byte[] NeighbourCount { get; }

    /// <summary>
    /// Half of the 26 directions as positive offsets, without those that leave the box at once (an axis of one voxel).
    /// PyRadiomics' angles are their negatives; every feature here is symmetric in that.
    /// </summary>
    public Direction[] Directions { get; }

    /// <summary>Directions along which some line holds two region voxels; PyRadiomics drops the others from the run-length matrix.</summary>
    public Direction[] RunDirections { get; }

    /// <summary>A stretch of region voxels: where it starts on the grid, in the box (x fastest, no margins) and among all region voxels.</summary>
    internal readonly record struct Span(int Grid, int Box, int Voxel, int Length);

    /// <summary>A step between neighbours.</summary>
    internal readonly record struct Direction(int Dx, int Dy, int Dz, int Offset);

    /// <summary>Copies the region's voxels out of an image of the box, in memory order.</summary>
    public void Gather(ReadOnlySpan<double> box, Span<double> voxels)
    {
        foreach (Span span in Spans)
            box.Slice(span.Box, span.Length).CopyTo(voxels[span.Voxel..]);
    }

    private Span[] FindSpans(ReadOnlySpan<byte> mask, out int voxelCount)
    {
        var spans = new List<Span>(Ny * Nz);
        voxelCount = 0;
        for (int z = 0; z < Nz; z++)
        {
            for (int y = 0; y < Ny; y++)
            {
                int box = (z * Ny + y) * Nx;
                ReadOnlySpan<byte> row = mask.Slice(box, Nx);
                for (int x = 0; x < Nx;)
                {
                    int gap = row[x..].IndexOfAnyExcept((byte)0);
                    if (gap < 0)
                        break;
                    x += gap;
                    int length = row[x..].IndexOf((byte)0);
                    if (length < 0)
                        length = Nx - x;
                    spans.Add(new Span(First + z * StrideZ + y * StrideY + x, box + x, voxelCount, length));
                    voxelCount += length;
                    x += length;
                }
            }
        }
        return [.. spans];
    }

    private Direction[] FindDirections()
    {
        var directions = new List<Direction>(13);
        for (int dz = 0; dz <= 1; dz++)
        {
            for (int dy = -1; dy <= 1; dy++)
            {
                for (int dx = -1; dx <= 1; dx++)
                {
                    int offset = dz * StrideZ + dy * StrideY + dx;
                    bool forward = dz > 0 || dy > 0 || (dy == 0 && dx > 0);
                    if (forward && Math.Abs(dx) < Nx && Math.Abs(dy) < Ny && dz < Nz)
                        directions.Add(new Direction(dx, dy, dz, offset));
                }
            }
        }
        return [.. directions];
    }

    private (int[] Blocks, int[] SliceBlocks) FindBlocks()
    {
        var blocks = new List<int>();
        var sliceBlocks = new int[Nz + 1];
        for (int z = 0; z < Nz; z++)
        {
            for (int start = First + z * StrideZ; start < First + (z + 1) * StrideZ; start += BlockLength)
            {
                if (Inside.AsSpan(start, BlockLength).Contains((byte)1))
                    blocks.Add(start);
            }
            sliceBlocks[z + 1] = blocks.Count;
        }
        return ([.. blocks], sliceBlocks);
    }

    private byte[] CountNeighbours()
    {
        var counts = new byte[Length];
        var rows = new byte[Length];
        var planes = new byte[Length];
        // Sums of three along x, then y, then z: 27 fits a byte.
        SumOfThree<byte>(Inside, rows, 1);
        SumOfThree<byte>(rows, planes, StrideY);
        SumOfThree<byte>(planes, counts, StrideZ);
        for (int i = 0; i < counts.Length; i++)
            counts[i] -= Inside[i];
        return counts;
    }

    /// <summary>Adds each element's two neighbours at a distance of <paramref name="step"/> to it; the margins stay untouched.</summary>
    internal static void SumOfThree<T>(ReadOnlySpan<T> source, Span<T> target, int step) where T : unmanaged, IBinaryInteger<T>
    {
        ref T from = ref MemoryMarshal.GetReference(source);
        ref T to = ref MemoryMarshal.GetReference(target);
        int i = step;
        for (; i <= source.Length - step - Vector256<T>.Count; i += Vector256<T>.Count)
        {
            Vector256<T> sum = Vector256.LoadUnsafe(ref from, (nuint)(i - step)) + Vector256.LoadUnsafe(ref from, (nuint)i);
            (sum + Vector256.LoadUnsafe(ref from, (nuint)(i + step))).StoreUnsafe(ref to, (nuint)i);
        }
        for (; i < source.Length - step; i++)
            target[i] = source[i - step] + source[i] + source[i + step];
    }

    private bool HasLineOfTwo(Direction direction)
    {
        foreach (Span span in Spans)
        {
            for (int i = span.Grid; i < span.Grid + span.Length; i++)
            {
                if (Inside[i + direction.Offset] != 0)
                    return true;
            }
        }
        // No two in touch: follow each voxel's line through the gaps, up to the border of the box.
        foreach (Span span in Spans)
        {
            int z = span.Box / (Nx * Ny), y = span.Box / Nx % Ny, x0 = span.Box % Nx;
            for (int i = 0; i < span.Length; i++)
            {
                int steps = Math.Min(StepsInside(x0 + i, direction.Dx, Nx), Math.Min(StepsInside(y, direction.Dy, Ny), StepsInside(z, direction.Dz, Nz)));
                for (int k = 1; k <= steps; k++)
                {
                    if (Inside[span.Grid + i + k * direction.Offset] != 0)
                        return true;
                }
            }
        }
        return false;
    }

    private static int StepsInside(int position, int step, int size) => step switch
    {
        0 => int.MaxValue,
        > 0 => size - 1 - position,
        _ => position,
    };
}
