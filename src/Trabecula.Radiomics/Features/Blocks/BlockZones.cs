using Trabecula.Radiomics.Features.Glszm;

namespace Trabecula.Radiomics.Features.Blocks;

/// <summary>PyRadiomics <c>glszm</c> with neighbours in all directions or within planes.</summary>
internal sealed class BlockZones(Step[] steps)
{
    private readonly LevelSizeMatrix _matrix = new();
    private readonly Dictionary<(int Rank, int Size), int> _zones = [];
    private readonly List<(int Rank, int Size)> _order = [];
    private readonly Stack<int> _open = new();

    /// <summary>Writes the features in the order of <see cref="GlszmFeatures.Names"/>.</summary>
    public void Compute(LevelBlock block, PaddedBlock padded, Span<double> values)
    {
        _zones.Clear();
        _order.Clear();
        Span<int> offsets = stackalloc int[steps.Length];
        padded.Offsets(steps, offsets);
        foreach (int at in padded.Voxels)
        {
            int rank = padded.Ranks[at];
            if (rank == 0)
                continue;
            (int, int) zone = (rank, Grow(padded.Ranks, at, offsets));
            if (!_zones.TryGetValue(zone, out int known))
                _order.Add(zone);
            _zones[zone] = known + 1;
        }
        // The sums must not depend on where in the block a zone comes up first.
        _order.Sort();
        _matrix.Clear(block.Levels.AsSpan(0, block.LevelCount));
        foreach ((int Rank, int Size) zone in _order)
            _matrix.Add(zone.Rank, zone.Size, _zones[zone]);
        GlszmFeatures.Write(_matrix.Compute(), values);
    }

    /// <summary>The size of the zone that a voxel belongs to; its voxels are taken out of the ranks.</summary>
    private int Grow(int[] ranks, int start, ReadOnlySpan<int> offsets)
    {
        int size = 0, rank = ranks[start];
        ranks[start] = 0;
        _open.Push(start);
        while (_open.TryPop(out int at))
        {
            size++;
            foreach (int offset in offsets)
            {
                if (ranks[at + offset] == rank)
                {
                    ranks[at + offset] = 0;
                    _open.Push(at + offset);
                }
                if (ranks[at - offset] == rank)
                {
                    ranks[at - offset] = 0;
                    _open.Push(at - offset);
                }
            }
        }
        return size;
    }
}
