using System.Numerics;

namespace Trabecula.Learning.Models.Network;

/// <summary>The numbers of a network: parameters, their gradients, running statistics, and weights transposed for the backward pass.</summary>
internal sealed unsafe class NetworkState<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly NativeBuffers<T> _buffers = new();

    internal NetworkState(TabNetArchitecture architecture)
    {
        Architecture = architecture;
        Parameters = _buffers.Take(architecture.ParameterLength);
        Gradients = _buffers.Take(architecture.ParameterLength);
        Running = _buffers.Take(architecture.RunningLength);
        Transposed = _buffers.Take(architecture.TransposedLength);
        Reset();
    }

    internal TabNetArchitecture Architecture { get; }

    internal T* Parameters { get; }

    internal T* Gradients { get; }

    internal T* Running { get; }

    internal T* Transposed { get; }

    internal Span<T> ParameterValues => new(Parameters, Architecture.ParameterLength);

    internal Span<T> GradientValues => new(Gradients, Architecture.ParameterLength);

    internal Span<T> RunningValues => new(Running, Architecture.RunningLength);

    public void Dispose() => _buffers.Dispose();

    /// <summary>Draws the weights and embeddings; normalisations begin as the identity.</summary>
    internal void Initialize(RandomSequence random)
    {
        foreach (InputColumn column in Architecture.Columns)
        {
            for (int i = 0; i < column.Levels * column.Size; i++)
                Parameters[column.EmbeddingOffset + i] = T.CreateTruncating(Gaussian(random));
        }
        foreach (LinearLayer layer in Architecture.LinearLayers)
        {
            for (int input = 0; input < layer.Input.Count; input++)
            {
                T* row = Parameters + layer.Offset + (nint)layer.Input[input] * layer.Output.Stride;
                for (int output = 0; output < layer.Output.Count; output++)
                    row[layer.Output[output]] = T.CreateTruncating(layer.InitialDeviation * Gaussian(random));
            }
        }
    }

    /// <summary>Brings the transposed weights up to date with the parameters.</summary>
    internal void Transpose()
    {
        foreach (LinearLayer layer in Architecture.LinearLayers)
        {
            int inputStride = layer.Input.Stride, outputStride = layer.Output.Stride;
            T* from = Parameters + layer.Offset, to = Transposed + layer.TransposedOffset;
            for (int output = 0; output < layer.Output.Width; output += Axis.Lanes)
            {
                for (int input = 0; input < layer.Input.Width; input++)
                {
                    T* row = from + (nint)input * outputStride + output;
                    T* column = to + (nint)output * inputStride + input;
                    for (int i = 0; i < Axis.Lanes; i++)
                        column[(nint)i * inputStride] = row[i];
                }
            }
        }
    }

    /// <summary>A standard normal number by Marsaglia's polar method, whose logarithm is the same on any processor.</summary>
    private static double Gaussian(RandomSequence random)
    {
        double u, s;
        do
        {
            double v = 2 * random.NextDouble() - 1;
            u = 2 * random.NextDouble() - 1;
            s = u * u + v * v;
        } while (s >= 1 || s == 0);
        return u * Math.Sqrt(-2 * LaneMath.Log(s) / s);
    }

    private void Reset()
    {
        foreach (NormLayer layer in Architecture.NormLayers)
        {
            // The scale of a place without a unit is 0, so that its output is.
            for (int unit = 0; unit < layer.Axis.Count; unit++)
                Parameters[layer.ScaleOffset + layer.Axis[unit]] = T.One;
            new Span<T>(Running + layer.VarianceOffset, layer.Axis.Width).Fill(T.One);
        }
    }
}
