using System.Numerics;

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
        Span<double> powers = stackalloc double[count];
        double loss = 0;
        for (int row = 0; row < classes.Length; row++)
        {
            T* at = logits + (nint)row * stride, to = gradient + (nint)row * stride;
            double top = double.CreateTruncating(at[0]), sum = 0;
            for (int k = 1; k < count; k++)
                top = Math.Max(top, double.CreateTruncating(at[k]));
            for (int k = 0; k < count; k++)
                sum += powers[k] = LaneMath.Exp(double.CreateTruncating(at[k]) - top);
            int label = classes[row];
            double weight = weights[label] / total;
            loss += weight * (LaneMath.Log(sum) + top - double.CreateTruncating(at[label]));
            for (int k = 0; k < count; k++)
                to[k] = T.CreateTruncating(weight * (powers[k] / sum - (k == label ? 1 : 0)));
        }
        return loss;
    }
}
