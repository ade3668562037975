using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Trabecula.Learning.Models.Network;

/// <summary>
/// Products of matrices: <c>C = A B</c> or <c>C += A B</c>, B and C row by row. Lanes lie along the columns, so that every element
/// is one sum in the order of the inner index, product by product without fused operations: the same on any processor.
/// </summary>
internal static unsafe class MatrixProduct
{
    /// <summary>Multiplies.</summary>
    /// <param name="rows">Rows of A and C.</param>
    /// <param name="columns">Columns of B and C, a multiple of <see cref="Axis.Lanes"/>.</param>
    /// <param name="depth">Columns of A and rows of B.</param>
    /// <param name="a">A: element (i, k) at <c>i * aRow + k * aDepth</c>, so that a transposed matrix needs no copy.</param>
    /// <param name="aRow">From one row of A to the next.</param>
    /// <param name="aDepth">From one column of A to the next.</param>
    /// <param name="b">B.</param>
    /// <param name="bStride">From one row of B to the next.</param>
    /// <param name="c">C.</param>
    /// <param name="cStride">From one row of C to the next.</param>
    /// <param name="accumulate">Whether C is added to.</param>
    internal static void Compute<T>(
        int rows, int columns, int depth, T* a, nint aRow, nint aDepth, T* b, nint bStride, T* c, nint cStride, bool accumulate)
        where T : unmanaged
    {
        int lanes = Vector256<T>.Count, column = 0;
        for (; column + 2 * lanes <= columns; column += 2 * lanes)
        {
            int row = 0;
            for (; row + 8 <= rows && Vector512.IsHardwareAccelerated; row += 8)
                EightByTwo(depth, a + row * aRow, aRow, aDepth, b + column, bStride, c + row * cStride + column, cStride, accumulate);
            for (; row + 4 <= rows; row += 4)
                FourByTwo(depth, a + row * aRow, aRow, aDepth, b + column, bStride, c + row * cStride + column, cStride, accumulate);
            for (; row < rows; row++)
                OneByTwo(depth, a + row * aRow, aDepth, b + column, bStride, c + row * cStride + column, accumulate);
        }
        for (; column < columns; column += lanes)
        {
            int row = 0;
            for (; row + 4 <= rows; row += 4)
                FourByOne(depth, a + row * aRow, aRow, aDepth, b + column, bStride, c + row * cStride + column, cStride, accumulate);
            for (; row < rows; row++)
                OneByOne(depth, a + row * aRow, aDepth, b + column, bStride, c + row * cStride + column, accumulate);
        }
    }

    // Both columns of lanes in one register of 512 bits: half as many instructions, and as many sums at once as the adders need.
    private static void EightByTwo<T>(
        int depth, T* a, nint aRow, nint aDepth, T* b, nint bStride, T* c, nint cStride, bool accumulate)
        where T : unmanaged
    {
        T* a4 = a + 4 * aRow, c4 = c + 4 * cStride;
        nint a2 = 2 * aRow, a3 = 3 * aRow, c2 = 2 * cStride, c3 = 3 * cStride;
        Vector512<T> s0 = Start512(c, accumulate), s1 = Start512(c + cStride, accumulate);
        Vector512<T> s2 = Start512(c + c2, accumulate), s3 = Start512(c + c3, accumulate);
        Vector512<T> s4 = Start512(c4, accumulate), s5 = Start512(c4 + cStride, accumulate);
        Vector512<T> s6 = Start512(c4 + c2, accumulate), s7 = Start512(c4 + c3, accumulate);
        for (int k = 0; k < depth; k++)
        {
            Vector512<T> row = Vector512.Load(b);
            s0 += Vector512.Create(*a) * row;
            s1 += Vector512.Create(a[aRow]) * row;
            s2 += Vector512.Create(a[a2]) * row;
            s3 += Vector512.Create(a[a3]) * row;
            s4 += Vector512.Create(*a4) * row;
            s5 += Vector512.Create(a4[aRow]) * row;
            s6 += Vector512.Create(a4[a2]) * row;
            s7 += Vector512.Create(a4[a3]) * row;
            a += aDepth;
            a4 += aDepth;
            b += bStride;
        }
        s0.Store(c);
        s1.Store(c + cStride);
        s2.Store(c + c2);
        s3.Store(c + c3);
        s4.Store(c4);
        s5.Store(c4 + cStride);
        s6.Store(c4 + c2);
        s7.Store(c4 + c3);
    }

