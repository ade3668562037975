using Trabecula.Learning.Models.Network;
using Xunit;

namespace Trabecula.Learning.Tests.Models;

/// <summary>Holds the gradient of a network against differences of its loss.</summary>
internal static unsafe class GradientCheck
{
    /// <summary>Moves scales and shifts away from the identity, where errors could hide; only of places that have a unit.</summary>
    internal static void Unsettle(NetworkState<double> state, RandomSequence random)
    {
        foreach (NormLayer layer in state.Architecture.NormLayers)
        {
            for (int unit = 0; unit < layer.Axis.Count; unit++)
            {
                state.Parameters[layer.ScaleOffset + layer.Axis[unit]] += 0.2 * random.NextGaussian();
                state.Parameters[layer.ShiftOffset + layer.Axis[unit]] += 0.2 * random.NextGaussian();
            }
        }
        state.Transpose();
    }

    /// <summary>Compares the gradient that the state holds with the central difference of each parameter that is not 0.</summary>
    /// <param name="state">The network, with its gradients.</param>
    /// <param name="step">How far a parameter is moved to either side.</param>
    /// <param name="loss">The loss of the state's parameters.</param>
    internal static void EqualsDifferences(NetworkState<double> state, double step, Func<double> loss)
    {
        double[] gradient = state.GradientValues.ToArray();
        double largest = gradient.Max(Math.Abs);
        Assert.True(largest > 1e-3);
        int wrong = 0, compared = 0;
        for (int i = 0; i < gradient.Length; i++)
        {
            double kept = state.Parameters[i];
            if (kept == 0)
                continue;
            state.Parameters[i] = kept + step;
            double up = loss();
            state.Parameters[i] = kept - step;
            double down = loss();
            state.Parameters[i] = kept;
            compared++;
            if (!(Math.Abs((up - down) / (2 * step) - gradient[i]) <= 1e-6 * largest))
                wrong++;
        }
        Assert.True(compared > 100);
        Assert.Equal(0, wrong);
    }
}
