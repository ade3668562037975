using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Trabecula.Radiomics.Features.Ngtdm;

/// <summary>
/// PyRadiomics <c>ngtdm</c>: 5 features of the neighbouring grey-tone difference matrix (Amadasun and King 1989; IBSI 3.10). For each level
/// i: n_i voxels, and s_i, the sum of |i - mean of the 26 neighbours inside the region|. A voxel without neighbours counts in n_i with
/// a difference of 0; IBSI leaves it out.
/// </summary>
internal sealed class NgtdmFeatures
{
    public static readonly string[] Names = ["Busyness", "Coarseness", "Complexity", "Contrast", "Strength"];

    private const int Counts = 27;

    private ushort[] _values = [];
    private ushort[] _rows = [];
    private ushort[][] _planes = [];
    private long[] _differences = [];
    private long[] _oddDifferences = [];

    /// <summary>Writes the features in the order of <see cref="Names"/>.</summary>
    public void Compute(RegionGrid region, Discretization levels, Span<double> values)
    {
        int size = levels.Levels.Length;
        Span<double> differences = size <= 512 ? stackalloc double[size] : new double[size];
        SumDifferences(region, levels, differences);
        Formulate(levels.Levels, levels.Histogram, differences, region.VoxelCount, coarsenessAlone: false, values);
    }

    /// <summary>The features of a matrix: voxels n_i and differences s_i of each level.</summary>
    /// <remarks>Coarseness alone is a sum over levels; all else is NaN then.</remarks>
    public static void Formulate(
        ReadOnlySpan<int> levels, ReadOnlySpan<int> histogram, ReadOnlySpan<double> differences, int voxelCount, bool coarsenessAlone, Span<double> values)
    {
        int size = levels.Length;
        double total = voxelCount, sum = 0, weighted = 0;
        for (int i = 0; i < size; i++)
        {
            sum += differences[i];
            weighted += histogram[i] / total * differences[i];
        }
        values.Fill(double.NaN);
        values[1] = weighted == 0 ? 1e6 : 1 / weighted;
        if (coarsenessAlone)
            return;
        double contrast = 0, spread = 0, complexity = 0, strength = 0;
        for (int i = 0; i < size; i++)
        {
            double pi = histogram[i] / total, gi = levels[i];
            for (int j = 0; j < i; j++)
            {
                double pj = histogram[j] / total, gj = levels[j], d = gi - gj;
                contrast += pi * pj * (d * d);
                spread += Math.Abs(gi * pi - gj * pj);
                complexity += d * (pi * differences[i] + pj * differences[j]) / (pi + pj);
                strength += (pi + pj) * (d * d);
            }
        }
        // Each unordered pair above stands for two.
        values[0] = spread == 0 ? 0 : weighted / (2 * spread);
        values[2] = 2 * complexity / total;
        values[3] = size == 1 ? 0 : 2 * contrast * sum / total / ((double)size * (size - 1));
        values[4] = sum == 0 ? 0 : 2 * strength / sum;
    }

    /// <summary>
    /// s_i. With n neighbours of sum S, |i - S / n| = |i n - S| / n: the numerators of one level and one n add up as whole
    /// numbers, so the result does not depend on the order of the voxels.
    /// </summary>
    private void SumDifferences(RegionGrid region, Discretization levels, Span<double> differences)
    {
        int size = levels.Levels.Length;
        if (_differences.Length < size * Counts)
            (_differences, _oddDifferences) = (new long[size * Counts], new long[size * Counts]);
        Array.Clear(_differences, 0, size * Counts);
        Array.Clear(_oddDifferences, 0, size * Counts);
        if (levels.HighestLevel <= ushort.MaxValue / Counts)
            AccumulateFast(region, levels);
        else
            Accumulate(region, levels);
        for (int i = 0; i < size; i++)
        {
            double sum = 0;
            for (int n = 1; n < Counts; n++)
                sum += (double)(_differences[i * Counts + n] + _oddDifferences[i * Counts + n]) / n;
            differences[i] = sum;
        }
    }

