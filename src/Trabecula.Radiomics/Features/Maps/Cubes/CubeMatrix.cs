namespace Trabecula.Radiomics.Features.Maps.Cubes;

/// <summary>The co-occurrence matrix of one direction of a kernel: its cells with i ≤ j, which also stand for those with i and j exchanged.</summary>
internal sealed class CubeMatrix
{
    private const int MostPairs = 18;

    /// <summary>A cell: two ranks, the first not above the second, and how many pairs have them.</summary>
    public readonly record struct Cell(int I, int J, int Count);

    private readonly Cell[] _cells = new Cell[MostPairs];
    private int _cellCount;

    /// <summary>The cells that are not empty.</summary>
    public ReadOnlySpan<Cell> Cells => _cells.AsSpan(0, _cellCount);

    /// <summary>The sums of the symmetric matrix' rows: how often each level is an end of a pair.</summary>
    public int[] Ends { get; } = new int[Cube.Voxels];

    /// <summary>The levels that each level is paired with, as bits.</summary>
    public uint[] Partners { get; } = new uint[Cube.Voxels];

    /// <summary>The levels that are in pairs, as bits.</summary>
    public uint Present { get; private set; }

    /// <summary>How many pairs there are: half of the symmetric matrix' sum.</summary>
    public int Pairs { get; private set; }

    /// <summary>Empties the matrix for a kernel with so many levels.</summary>
    public void Clear(int levels)
    {
        Ends.AsSpan(0, levels).Clear();
        Partners.AsSpan(0, levels).Clear();
        (_cellCount, Pairs, Present) = (0, 0, 0);
    }

    /// <summary>Adds a cell; each comes once only.</summary>
    public void Add(int i, int j, int count)
    {
        _cells[_cellCount++] = new Cell(i, j, count);
        Ends[i] += count;
        Ends[j] += count;
        Partners[i] |= 1u << j;
        Partners[j] |= 1u << i;
        Present |= 1u << i | 1u << j;
        Pairs += count;
    }
}
