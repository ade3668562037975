using System.Numerics;
using System.Runtime.Intrinsics;

namespace Trabecula.Learning.Models.Network;

/// <summary>Softmax and the weighted mean of its cross entropy.</summary>
internal static unsafe class SoftmaxLoss
{
    /// <summary>
    /// Sum over rows of <c>-w log p(class) / total</c>, and its gradient.
    /// </summary>
    /// <param name="logits">Row by row.</param>
    /// <param name="classes">The class of each row.</param>
    /// <param name="weights">The weight of each class.</param>
    /// <param name="total">Sum of the weights of the whole batch.</param>
    /// <param name="count">Number of classes.</param>
    /// <param name="stride">From one row to the next.</param>
    /// <param name="gradient">Receives the gradient of the logits.</param>
    internal static double Differentiate<T>(
        T* logits, ReadOnlySpan<int> classes, ReadOnlySpan<double> weights, double total, int count, int stride, T* gradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // Rows lie along the lanes.
        int lanes = Vector512<double>.Count;
        double* values = stackalloc double[count * lanes], parts = stackalloc double[count * lanes], logarithms = stackalloc double[lanes];
        new Span<double>(values, count * lanes).Clear();
        double loss = 0;
        for (int first = 0; first < classes.Length; first += lanes)
        {
            ReadOnlySpan<int> labels = classes.Slice(first, Math.Min(lanes, classes.Length - first));
            T* at = logits + (nint)first * stride, to = gradient + (nint)first * stride;
            for (int row = 0; row < labels.Length; row++)
            {
                for (int k = 0; k < count; k++)
                    values[k * lanes + row] = double.CreateTruncating(at[(nint)row * stride + k]);
            }
            Vector512<double> top = Vector512.Load(values), sum = Vector512<double>.Zero;
            for (int k = 1; k < count; k++)
                top = Vector512.Max(top, Vector512.Load(values + k * lanes));
            for (int k = 0; k < count; k++)
            {
                Vector512<double> power = LaneMath.Exp(Vector512.Load(values + k * lanes) - top);
                power.Store(parts + k * lanes);
                sum += power;
            }
            (LaneMath.Log(sum) + top).Store(logarithms);
            for (int k = 0; k < count; k++)
                (Vector512.Load(parts + k * lanes) / sum).Store(parts + k * lanes);
            for (int row = 0; row < labels.Length; row++)
            {
                int label = labels[row];
                double weight = weights[label] / total;
                loss += weight * (logarithms[row] - values[label * lanes + row]);
                for (int k = 0; k < count; k++)
                    to[(nint)row * stride + k] = T.CreateTruncating(weight * (parts[k * lanes + row] - (k == label ? 1 : 0)));
            }
        }
        return loss;
    }
}