    private static void FourByTwo<T>(
        int depth, T* a, nint aRow, nint aDepth, T* b, nint bStride, T* c, nint cStride, bool accumulate)
        where T : unmanaged
    {
        int lanes = Vector256<T>.Count;
        T* a1 = a + aRow, a2 = a1 + aRow, a3 = a2 + aRow;
        T* c1 = c + cStride, c2 = c1 + cStride, c3 = c2 + cStride;
        Vector256<T> s00 = Start(c, accumulate), s01 = Start(c + lanes, accumulate);
        Vector256<T> s10 = Start(c1, accumulate), s11 = Start(c1 + lanes, accumulate);
        Vector256<T> s20 = Start(c2, accumulate), s21 = Start(c2 + lanes, accumulate);
        Vector256<T> s30 = Start(c3, accumulate), s31 = Start(c3 + lanes, accumulate);
        for (int k = 0; k < depth; k++)
        {
            Vector256<T> b0 = Vector256.Load(b), b1 = Vector256.Load(b + lanes);
            Vector256<T> x = Vector256.Create(*a);
            s00 += x * b0;
            s01 += x * b1;
            x = Vector256.Create(*a1);
            s10 += x * b0;
            s11 += x * b1;
            x = Vector256.Create(*a2);
            s20 += x * b0;
            s21 += x * b1;
            x = Vector256.Create(*a3);
            s30 += x * b0;
            s31 += x * b1;
            a += aDepth;
            a1 += aDepth;
            a2 += aDepth;
            a3 += aDepth;
            b += bStride;
        }
        s00.Store(c);
        s01.Store(c + lanes);
        s10.Store(c1);
        s11.Store(c1 + lanes);
        s20.Store(c2);
        s21.Store(c2 + lanes);
        s30.Store(c3);
        s31.Store(c3 + lanes);
    }

    private static void FourByOne<T>(
        int depth, T* a, nint aRow, nint aDepth, T* b, nint bStride, T* c, nint cStride, bool accumulate)
        where T : unmanaged
    {
        T* c1 = c + cStride, c2 = c1 + cStride, c3 = c2 + cStride;
        Vector256<T> s0 = Start(c, accumulate), s1 = Start(c1, accumulate), s2 = Start(c2, accumulate), s3 = Start(c3, accumulate);
        for (int k = 0; k < depth; k++)
        {
            Vector256<T> b0 = Vector256.Load(b);
            s0 += Vector256.Create(*a) * b0;
            s1 += Vector256.Create(a[aRow]) * b0;
            s2 += Vector256.Create(a[2 * aRow]) * b0;
            s3 += Vector256.Create(a[3 * aRow]) * b0;
            a += aDepth;
            b += bStride;
        }
        s0.Store(c);
        s1.Store(c1);
        s2.Store(c2);
        s3.Store(c3);
    }

    private static void OneByTwo<T>(int depth, T* a, nint aDepth, T* b, nint bStride, T* c, bool accumulate)
        where T : unmanaged
    {
        int lanes = Vector256<T>.Count;
        Vector256<T> s0 = Start(c, accumulate), s1 = Start(c + lanes, accumulate);
        for (int k = 0; k < depth; k++)
        {
            Vector256<T> x = Vector256.Create(*a);
            s0 += x * Vector256.Load(b);
            s1 += x * Vector256.Load(b + lanes);
            a += aDepth;
            b += bStride;
        }
        s0.Store(c);
        s1.Store(c + lanes);
    }

    private static void OneByOne<T>(int depth, T* a, nint aDepth, T* b, nint bStride, T* c, bool accumulate)
        where T : unmanaged
    {
        Vector256<T> s = Start(c, accumulate);
        for (int k = 0; k < depth; k++)
        {
            s += Vector256.Create(*a) * Vector256.Load(b);
            a += aDepth;
            b += bStride;
        }
        s.Store(c);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<T> Start<T>(T* c, bool accumulate)
        where T : unmanaged => accumulate ? Vector256.Load(c) : Vector256<T>.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Start512<T>(T* c, bool accumulate)
        where T : unmanaged => accumulate ? Vector512.Load(c) : Vector512<T>.Zero;
}
