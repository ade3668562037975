using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Trabecula.Radiomics.Features.Glszm;

/// <summary>Grey-level size-zone matrix (Thibault 2009; IBSI 3.8): how many 26-connected zones of j voxels have level i.</summary>
/// <remarks>
/// Union-find over voxels in memory order. A voxel need not be linked to each of the 13 neighbours that come before it: two of these that are
/// neighbours themselves are in one zone already where both have the level. The voxel before in z is a neighbour of all twelve others, so one
/// link does where it has the level. Where it has not, the voxel above in y stands for all but the row after in the slice before, and the left
/// voxel for what lies above and above left. What remains is found for 64 voxels at a time; zones in noise cost few links, and large zones hardly any.
/// </remarks>
internal sealed class SizeZoneMatrix
{
    private const int DenseSizes = 64;

    private readonly List<(int Rank, int Size)> _largeZones = [];
    private int[] _parent = [];
    private int[] _size = [];
    private int[] _zones = [];
    private (ulong Inside, ulong Left)[] _masks = [];
    private ulong[] _roots = [];

    /// <summary>Finds all zones and adds them to <paramref name="matrix"/>, which must be empty.</summary>
    public void Count<T>(LevelGrid<T> grid, Discretization levels, LevelSizeMatrix matrix) where T : unmanaged, IBinaryInteger<T>
    {
        RegionGrid region = grid.Region;
        Link(grid.Ranks, region);
        if (_size.Length < region.Length)
            _size = GC.AllocateUninitializedArray<int>(region.Length);
        Tally(grid.Ranks, region, levels.Levels.Length, matrix);
    }

    /// <summary>How many 26-connected parts a region has, whatever its levels.</summary>
    public static int CountParts(RegionGrid region)
    {
        var zones = new SizeZoneMatrix();
        zones.Link(region.Inside, region);
        int parts = 0;
        foreach (RegionGrid.Span span in region.Spans)
        {
            // Within a span every voxel but the first is linked to its left one.
            if (zones._parent[span.Grid] == span.Grid)
                parts++;
        }
        return parts;
    }

    private void Link<T>(T[] ranks, RegionGrid region) where T : unmanaged, IBinaryInteger<T>
    {
        if (_parent.Length < region.Length)
            _parent = GC.AllocateUninitializedArray<int>(region.Length);
        int row = region.StrideY, slice = region.StrideZ;
        ref T here = ref MemoryMarshal.GetArrayDataReference(ranks);
        ref int parent = ref MemoryMarshal.GetArrayDataReference(_parent);
        int head = 0;
        if (_masks.Length < region.Blocks.Length)
            (_masks, _roots) = (new (ulong, ulong)[region.Blocks.Length], new ulong[region.Blocks.Length]);
        for (int k = 0; k < region.Blocks.Length; k++)
        {
            int block = region.Blocks[k];
            ref T levels = ref Unsafe.Add(ref here, block);
            ulong inside = ~BlockMask.Equal(ref levels, T.Zero);
            ulong left = inside & BlockMask.Equal(ref levels, ref Unsafe.Subtract(ref levels, 1));
            _masks[k] = (inside, left);
            for (ulong voxels = inside; voxels != 0; voxels &= voxels - 1)
            {
                int bit = BitOperations.TrailingZeroCount(voxels), at = block + bit;
                head = (left >> bit & 1) != 0 ? head : at;
                Unsafe.Add(ref parent, at) = head;
            }
            ulong before = inside & Same(ref levels, slice), rest = inside & ~before;
            LinkAll(ref parent, block, before & ~left, slice);
            if (rest == 0)
                continue;
            ulong above = rest & Same(ref levels, row), aboveLeft = rest & Same(ref levels, row + 1), aboveRight = rest & Same(ref levels, row - 1);
            ulong open = rest & ~above;
            LinkAll(ref parent, block, above & ~left, row);
            LinkAll(ref parent, block, aboveLeft & open & ~left, row + 1);
            LinkAll(ref parent, block, aboveRight & open, row - 1);
            LinkAll(ref parent, block, open & ~aboveLeft & ~left & Same(ref levels, slice + 1), slice + 1);
            LinkAll(ref parent, block, open & ~aboveRight & Same(ref levels, slice - 1), slice - 1);
            LinkRow(ref levels, ref parent, block, open, left, slice + row);
            LinkRow(ref levels, ref parent, block, rest, left, slice - row);
        }
    }

