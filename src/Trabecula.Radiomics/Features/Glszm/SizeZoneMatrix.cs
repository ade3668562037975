using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Trabecula.Radiomics.Features.Glszm;

/// <summary>Grey-level size-zone matrix (Thibault 2009; IBSI 3.8): how many 26-connected zones of j voxels have level i.</summary>
/// <remarks>
/// Union-find over voxels in memory order. Of the 13 neighbours that come before a voxel, most links follow from others: voxels side by
/// side in a row are neighbours themselves. Take the voxel to the left, and in each of the four rows before the three voxels above left
/// (m), above (0) and above right (p): where 0 has the level, m and p are in its zone or of another level; where the left voxel has it, 0
/// and m are linked through it. What remains is found for 64 voxels at a time; zones in noise cost few links, and large zones hardly any.
/// </remarks>
internal sealed class SizeZoneMatrix
{
    private const int DenseSizes = 64;

    private readonly List<(int Rank, int Size)> _largeZones = [];
    private int[] _parent = [];
    private int[] _size = [];
    private int[] _zones = [];
    private (ulong Inside, ulong Left)[] _masks = [];

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
        ReadOnlySpan<int> rowsBefore = [region.StrideY, region.StrideZ - region.StrideY, region.StrideZ, region.StrideZ + region.StrideY];
        ref T here = ref MemoryMarshal.GetArrayDataReference(ranks);
        ref int parent = ref MemoryMarshal.GetArrayDataReference(_parent);
        int head = 0;
        if (_masks.Length < region.Blocks.Length)
            _masks = new (ulong, ulong)[region.Blocks.Length];
        for (int k = 0; k < region.Blocks.Length; k++)
        {
            int block = region.Blocks[k];
            ref T levels = ref Unsafe.Add(ref here, block);
            ulong inside = ~BlockMask.Equal(ref levels, T.Zero);
            ulong left = inside & BlockMask.Equal(ref levels, ref Unsafe.Subtract(ref levels, 1));
            _masks[k] = (inside, left);
            for (ulong rest = inside; rest != 0; rest &= rest - 1)
            {
                int bit = BitOperations.TrailingZeroCount(rest), at = block + bit;
                head = (left >> bit & 1) != 0 ? head : at;
                Unsafe.Add(ref parent, at) = head;
            }
            foreach (int back in rowsBefore)
            {
                ref T row = ref Unsafe.Subtract(ref levels, back);
                ulong above = inside & BlockMask.Equal(ref levels, ref row);
                ulong aboveLeft = inside & BlockMask.Equal(ref levels, ref Unsafe.Subtract(ref row, 1)) & ~above & ~left;
                ulong aboveRight = inside & BlockMask.Equal(ref levels, ref Unsafe.Add(ref row, 1)) & ~above;
                above &= ~left;
                LinkAll(ref parent, block, above, back);
                LinkAll(ref parent, block, aboveLeft, back + 1);
                LinkAll(ref parent, block, aboveRight, back - 1);
            }
        }
    }

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

        // A stretch of equal voxels within a block counts at once. All parents are first voxels of stretches, and the smaller index is the parent:
        // those of a stretch's first voxel are settled when it is reached.
        for (int k = 0; k < region.Blocks.Length; k++)
        {
            (ulong inside, ulong left) = _masks[k];
            int block = region.Blocks[k];
            for (ulong starts = inside & ~(left & ~1ul); starts != 0; starts &= starts - 1)
            {
                int bit = BitOperations.TrailingZeroCount(starts), at = block + bit;
                int length = 1 + (bit == 63 ? 0 : BitOperations.TrailingZeroCount(~(left >> (bit + 1))));
                int root = _parent[_parent[at]];
                _parent[at] = root;
                _size[root] = root == at ? length : _size[root] + length;
            }
        }
        for (int k = 0; k < region.Blocks.Length; k++)
        {
            (ulong inside, ulong left) = _masks[k];
            int block = region.Blocks[k];
            for (ulong starts = inside & ~left; starts != 0; starts &= starts - 1)
            {
                int at = block + BitOperations.TrailingZeroCount(starts);
                if (_parent[at] != at)
                    continue;
                int rank = int.CreateTruncating(ranks[at]), size = _size[at];
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
