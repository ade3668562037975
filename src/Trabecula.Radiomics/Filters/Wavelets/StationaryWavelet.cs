using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using Trabecula.Imaging;
using Trabecula.Radiomics.Preprocessing;

namespace Trabecula.Radiomics.Filters;

/// <summary>
/// One level of the undecimated wavelet transform with coif1, along x, then y, then z, as PyWavelets' swtn computes it. The image
/// goes on periodically; an odd axis is first made even by repeating its first sample at its end. Computed in double precision,
/// in single precision for images of that type.
/// </summary>
internal static class StationaryWavelet
{
    /// <summary>PyWavelets' name of the wavelet.</summary>
    public const string Name = "coif1";

    /// <summary>Samples before and after a voxel that its value needs.</summary>
    private const int Before = 2, After = 3;

    private static readonly WaveletFilters Coif1 = WaveletFilters.Of(Name);

    /// <summary>The subbands in PyRadiomics' order; the first letter is x.</summary>
    public static IReadOnlyList<string> Subbands { get; } = ["LLH", "LHL", "LHH", "HLL", "HLH", "HHL", "HHH", "LLL"];

    /// <summary>
    /// All subbands under their letters, in the order of <see cref="Subbands"/>, each computed when it is asked for; values within
    /// a box are returned.
    /// </summary>
    public static IEnumerable<(string Letters, WorkingImage Image)> Apply(WorkingImage image, VoxelBox box) =>
        image.VoxelType == VoxelType.Float32
            ? Transform<float>(image, box, VoxelType.Float32)
            : Transform<double>(image, box, VoxelType.Float64);

