using System.Numerics;
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
    /// <summary>Projects a row, in place.</summary>
    /// <param name="row">The row; the places from <paramref name="count"/> to <paramref name="width"/> become 0.</param>
    /// <param name="count">Number of units.</param>
    /// <param name="width">Places, a multiple of <see cref="Axis.Lanes"/>.</param>
    internal static void Project<T>(T* row, int count, int width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Threshold.Centre(row, count, width);
        T threshold = -T.One;
        int size = int.MaxValue;
        while (true)
        {
            Vector256<T> bound = Vector256.Create(threshold), sum = Vector256<T>.Zero;
            int members = 0;
            for (int i = 0; i < width; i += Vector256<T>.Count)
            {
                Vector256<T> z = Vector256.Load(row + i), isMember = Vector256.GreaterThan(z, bound);
                sum += z & isMember;
                members += BitOperations.PopCount(isMember.ExtractMostSignificantBits());
            }
            if (members >= size)
                break;
            size = members;
            threshold = (LaneMath.Sum(sum) - T.One) / T.CreateTruncating(members);
        }
        Vector256<T> tau = Vector256.Create(threshold);
        for (int i = 0; i < width; i += Vector256<T>.Count)
            LaneMath.Larger(Vector256.Load(row + i) - tau, Vector256<T>.Zero).Store(row + i);
    }

    /// <summary>From the gradient of a projected row to that of the row, in place: on the support less its mean there, elsewhere 0.</summary>
    internal static void Differentiate<T>(T* projected, T* gradient, int width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Vector256<T> sum = Vector256<T>.Zero;
        int members = 0;
        for (int i = 0; i < width; i += Vector256<T>.Count)
        {
            Vector256<T> isMember = Vector256.GreaterThan(Vector256.Load(projected + i), Vector256<T>.Zero);
            sum += Vector256.Load(gradient + i) & isMember;
            members += BitOperations.PopCount(isMember.ExtractMostSignificantBits());
        }
        Vector256<T> mean = Vector256.Create(LaneMath.Sum(sum) / T.CreateTruncating(members));
        for (int i = 0; i < width; i += Vector256<T>.Count)
        {
            Vector256<T> isMember = Vector256.GreaterThan(Vector256.Load(projected + i), Vector256<T>.Zero);
            ((Vector256.Load(gradient + i) - mean) & isMember).Store(gradient + i);
        }
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
        T top = largest.GetElement(0);
        for (int i = 1; i < Vector256<T>.Count; i++)
            top = largest.GetElement(i) > top ? largest.GetElement(i) : top;
        Vector256<T> tops = Vector256.Create(top);
        for (int i = 0; i < width; i += Vector256<T>.Count)
            (Vector256.Load(row + i) - tops).Store(row + i);
    }
}