    /// <summary>Links voxels to the three of a row that lies <paramref name="back"/> before them.</summary>
    private static void LinkRow<T>(ref T levels, ref int parent, int block, ulong voxels, ulong left, int back) where T : unmanaged, IBinaryInteger<T>
    {
        ulong middle = voxels & Same(ref levels, back);
        LinkAll(ref parent, block, middle & ~left, back);
        LinkAll(ref parent, block, voxels & ~middle & ~left & Same(ref levels, back + 1), back + 1);
        LinkAll(ref parent, block, voxels & ~middle & Same(ref levels, back - 1), back - 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Same<T>(ref T levels, int back) where T : unmanaged, IBinaryInteger<T> => BlockMask.Equal(ref levels, ref Unsafe.Subtract(ref levels, back));

    private static void LinkAll(ref int parent, int block, ulong voxels, int back)
    {
        for (; voxels != 0; voxels &= voxels - 1)
        {
            int at = block + BitOperations.TrailingZeroCount(voxels);
            int a = Root(ref parent, at), b = Root(ref parent, at - back);
            // The smaller index is the root, so one pass in memory order resolves all parents.
            if (a < b)
                Unsafe.Add(ref parent, b) = a;
            else
                Unsafe.Add(ref parent, a) = b;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Root(ref int parent, int at)
    {
        while (true)
        {
            int up = Unsafe.Add(ref parent, at);
            if (up == at)
                return at;
            int further = Unsafe.Add(ref parent, up);
            Unsafe.Add(ref parent, at) = further;
            at = further;
        }
    }

    private void Tally<T>(T[] ranks, RegionGrid region, int levelCount, LevelSizeMatrix matrix) where T : unmanaged, IBinaryInteger<T>
    {
        int zonesLength = (levelCount + 1) * (DenseSizes + 1);
        if (_zones.Length < zonesLength)
            _zones = new int[zonesLength];
        Array.Clear(_zones, 0, zonesLength);
        _largeZones.Clear();

        ref int parent = ref MemoryMarshal.GetArrayDataReference(_parent), sizes = ref MemoryMarshal.GetArrayDataReference(_size);
        // A stretch of equal voxels within a block counts at once. All parents are first voxels of stretches, and the smaller index is the parent:
        // those of a stretch's first voxel are settled when it is reached.
        for (int k = 0; k < region.Blocks.Length; k++)
        {
            (ulong inside, ulong left) = _masks[k];
            ulong roots = 0;
            int block = region.Blocks[k];
            for (ulong starts = inside & ~(left & ~1ul); starts != 0; starts &= starts - 1)
            {
                int bit = BitOperations.TrailingZeroCount(starts), at = block + bit;
                int length = 1 + (bit == 63 ? 0 : BitOperations.TrailingZeroCount(~(left >> (bit + 1))));
                int root = Unsafe.Add(ref parent, Unsafe.Add(ref parent, at));
                Unsafe.Add(ref parent, at) = root;
                // Without a branch, which noise would make a guess: all bits where the root lies before, none where this is it.
                int known = (root - at) >> 31;
                ref int size = ref Unsafe.Add(ref sizes, root);
                size = (size & known) + length;
                roots |= (ulong)(known + 1) << bit;
            }
            _roots[k] = roots;
        }
        for (int k = 0; k < region.Blocks.Length; k++)
        {
            int block = region.Blocks[k];
            for (ulong roots = _roots[k]; roots != 0; roots &= roots - 1)
            {
                int at = block + BitOperations.TrailingZeroCount(roots);
                int rank = int.CreateTruncating(ranks[at]), size = Unsafe.Add(ref sizes, at);
                if (size <= DenseSizes)
                    _zones[rank * (DenseSizes + 1) + size]++;
                else
                    _largeZones.Add((rank, size));
            }
        }

        for (int rank = 1; rank <= levelCount; rank++)
        {
            for (int size = 1; size <= DenseSizes; size++)
            {
                int count = _zones[rank * (DenseSizes + 1) + size];
                if (count > 0)
                    matrix.Add(rank, size, count);
            }
        }
        _largeZones.Sort();
        for (int k = 0; k < _largeZones.Count;)
        {
            (int Rank, int Size) zone = _largeZones[k];
            int count = 0;
            for (; k < _largeZones.Count && _largeZones[k] == zone; k++)
                count++;
            matrix.Add(zone.Rank, zone.Size, count);
        }
    }
}
