using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Trabecula.Radiomics.Features;

/// <summary>Comparisons of 64 voxels at a time, as one bit for each.</summary>
internal static class BlockMask
{
    /// <summary>Voxels in a block.</summary>
    public const int Length = 64;

    /// <summary>Where two blocks are equal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Equal<T>(ref T a, ref T b) where T : unmanaged, IBinaryInteger<T>
    {
        ulong mask = 0;
        for (int i = 0; i < Length; i += Vector512<T>.Count)
            mask |= Vector512.Equals(Vector512.LoadUnsafe(ref a, (nuint)i), Vector512.LoadUnsafe(ref b, (nuint)i)).ExtractMostSignificantBits() << i;
        return mask;
    }

    /// <summary>Where a block has a value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Equal<T>(ref T a, T value) where T : unmanaged, IBinaryInteger<T>
    {
        ulong mask = 0;
        Vector512<T> values = Vector512.Create(value);
        for (int i = 0; i < Length; i += Vector512<T>.Count)
            mask |= Vector512.Equals(Vector512.LoadUnsafe(ref a, (nuint)i), values).ExtractMostSignificantBits() << i;
        return mask;
    }
}