    /// <summary>
    /// Sums of 27 as three sums of three, in 16 bits, slice by slice: the sums over 3 x 3 of three slices are kept, and a slice's
    /// neighbours are complete once the slice after it is there.
    /// </summary>
    private void AccumulateFast(RegionGrid region, Discretization levels)
    {
        int stride = region.StrideZ, margin = region.SliceMargin, length = stride + 2 * margin;
        if (_values.Length < length)
        {
            _values = new ushort[length];
            _rows = new ushort[length];
            _planes = [new ushort[length], new ushort[length], new ushort[length]];
        }
        Array.Clear(_planes[2]);
        int next = 0, current = 0;
        for (int z = 0; z <= region.Nz; z++)
        {
            ushort[] plane = _planes[z % 3];
            Array.Clear(_values);
            for (; next < region.Spans.Length && region.Spans[next].Grid < region.First + (z + 1) * stride; next++)
                FillSpan(region.Spans[next], levels, margin - region.First - z * stride);
            RegionGrid.SumOfThree<ushort>(_values, _rows, 1);
            RegionGrid.SumOfThree<ushort>(_rows, plane, region.StrideY);
            if (z == 0)
                continue;
            // Slice z - 1 has its neighbours now.
            ushort[] middle = _planes[(z + 2) % 3], before = _planes[(z + 1) % 3];
            for (; current < region.Spans.Length && region.Spans[current].Grid < region.First + z * stride; current++)
                AccumulateSpan(region, levels, region.Spans[current], margin - region.First - (z - 1) * stride, before, middle, plane);
        }
    }

    private void FillSpan(RegionGrid.Span span, Discretization levels, int shift)
    {
        ReadOnlySpan<int> ranks = levels.Ranks.Slice(span.Voxel, span.Length);
        Span<ushort> target = _values.AsSpan(span.Grid + shift, span.Length);
        int[] value = levels.Levels;
        for (int i = 0; i < target.Length; i++)
            target[i] = (ushort)value[ranks[i] - 1];
    }

    private void AccumulateSpan(
        RegionGrid region, Discretization levels, RegionGrid.Span span, int shift, ushort[] before, ushort[] middle, ushort[] after)
    {
        ReadOnlySpan<int> ranks = levels.Ranks.Slice(span.Voxel, span.Length);
        ref byte counts = ref region.NeighbourCount.AsSpan(span.Grid, span.Length)[0];
        ReadOnlySpan<ushort> a = before.AsSpan(span.Grid + shift, ranks.Length);
        ReadOnlySpan<ushort> b = middle.AsSpan(span.Grid + shift, ranks.Length);
        ReadOnlySpan<ushort> c = after.AsSpan(span.Grid + shift, ranks.Length);
        ref int value = ref MemoryMarshal.GetArrayDataReference(levels.Levels);
        // Two tables take turns, as neighbouring voxels often have the same level and number of neighbours. A rank is one of the levels', a count one of 27.
        ref long even = ref MemoryMarshal.GetArrayDataReference(_differences), odd = ref MemoryMarshal.GetArrayDataReference(_oddDifferences);
        int i = 0;
        for (; i < ranks.Length - 1; i += 2)
        {
            Add(ref even, ref value, ranks[i] - 1, Unsafe.Add(ref counts, i), a[i] + b[i] + c[i]);
            Add(ref odd, ref value, ranks[i + 1] - 1, Unsafe.Add(ref counts, i + 1), a[i + 1] + b[i + 1] + c[i + 1]);
        }
        if (i < ranks.Length)
            Add(ref even, ref value, ranks[i] - 1, Unsafe.Add(ref counts, i), a[i] + b[i] + c[i]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(ref long differences, ref int value, int rank, int count, int sumOf27) =>
        Unsafe.Add(ref differences, rank * Counts + count) += Math.Abs(Unsafe.Add(ref value, rank) * (count + 1) - sumOf27);

    /// <summary>For levels too high for 16-bit sums.</summary>
    private void Accumulate(RegionGrid region, Discretization levels)
    {
        var value = new long[region.Length];
        ReadOnlySpan<int> ranks = levels.Ranks;
        foreach (RegionGrid.Span span in region.Spans)
        {
            for (int i = 0; i < span.Length; i++)
                value[span.Grid + i] = levels.Levels[ranks[span.Voxel + i] - 1];
        }
        foreach (RegionGrid.Span span in region.Spans)
        {
            for (int i = 0; i < span.Length; i++)
            {
                int at = span.Grid + i, n = region.NeighbourCount[at];
                long neighbours = 0;
                foreach (RegionGrid.Direction direction in region.Directions)
                    neighbours += value[at - direction.Offset] + value[at + direction.Offset];
                _differences[(ranks[span.Voxel + i] - 1) * Counts + n] += Math.Abs(value[at] * n - neighbours);
            }
        }
    }
}
