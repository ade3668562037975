using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Trabecula.Radiomics.Features.Glszm;

/// <summary>Grey-level size-zone matrix (Thibault 2009; IBSI 3.8): how many 26-connected zones of j voxels have level i.</summary>
/// <remarks>
/// Union-find over voxels in memory order. Of the 13 neighbours that come before a voxel, most links follow from others: voxels side by
/// side in a row are neighbours themselves. Take the voxel to the left, and in each of the four rows before the three voxels above left
/// (m), above (0) and above right (p): where 0 has the level, m and p are in its zone or of another level; where the left voxel has it, 0
/// and m are linked through it. What remains is found for 32 voxels at a time; zones in noise cost few links, and large zones hardly any.
/// </remarks>
internal sealed class SizeZoneMatrix
{
    private const int DenseSizes = 64;

    private readonly List<(int Rank, int Size)> _largeZones = [];
    private int[] _parent = [];
    private int[] _size = [];
    private int[] _zones = [];

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
        foreach (int start in region.Blocks)
        {
            for (int block = start; block < start + RegionGrid.BlockLength; block += Vector256<T>.Count)
            {
                Vector256<T> level = Vector256.LoadUnsafe(ref here, (nuint)block);
                uint inside = Vector256.GreaterThan(level, Vector256<T>.Zero).ExtractMostSignificantBits();
                uint left = inside & Equal(ref here, block - 1, level);
                for (uint rest = inside; rest != 0; rest &= rest - 1)
                {
                    int bit = BitOperations.TrailingZeroCount(rest), at = block + bit;
                    Unsafe.Add(ref parent, at) = (left >> bit & 1) != 0 ? Unsafe.Add(ref parent, at - 1) : at;
                }
                foreach (int back in rowsBefore)
                {
                    uint above = inside & Equal(ref here, block - back, level);
                    uint aboveLeft = inside & Equal(ref here, block - back - 1, level) & ~above & ~left;
                    uint aboveRight = inside & Equal(ref here, block - back + 1, level) & ~above;
                    above &= ~left;
                    LinkAll(ref parent, block, above, back);
                    LinkAll(ref parent, block, aboveLeft, back + 1);
                    LinkAll(ref parent, block, aboveRight, back - 1);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Equal<T>(ref T here, int at, Vector256<T> level) where T : unmanaged, IBinaryInteger<T> =>
        Vector256.Equals(level, Vector256.LoadUnsafe(ref here, (nuint)at)).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void LinkAll(ref int parent, int block, uint voxels, int back)
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

        foreach (RegionGrid.Span span in region.Spans)
        {
            for (int i = span.Grid; i < span.Grid + span.Length; i++)
            {
                int root = _parent[_parent[i]];
                _parent[i] = root;
                if (root == i)
                    _size[i] = 1;
                else
                    _size[root]++;
            }
        }
        foreach (RegionGrid.Span span in region.Spans)
        {
            for (int i = span.Grid; i < span.Grid + span.Length; i++)
            {
                if (_parent[i] != i)
                    continue;
                int rank = int.CreateTruncating(ranks[i]), size = _size[i];
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
