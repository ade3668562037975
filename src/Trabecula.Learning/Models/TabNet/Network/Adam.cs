using System.Numerics;
using System.Runtime.Intrinsics;

namespace Trabecula.Learning.Models.Network;

/// <summary>Adam on the flat buffer of parameters, with weight decay as an L2 penalty and clipping of the gradient's length.</summary>
/// <remarks>Source: Kingma and Ba, Adam: a method for stochastic optimization, ICLR 2015, algorithm 1; β 0.9 and 0.999, ε 1e-8.</remarks>
internal sealed unsafe class Adam<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const double Beta1 = 0.9, Beta2 = 0.999, Epsilon = 1e-8;

    // Added to the length before dividing by it, so that the clipped gradient stays just below the limit.
    private const double ClipMargin = 1e-6;

    private readonly NetworkState<T> _state;
    private readonly NativeBuffers<T> _buffers = new();
    private readonly T* _first;
    private readonly T* _second;
    private double _power1 = 1, _power2 = 1;

    internal Adam(NetworkState<T> state)
    {
        _state = state;
        _first = _buffers.Take(state.Architecture.ParameterLength);
        _second = _buffers.Take(state.Architecture.ParameterLength);
    }

    public void Dispose() => _buffers.Dispose();

    /// <summary>Moves the parameters against their gradient.</summary>
    /// <param name="learningRate">Length of a step.</param>
    /// <param name="weightDecay">This times a parameter is added to its gradient after clipping.</param>
    /// <param name="clipValue">Longest gradient; longer ones are shortened to it. 0 for no limit.</param>
    /// <returns>The length of the gradient before clipping.</returns>
    internal double Step(double learningRate, double weightDecay, double clipValue)
    {
        double norm = GradientNorm();
        double shorten = clipValue > 0 ? Math.Min(1, clipValue / (norm + ClipMargin)) : 1;
        _power1 *= Beta1;
        _power2 *= Beta2;
        Vector256<T> factor = Create(shorten), decay = Create(weightDecay), epsilon = Create(Epsilon);
        Vector256<T> keep1 = Create(Beta1), move1 = Create(1 - Beta1), keep2 = Create(Beta2), move2 = Create(1 - Beta2);
        Vector256<T> rate = Create(learningRate / (1 - _power1)), correction = Create(1 / Math.Sqrt(1 - _power2));
        T* parameters = _state.Parameters, gradients = _state.Gradients;
        for (int i = 0; i < _state.Architecture.ParameterLength; i += Vector256<T>.Count)
        {
            Vector256<T> parameter = Vector256.Load(parameters + i);
            Vector256<T> gradient = Vector256.Load(gradients + i) * factor + decay * parameter;
            Vector256<T> first = keep1 * Vector256.Load(_first + i) + move1 * gradient;
            Vector256<T> second = keep2 * Vector256.Load(_second + i) + move2 * (gradient * gradient);
            first.Store(_first + i);
            second.Store(_second + i);
            (parameter - rate * first / (Vector256.Sqrt(second) * correction + epsilon)).Store(parameters + i);
        }
        return norm;
    }

    private double GradientNorm()
    {
        const int Block = 4096;
        double sum = 0;
        for (int start = 0; start < _state.Architecture.ParameterLength; start += Block)
        {
            int end = Math.Min(start + Block, _state.Architecture.ParameterLength);
            Vector256<T> squares = Vector256<T>.Zero;
            for (int i = start; i < end; i += Vector256<T>.Count)
            {
                Vector256<T> gradient = Vector256.Load(_state.Gradients + i);
                squares += gradient * gradient;
            }
            sum += double.CreateTruncating(LaneMath.Sum(squares));
        }
        return Math.Sqrt(sum);
    }

    private static Vector256<T> Create(double value) => Vector256.Create(T.CreateTruncating(value));
}
