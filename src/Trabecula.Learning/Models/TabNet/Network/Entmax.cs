using System.Numerics;
using System.Runtime.Intrinsics;

namespace Trabecula.Learning.Models.Network;

/// <summary>
/// Entmax with α = 1.5, between softmax and sparsemax: <c>max(z / 2 - τ, 0)²</c>, τ such that the parts sum to 1.
/// </summary>
/// <remarks>
/// Source: Peters, Niculae and Martins, Sparse sequence-to-sequence models, ACL 2019. The sum of squares is a convex, falling function of
/// τ, and at least 1 at τ = max - 1: Newton's steps from there rise to the root without passing it.
/// </remarks>
internal static unsafe class Entmax
{
    // From max - 1 each step at least halves the distance, and near the root squares it: rounding ends it long before.
    private const int MostSteps = 60;

    /// <summary>Projects rows, in place.</summary>
    /// <inheritdoc cref="Sparsemax.Project"/>
    internal static void Project<T>(T* row, int rows, int stride, int count, int width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (; rows > 0; rows--, row += stride)
            Project(row, count, width);
    }

    /// <summary>From the gradient of projected rows p to that of the rows, in place: <c>√p (g - Σ √p g / Σ √p)</c>.</summary>
    internal static void Differentiate<T>(T* projected, T* gradient, int rows, int stride, int width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (; rows > 0; rows--, projected += stride, gradient += stride)
        {
            Vector256<T> sum = Vector256<T>.Zero, roots = Vector256<T>.Zero;
            for (int i = 0; i < width; i += Vector256<T>.Count)
            {
                Vector256<T> root = Vector256.Sqrt(Vector256.Load(projected + i));
                sum += root * Vector256.Load(gradient + i);
                roots += root;
            }
            Vector256<T> mean = LaneMath.SumInLanes(sum) / LaneMath.SumInLanes(roots);
            for (int i = 0; i < width; i += Vector256<T>.Count)
                (Vector256.Sqrt(Vector256.Load(projected + i)) * (Vector256.Load(gradient + i) - mean)).Store(gradient + i);
        }
    }

    private static void Project<T>(T* row, int count, int width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Threshold.Centre(row, count, width);
        Vector256<T> half = Vector256.Create(T.CreateTruncating(0.5));
        for (int i = 0; i < width; i += Vector256<T>.Count)
            (Vector256.Load(row + i) * half).Store(row + i);
        T threshold = -T.One, two = T.One + T.One;
        for (int step = 0; step < MostSteps; step++)
        {
            Vector256<T> tau = Vector256.Create(threshold), sum = Vector256<T>.Zero, squares = Vector256<T>.Zero;
            for (int i = 0; i < width; i += Vector256<T>.Count)
            {
                Vector256<T> part = LaneMath.Larger(Vector256.Load(row + i) - tau, Vector256<T>.Zero);
                sum += part;
                squares += part * part;
            }
            T next = threshold + (LaneMath.Sum(squares) - T.One) / (two * LaneMath.Sum(sum));
            if (!(next > threshold))
                break;
            threshold = next;
        }
        Vector256<T> found = Vector256.Create(threshold);
        for (int i = 0; i < width; i += Vector256<T>.Count)
        {
            Vector256<T> part = LaneMath.Larger(Vector256.Load(row + i) - found, Vector256<T>.Zero);
            (part * part).Store(row + i);
        }
    }
}
