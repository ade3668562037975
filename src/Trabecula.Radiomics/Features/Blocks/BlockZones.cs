using Trabecula.Radiomics.Features.Glszm;

namespace Trabecula.Radiomics.Features.Blocks;

/// <summary>PyRadiomics <c>glszm</c> with neighbours in all directions or within planes.</summary>
internal sealed class BlockZones(Step[] steps)
{
    private readonly LevelSizeMatrix _matrix = new();
    private readonly Dictionary<(int Rank, int Size), int> _zones = [];
    private readonly List<(int Rank, int Size)> _order = [];
    private readonly Stack<int> _open = new();
    private bool[] _seen = [];

    /// <summary>Writes the features in the order of <see cref="GlszmFeatures.Names"/>.</summary>
    public void Compute(LevelBlock block, Span<double> values)
    {
        int count = checked((int)block.Size.Count);
        if (_seen.Length < count)
            _seen = new bool[count];
        _seen.AsSpan(0, count).Clear();
        _zones.Clear();
        _order.Clear();
        for (int i = 0; i < count; i++)
        {
            if (block.Ranks[i] == 0 || _seen[i])
                continue;
            (int, int) zone = (block.Ranks[i], Grow(block, i));
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

    private int Grow(LevelBlock block, int start)
    {
        (int nx, int ny, int nz) = (block.Size.X, block.Size.Y, block.Size.Z);
        int size = 0, rank = block.Ranks[start];
        _seen[start] = true;
        _open.Push(start);
        while (_open.TryPop(out int at))
        {
            size++;
            int x = at % nx, y = at / nx % ny, z = at / (nx * ny);
            foreach (Step step in steps)
            {
                Visit(x + step.Dx, y + step.Dy, z + step.Dz);
                Visit(x - step.Dx, y - step.Dy, z - step.Dz);
            }
        }
        return size;

        void Visit(int x, int y, int z)
        {
            if ((uint)x >= (uint)nx || (uint)y >= (uint)ny || (uint)z >= (uint)nz)
                return;
            int at = (z * ny + y) * nx + x;
            if (_seen[at] || block.Ranks[at] != rank)
                return;
            _seen[at] = true;
            _open.Push(at);
        }
    }
}
