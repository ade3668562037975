using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Trabecula.Radiomics.Preprocessing;

/// <summary>
/// Moves lines along x between an image, where their samples are neighbours, and a bundle, where the lines are. Values are only
/// moved, in squares of four by four where the processor can.
/// </summary>
internal static class LineTransposition
{
    /// <summary>Sample i of line l: from <c>l * stride + i</c> to <c>i * bundle + l</c>.</summary>
    public static void Gather(ReadOnlySpan<double> image, int stride, int lines, int length, Span<double> bundle, int bundleStride)
    {
        int line = 0;
        for (; Avx.IsSupported && line + 4 <= lines; line += 4)
        {
            ref readonly double a = ref image[line * stride], b = ref image[(line + 1) * stride], c = ref image[(line + 2) * stride], d = ref image[(line + 3) * stride];
            int i = 0;
            for (; i + 4 <= length; i += 4)
            {
                Turn(Vector256.LoadUnsafe(in a, (nuint)i), Vector256.LoadUnsafe(in b, (nuint)i), Vector256.LoadUnsafe(in c, (nuint)i), Vector256.LoadUnsafe(in d, (nuint)i),
                    ref bundle[i * bundleStride + line], bundleStride);
            }
            for (; i < length; i++)
            {
                for (int l = line; l < line + 4; l++) bundle[i * bundleStride + l] = image[l * stride + i];
            }
        }
        for (; line < lines; line++)
        {
            for (int i = 0; i < length; i++) bundle[i * bundleStride + line] = image[line * stride + i];
        }
    }

    /// <summary>The same from single precision.</summary>
    public static void Gather(ReadOnlySpan<float> image, int stride, int lines, int length, Span<double> bundle, int bundleStride)
    {
        int line = 0;
        for (; Avx.IsSupported && line + 4 <= lines; line += 4)
        {
            ref readonly float a = ref image[line * stride], b = ref image[(line + 1) * stride], c = ref image[(line + 2) * stride], d = ref image[(line + 3) * stride];
            int i = 0;
            for (; i + 4 <= length; i += 4)
            {
                Turn(Widen(in a, i), Widen(in b, i), Widen(in c, i), Widen(in d, i), ref bundle[i * bundleStride + line], bundleStride);
            }
            for (; i < length; i++)
            {
                for (int l = line; l < line + 4; l++) bundle[i * bundleStride + l] = image[l * stride + i];
            }
        }
        for (; line < lines; line++)
        {
            for (int i = 0; i < length; i++) bundle[i * bundleStride + line] = image[line * stride + i];
        }
    }

    /// <summary>Sample i of line l: from <c>i * bundle + l</c> to <c>l * stride + i</c>.</summary>
    public static void Scatter(ReadOnlySpan<float> bundle, int bundleStride, int lines, int length, Span<float> image, int stride)
    {
        int line = 0;
        for (; Sse.IsSupported && line + 4 <= lines; line += 4)
        {
            ref float a = ref image[line * stride], b = ref image[(line + 1) * stride], c = ref image[(line + 2) * stride], d = ref image[(line + 3) * stride];
            int i = 0;
            for (; i + 4 <= length; i += 4)
            {
                ref readonly float from = ref bundle[i * bundleStride + line];
                Vector128<float> p = Vector128.LoadUnsafe(in from), q = Vector128.LoadUnsafe(in from, (nuint)bundleStride);
                Vector128<float> r = Vector128.LoadUnsafe(in from, (nuint)(2 * bundleStride)), s = Vector128.LoadUnsafe(in from, (nuint)(3 * bundleStride));
                Vector128<float> pq = Sse.UnpackLow(p, q), rs = Sse.UnpackLow(r, s), pqHigh = Sse.UnpackHigh(p, q), rsHigh = Sse.UnpackHigh(r, s);
                Sse.MoveLowToHigh(pq, rs).StoreUnsafe(ref a, (nuint)i);
                Sse.MoveHighToLow(rs, pq).StoreUnsafe(ref b, (nuint)i);
                Sse.MoveLowToHigh(pqHigh, rsHigh).StoreUnsafe(ref c, (nuint)i);
                Sse.MoveHighToLow(rsHigh, pqHigh).StoreUnsafe(ref d, (nuint)i);
            }
            for (; i < length; i++)
            {
                for (int l = line; l < line + 4; l++) image[l * stride + i] = bundle[i * bundleStride + l];
            }
        }
        for (; line < lines; line++)
        {
            for (int i = 0; i < length; i++) image[line * stride + i] = bundle[i * bundleStride + line];
        }
    }

    /// <summary>The same in double precision.</summary>
    public static void Scatter(ReadOnlySpan<double> bundle, int bundleStride, int lines, int length, Span<double> image, int stride)
    {
        // The same move as gathering, with the samples in the place of the lines.
        Gather(bundle, bundleStride, length, lines, image, stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Widen(ref readonly float from, int offset) =>
        Avx.ConvertToVector256Double(Vector128.LoadUnsafe(in from, (nuint)offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Turn(Vector256<double> a, Vector256<double> b, Vector256<double> c, Vector256<double> d, ref double to, int stride)
    {
        Vector256<double> ab = Avx.UnpackLow(a, b), abHigh = Avx.UnpackHigh(a, b), cd = Avx.UnpackLow(c, d), cdHigh = Avx.UnpackHigh(c, d);
        Avx.Permute2x128(ab, cd, 0x20).StoreUnsafe(ref to);
        Avx.Permute2x128(abHigh, cdHigh, 0x20).StoreUnsafe(ref to, (nuint)stride);
        Avx.Permute2x128(ab, cd, 0x31).StoreUnsafe(ref to, (nuint)(2 * stride));
        Avx.Permute2x128(abHigh, cdHigh, 0x31).StoreUnsafe(ref to, (nuint)(3 * stride));
    }
}
