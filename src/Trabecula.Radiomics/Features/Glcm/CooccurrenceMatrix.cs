using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Trabecula.Radiomics.Features.Glcm;

/// <summary>
/// Grey-level co-occurrence matrix of one direction (Haralick 1973; IBSI 3.6), symmetric: how often levels i and j stand side by side
/// along it inside the region, each pair counted both ways.
/// </summary>
internal sealed class CooccurrenceMatrix
{
    /// <summary>The matrix grows with the square of the levels; beyond this a bin width in the wrong unit is the likely cause.</summary>
    public const int MaximumLevels = 4096;

    private readonly FewLevelPairs _fewLevels = new();
    private int[] _even = [];
    private int[] _odd = [];

    /// <summary>Number of levels.</summary>
    public int Size { get; private set; }

    /// <summary>Number of pairs, each counted both ways; the counts of the symmetric matrix add up to it.</summary>
    public long Total { get; private set; }

    /// <summary>The symmetric counts, row by row, <see cref="Size"/> squared.</summary>
    public int[] Counts { get; private set; } = [];

    /// <summary>Sums of the rows.</summary>
    public int[] RowSums { get; private set; } = [];

    /// <summary>Takes up an image, before its directions are counted.</summary>
    public void Prepare<T>(LevelGrid<T> grid, int levelCount) where T : unmanaged, IBinaryInteger<T>
    {
        Size = levelCount;
        int cells = (levelCount + 1) * (levelCount + 1);
        if (_even.Length < cells)
        {
            _even = new int[cells];
            _odd = new int[cells];
            Counts = new int[levelCount * levelCount];
            RowSums = new int[levelCount];
        }
        if (levelCount <= FewLevelPairs.MaximumLevels)
            _fewLevels.Prepare(grid, levelCount);
    }

    /// <summary>Counts the pairs of one direction of the image that was taken up.</summary>
    public void Count<T>(LevelGrid<T> grid, RegionGrid.Direction direction) where T : unmanaged, IBinaryInteger<T>
    {
        if (Size <= FewLevelPairs.MaximumLevels)
        {
            _fewLevels.Count(grid, Size, direction.Offset, _even.AsSpan(0, Size * Size));
            MakeSymmetric(_even, Size);
            return;
        }
        int stride = Size + 1, cells = stride * stride;
        Array.Clear(_even, 0, cells);
        Array.Clear(_odd, 0, cells);
        CountPairs(grid, direction.Offset, stride);
        for (int k = 0; k < cells; k++)
            _even[k] += _odd[k];
        MakeSymmetric(_even.AsSpan(stride + 1), stride);
    }

    /// <summary>
    /// Row and column 0 take the neighbours outside the region, so no pair needs a branch. Two tables take turns: in smooth images
    /// neighbouring voxels hit the same cell, and a count that waits for the one just before it costs several cycles.
    /// </summary>
    private void CountPairs<T>(LevelGrid<T> grid, int offset, int stride) where T : unmanaged, IBinaryInteger<T>
    {
        ref T here = ref MemoryMarshal.GetArrayDataReference(grid.Ranks);
        ref int even = ref MemoryMarshal.GetArrayDataReference(_even);
        ref int odd = ref MemoryMarshal.GetArrayDataReference(_odd);
        foreach (RegionGrid.Span span in grid.Region.Spans)
        {
            ref T level = ref Unsafe.Add(ref here, span.Grid);
            ref T neighbour = ref Unsafe.Add(ref here, span.Grid + offset);
            int i = 0;
            for (; i < span.Length - 1; i += 2)
            {
                Unsafe.Add(ref even, Cell(ref level, ref neighbour, i, stride))++;
                Unsafe.Add(ref odd, Cell(ref level, ref neighbour, i + 1, stride))++;
            }
            if (i < span.Length)
                Unsafe.Add(ref even, Cell(ref level, ref neighbour, i, stride))++;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Cell<T>(ref T level, ref T neighbour, int i, int stride) where T : unmanaged, IBinaryInteger<T> =>
        int.CreateTruncating(Unsafe.Add(ref level, i)) * stride + int.CreateTruncating(Unsafe.Add(ref neighbour, i));

    private void MakeSymmetric(ReadOnlySpan<int> pairs, int stride)
    {
        int n = Size;
        long total = 0;
        Array.Clear(RowSums, 0, n);
        for (int i = 0; i < n; i++)
        {
            for (int j = i; j < n; j++)
            {
                int count = pairs[i * stride + j] + pairs[j * stride + i];
                Counts[i * n + j] = count;
                Counts[j * n + i] = count;
                RowSums[i] += count;
                if (i != j)
                    RowSums[j] += count;
            }
        }
        for (int i = 0; i < n; i++)
            total += RowSums[i];
        Total = total;
    }
}
