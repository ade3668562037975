using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Trabecula.Learning.Models.Network;

/// <summary>
/// The nearest point to a row among those whose parts are not negative and sum to 1: <c>max(z - τ, 0)</c>.
/// </summary>
/// <remarks>
/// Source: Martins and Astudillo, From softmax to sparsemax, ICML 2016, equation 3; the threshold without sorting after Michelot,
/// J. Optim. Theory Appl. 50 (1986) 195: of a set that holds the support, τ = (Σ z - 1) / size is too small, so what lies below it
/// can leave, until nothing does. The largest part is at most 1, so the set that begins is z > max - 1.
/// </remarks>
internal static unsafe class Sparsemax
{
    // Rows whose rounds run side by side: a round of one is a chain of operations that each wait for the one before.
    private const int RowsAtATime = 4;

    /// <summary>Projects rows, in place.</summary>
    /// <param name="row">The first row; the places from <paramref name="count"/> to <paramref name="width"/> become 0.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="stride">From one row to the next.</param>
    /// <param name="count">Number of units.</param>
    /// <param name="width">Places, a multiple of <see cref="Axis.Lanes"/>.</param>
    internal static void Project<T>(T* row, int rows, int stride, int count, int width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (; rows >= RowsAtATime; rows -= RowsAtATime, row += (nint)RowsAtATime * stride)
            ProjectFour(row, row + stride, row + 2 * (nint)stride, row + 3 * (nint)stride, count, width);
        for (; rows > 0; rows--, row += stride)
        {
            Threshold.Centre(row, count, width);
            Vector256<T> threshold = -Vector256<T>.One, members = Vector256.Create(T.CreateTruncating(width + 1));
            while (Raise(row, width, ref threshold, ref members) != Vector256<T>.Zero)
            {
            }
            Cut(row, width, threshold);
        }
    }

    /// <summary>From the gradient of projected rows to that of the rows, in place: on the support less its mean there, elsewhere 0.</summary>
    internal static void Differentiate<T>(T* projected, T* gradient, int rows, int stride, int width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (; rows > 0; rows--, projected += stride, gradient += stride)
        {
            Vector256<T> sum = Vector256<T>.Zero, members = Vector256<T>.Zero;
            for (int i = 0; i < width; i += Vector256<T>.Count)
            {
                Vector256<T> isMember = Vector256.GreaterThan(Vector256.Load(projected + i), Vector256<T>.Zero);
                sum += Vector256.Load(gradient + i) & isMember;
                members += Vector256<T>.One & isMember;
            }
            Vector256<T> mean = LaneMath.SumInLanes(sum) / LaneMath.SumInLanes(members);
            for (int i = 0; i < width; i += Vector256<T>.Count)
            {
                Vector256<T> isMember = Vector256.GreaterThan(Vector256.Load(projected + i), Vector256<T>.Zero);
                ((Vector256.Load(gradient + i) - mean) & isMember).Store(gradient + i);
            }
        }
    }

    private static void ProjectFour<T>(T* row0, T* row1, T* row2, T* row3, int count, int width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Vector256<T> t0 = -Vector256<T>.One, t1 = t0, t2 = t0, t3 = t0;
        Vector256<T> m0 = Vector256.Create(T.CreateTruncating(width + 1)), m1 = m0, m2 = m0, m3 = m0;
        Threshold.Centre(row0, count, width);
        Threshold.Centre(row1, count, width);
        Threshold.Centre(row2, count, width);
        Threshold.Centre(row3, count, width);
        while ((Raise(row0, width, ref t0, ref m0) | Raise(row1, width, ref t1, ref m1)
            | Raise(row2, width, ref t2, ref m2) | Raise(row3, width, ref t3, ref m3)) != Vector256<T>.Zero)
        {
        }
        Cut(row0, width, t0);
        Cut(row1, width, t1);
        Cut(row2, width, t2);
        Cut(row3, width, t3);
    }

    /// <summary>Lets what lies below the threshold leave, and takes that of those which stay; says in every lane whether any left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<T> Raise<T>(T* row, int width, ref Vector256<T> threshold, ref Vector256<T> members)
        where T : unmanaged
    {
        Vector256<T> sum = Vector256<T>.Zero, left = Vector256<T>.Zero;
        for (int i = 0; i < width; i += Vector256<T>.Count)
        {
            Vector256<T> z = Vector256.Load(row + i), isMember = Vector256.GreaterThan(z, threshold);
            sum += z & isMember;
            left += Vector256<T>.One & isMember;
        }
        left = LaneMath.SumInLanes(left);
        Vector256<T> isFewer = Vector256.LessThan(left, members);
        threshold = Vector256.ConditionalSelect(isFewer, (LaneMath.SumInLanes(sum) - Vector256<T>.One) / left, threshold);
        members = Vector256.ConditionalSelect(isFewer, left, members);
        return isFewer;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Cut<T>(T* row, int width, Vector256<T> threshold)
        where T : unmanaged
    {
        for (int i = 0; i < width; i += Vector256<T>.Count)
            LaneMath.Larger(Vector256.Load(row + i) - threshold, Vector256<T>.Zero).Store(row + i);
    }
}

/// <summary>What the projections have in common.</summary>
internal static unsafe class Threshold
{
    /// <summary>Takes the largest unit off each, which changes no projection, and puts the places behind the units out of any support.</summary>
    internal static void Centre<T>(T* row, int count, int width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T outside = T.CreateTruncating(-1e30);
        for (int i = count; i < width; i++)
            row[i] = outside;
        Vector256<T> largest = Vector256.Load(row);
        for (int i = Vector256<T>.Count; i < width; i += Vector256<T>.Count)
            largest = LaneMath.Larger(largest, Vector256.Load(row + i));
        largest = LaneMath.Largest(largest);
        for (int i = 0; i < width; i += Vector256<T>.Count)
            (Vector256.Load(row + i) - largest).Store(row + i);
    }
}
