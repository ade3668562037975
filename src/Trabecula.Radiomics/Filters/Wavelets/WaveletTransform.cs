using System.Numerics;
using System.Runtime.InteropServices;
using Trabecula.Imaging;
using Trabecula.Radiomics.Preprocessing;

namespace Trabecula.Radiomics.Filters;

/// <summary>
/// The undecimated wavelet transform with any filter, any number of levels and any choice of axes. Each level filters the approximation of the
/// one before with the same, undilated filters, as PyRadiomics does it.
/// </summary>
/// <remarks>
/// The image goes on periodically (an odd axis is first made even by its first sample), so a block around the region's box with margins of
/// (taps - 1) a level, read periodically, gives the box exactly. <see cref="StationaryWavelet"/> is the fast case of six taps and one level.
/// </remarks>
internal sealed class WaveletTransform<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private const long MostSamples = 1L << 29;

    private readonly T[][] _filters;
    private readonly int[] _axes;
    private readonly int[] _period = new int[3];
    private readonly VoxelBox _box;
    private readonly VolumeGeometry _geometry;
    private readonly VoxelType _type;

    /// <summary>Plans a transform.</summary>
    /// <param name="image">The image that filters see.</param>
    /// <param name="box">The voxels wanted.</param>
    /// <param name="filters">Low-pass and high-pass filter.</param>
    /// <param name="axes">Array axes (0 is z) in the order of filtering.</param>
    /// <param name="type">The type of the results.</param>
    public WaveletTransform(WorkingImage image, VoxelBox box, T[][] filters, int[] axes, VoxelType type)
    {
        (_filters, _axes, _box, _type, _geometry) = (filters, axes, box, type, box.GeometryIn(image.Geometry));
        for (int axis = 0; axis < 3; axis++)
            _period[axis] = image.Size[axis] + image.Size[axis] % 2;
    }

    /// <summary>The subbands of the levels wanted, each computed when it is asked for; the approximation of the last level is the last.</summary>
    public IEnumerable<FilteredImage> Apply(WorkingImage image, int startLevel, int levels)
    {
        Block approximation = Read(image, startLevel + levels);
        for (int level = 1; level <= startLevel + levels; level++)
        {
            if (level > startLevel)
            {
                foreach (string letters in WaveletNames.Details(_axes.Length))
                    yield return new(WaveletNames.Prefix(level - startLevel) + letters, Cut(Subband(approximation, letters)));
            }
            approximation = Subband(approximation, new string('L', _axes.Length));
        }
        yield return new(WaveletNames.Prefix(levels) + new string('L', _axes.Length), Cut(approximation));
    }

    /// <summary>Samples of a part of the periodic image.</summary>
    /// <param name="First">Index of the first sample along x, y and z; may be negative.</param>
    /// <param name="Size">Samples along x, y and z.</param>
    /// <param name="Samples">The samples, x fastest.</param>
    private readonly record struct Block(int[] First, int[] Size, T[] Samples);

    private Block Read(WorkingImage image, int levels)
    {
        int taps = _filters[0].Length;
        int[] first = new int[3], size = new int[3];
        for (int axis = 0; axis < 3; axis++)
        {
            bool filtered = _axes.Contains(2 - axis);
            // out[i] needs in[i + n/2 - n + 1] to in[i + n/2].
            first[axis] = _box.First(axis) - (filtered ? levels * (taps - 1 - taps / 2) : 0);
            size[axis] = _box.Size[axis] + (filtered ? levels * (taps - 1) : 0);
        }
        if ((long)size[0] * size[1] * size[2] > MostSamples)
        {
            throw new RadiomicsException(ExtractionStage.Filtering,
                FormattableString.Invariant($"A wavelet of {taps} taps over {levels} levels needs {size[0]} x {size[1]} x {size[2]} samples around the region, too many to hold."),
                "Choose a shorter wavelet or fewer levels.");
        }
        var samples = new T[size[0] * size[1] * size[2]];
        int[] Indices(int axis) => [.. Enumerable.Range(first[axis], size[axis]).Select(i => Wrapped(i, axis) is int at && at < image.Size[axis] ? at : 0)];
        int[] xs = Indices(0);
        int target = 0;
        foreach (int z in Indices(2))
        {
            foreach (int y in Indices(1))
            {
                ReadOnlySpan<double> row = image.Voxels.AsSpan((z * image.Size.Y + y) * image.Size.X, image.Size.X);
                foreach (int x in xs)
                    samples[target++] = T.CreateTruncating(row[x]);
            }
        }
        return new Block(first, size, samples);
    }

    private int Wrapped(int index, int axis)
    {
        int wrapped = index % _period[axis];
        return wrapped < 0 ? wrapped + _period[axis] : wrapped;
    }

    private Block Subband(Block block, string letters)
    {
        for (int k = 0; k < letters.Length; k++)
            block = Convolve(block, 2 - _axes[k], _filters[letters[k] == 'L' ? 0 : 1]);
        return block;
    }

    /// <summary>Filters along one axis (0 is x); the block shrinks by taps - 1.</summary>
    private Block Convolve(Block block, int axis, T[] filter)
    {
        int taps = filter.Length;
        int[] first = [.. block.First], size = [.. block.Size];
        first[axis] += taps - 1 - taps / 2;
        size[axis] -= taps - 1;
        var result = new T[size[0] * size[1] * size[2]];
        int inner = axis switch { 0 => 1, 1 => size[0], _ => size[0] * size[1] };
        int outer = result.Length / (inner * size[axis]);
        int stride = block.Size[axis] * inner;
        for (int i = 0; i < size[axis]; i++)
        {
            int reversed = Math.Max(0, Wrapped(first[axis] + i, axis) + taps / 2 - _period[axis] + 1);
            for (int o = 0; o < outer; o++)
            {
                // in[i + n/2 - k] stands n - 1 - k samples after the first one that i needs.
                Sum(block.Samples.AsSpan(o * stride + i * inner), inner, filter, Math.Min(reversed, taps), result.AsSpan((o * size[axis] + i) * inner, inner));
            }
        }
        return new Block(first, size, result);
    }

    /// <summary>
    /// The weighted sum of rows in PyWavelets' order, which decides the last bits: taps that reach beyond the period's end come first, the last
    /// of them first, then the others in ascending order.
    /// </summary>
    private static void Sum(ReadOnlySpan<T> rows, int stride, T[] filter, int reversed, Span<T> into)
    {
        into.Clear();
        for (int j = 0; j < filter.Length; j++)
        {
            int k = j < reversed ? reversed - 1 - j : j;
            AddScaled(into, rows.Slice((filter.Length - 1 - k) * stride, into.Length), filter[k]);
        }
    }

    private static void AddScaled(Span<T> into, ReadOnlySpan<T> row, T factor)
    {
        Span<Vector<T>> vectors = MemoryMarshal.Cast<T, Vector<T>>(into);
        ReadOnlySpan<Vector<T>> others = MemoryMarshal.Cast<T, Vector<T>>(row);
        for (int i = 0; i < vectors.Length; i++)
            vectors[i] += factor * others[i];
        for (int i = vectors.Length * Vector<T>.Count; i < row.Length; i++)
            into[i] += factor * row[i];
    }

    /// <summary>The box out of a block that reaches further.</summary>
    private WorkingImage Cut(Block block)
    {
        var voxels = GC.AllocateUninitializedArray<double>(_box.Count);
        int x0 = _box.X - block.First[0], y0 = _box.Y - block.First[1], z0 = _box.Z - block.First[2], target = 0;
        for (int z = 0; z < _box.Size.Z; z++)
        {
            for (int y = 0; y < _box.Size.Y; y++)
            {
                foreach (T sample in block.Samples.AsSpan(((z0 + z) * block.Size[1] + y0 + y) * block.Size[0] + x0, _box.Size.X))
                    voxels[target++] = double.CreateTruncating(sample);
            }
        }
        return new WorkingImage(_geometry, _type, voxels);
    }
}