    private static IEnumerable<(string Letters, WorkingImage Image)> Transform<T>(WorkingImage image, VoxelBox box, VoxelType type)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        VolumeGeometry geometry = box.GeometryIn(image.Geometry);
        int nx = box.Size.X, ny = box.Size.Y, nz = box.Size.Z;
        int wx = nx + Before + After, wy = ny + Before + After, wz = nz + Before + After;
        int lastX = LastSample(image.Size.X, box.X, nx), lastY = LastSample(image.Size.Y, box.Y, ny), lastZ = LastSample(image.Size.Z, box.Z, nz);
        T[] samples = ArrayPool<T>.Shared.Rent(wx * wy * wz);
        T[] alongX = ArrayPool<T>.Shared.Rent(nx * wy * wz);
        T[] alongY = ArrayPool<T>.Shared.Rent(nx * ny * wz);
        try
        {
            Surround(image, box, samples);
            WorkingImage? approximation = null;
            for (int x = 0; x < 2; x++)
            {
                for (int row = 0; row < wy * wz; row++)
                    ConvolveRow(samples.AsSpan(row * wx, wx), alongX.AsSpan(row * nx, nx), Filter<T>(x), lastX);
                for (int y = 0; y < 2; y++)
                {
                    for (int z = 0; z < wz; z++)
                        ConvolveRows(alongX.AsSpan(z * nx * wy, nx * wy), alongY.AsSpan(z * nx * ny, nx * ny), nx, Filter<T>(y), lastY);
                    for (int z = 0; z < 2; z++)
                    {
                        var subband = GC.AllocateUninitializedArray<T>(nx * ny * nz);
                        ConvolveRows(alongY.AsSpan(0, nx * ny * wz), subband, nx * ny, Filter<T>(z), lastZ);
                        var result = new WorkingImage(geometry, type, ToDouble(subband));
                        // PyRadiomics gives the approximation last.
                        if (x + y + z == 0) approximation = result;
                        else yield return ($"{"LH"[x]}{"LH"[y]}{"LH"[z]}", result);
                    }
                }
            }
            yield return (Subbands[^1], approximation!);
        }
        finally
        {
            ArrayPool<T>.Shared.Return(samples);
            ArrayPool<T>.Shared.Return(alongX);
            ArrayPool<T>.Shared.Return(alongY);
        }
    }

    private static T[] Filter<T>(int letter) where T : unmanaged, IFloatingPointIeee754<T> =>
        Filters<T>.Coefficients[letter];

    private static double[] ToDouble<T>(T[] values) where T : unmanaged, IFloatingPointIeee754<T> =>
        values as double[] ?? [.. values.Select(double.CreateTruncating)];

    private static class Filters<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        // Not the double filters rounded: single precision has its own product with the root of 2.
        public static readonly T[][] Coefficients = typeof(T) == typeof(float)
            ? [[.. Coif1.LowSingle.Select(T.CreateTruncating)], [.. Coif1.HighSingle.Select(T.CreateTruncating)]]
            : [[.. Coif1.Low.Select(T.CreateTruncating)], [.. Coif1.High.Select(T.CreateTruncating)]];
    }

    /// <summary>
    /// Where in the box the last sample of the evened axis lies, or -1. PyWavelets adds the products of this one the other way
    /// round where they wrap: f2 x0 + f1 x1 + f0 x2 instead of f0 x2 + f1 x1 + f2 x0.
    /// </summary>
    private static int LastSample(int size, int first, int count)
    {
        int last = size + size % 2 - 1 - first;
        return last >= 0 && last < count ? last : -1;
    }

    /// <summary>The box with the samples around it that the filters reach, taken periodically from the evened image.</summary>
    private static void Surround<T>(WorkingImage image, VoxelBox box, Span<T> samples) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int[] Indices(int axis)
        {
            int size = image.Size[axis], period = size + size % 2;
            var indices = new int[box.Size[axis] + Before + After];
            for (int i = 0; i < indices.Length; i++)
            {
                int wrapped = (box.First(axis) - Before + i) % period;
                if (wrapped < 0) wrapped += period;
                indices[i] = wrapped == size ? 0 : wrapped;
            }
            return indices;
        }
        int[] xs = Indices(0), ys = Indices(1), zs = Indices(2);
        int target = 0;
        foreach (int z in zs)
        {
            foreach (int y in ys)
            {
                ReadOnlySpan<double> row = image.Voxels.AsSpan((z * image.Size.Y + y) * image.Size.X, image.Size.X);
                foreach (int x in xs) samples[target++] = T.CreateTruncating(row[x]);
            }
        }
    }

    /// <summary>out[i] = Σ f[k] in[i + 3 - k] along a row.</summary>
    private static void ConvolveRow<T>(ReadOnlySpan<T> row, Span<T> into, T[] f, int last) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Sum(row[5..], row[4..], row[3..], row[2..], row[1..], row, f, into);
        if (last >= 0)
            into[last] = f[2] * row[last + 3] + f[1] * row[last + 4] + f[0] * row[last + 5] + f[3] * row[last + 2] + f[4] * row[last + 1] + f[5] * row[last];
    }

    /// <summary>The same across rows of a stride.</summary>
    private static void ConvolveRows<T>(ReadOnlySpan<T> rows, Span<T> into, int stride, T[] f, int last) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[] turned = [f[2], f[1], f[0], f[3], f[4], f[5]];
        for (int i = 0; i * stride < into.Length; i++)
        {
            ReadOnlySpan<T> x0 = rows[(i * stride)..], x1 = x0[stride..], x2 = x1[stride..], x3 = x2[stride..], x4 = x3[stride..], x5 = x4[stride..];
            Span<T> row = into.Slice(i * stride, stride);
            if (i == last) Sum(x3, x4, x5, x2, x1, x0, turned, row);
            else Sum(x5, x4, x3, x2, x1, x0, f, row);
        }
    }

    /// <summary>The weighted sum of six rows, added in their order.</summary>
    private static void Sum<T>(
        ReadOnlySpan<T> a, ReadOnlySpan<T> b, ReadOnlySpan<T> c, ReadOnlySpan<T> d, ReadOnlySpan<T> e, ReadOnlySpan<T> g, T[] f, Span<T> into)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int n = into.Length;
        a = a[..n];
        b = b[..n];
        c = c[..n];
        d = d[..n];
        e = e[..n];
        g = g[..n];
        T f0 = f[0], f1 = f[1], f2 = f[2], f3 = f[3], f4 = f[4], f5 = f[5];
        ReadOnlySpan<Vector<T>> va = MemoryMarshal.Cast<T, Vector<T>>(a), vb = MemoryMarshal.Cast<T, Vector<T>>(b), vc = MemoryMarshal.Cast<T, Vector<T>>(c);
        ReadOnlySpan<Vector<T>> vd = MemoryMarshal.Cast<T, Vector<T>>(d), ve = MemoryMarshal.Cast<T, Vector<T>>(e), vg = MemoryMarshal.Cast<T, Vector<T>>(g);
        Span<Vector<T>> vectors = MemoryMarshal.Cast<T, Vector<T>>(into);
        for (int i = 0; i < vectors.Length; i++)
            vectors[i] = f0 * va[i] + f1 * vb[i] + f2 * vc[i] + f3 * vd[i] + f4 * ve[i] + f5 * vg[i];
        for (int i = vectors.Length * Vector<T>.Count; i < n; i++)
            into[i] = f0 * a[i] + f1 * b[i] + f2 * c[i] + f3 * d[i] + f4 * e[i] + f5 * g[i];
    }
}
