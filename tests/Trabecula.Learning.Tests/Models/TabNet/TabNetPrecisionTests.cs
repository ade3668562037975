using System.Numerics;
using Trabecula.Learning.Models;
using Trabecula.Learning.Models.Network;
using Xunit;

namespace Trabecula.Learning.Tests.Models;

/// <summary>Training in 32 bits, whose vectors hold twice as many numbers, against 64 bits, which is held against the reference.</summary>
public sealed unsafe class TabNetPrecisionTests
{
    /// <summary>The last virtual batch is shorter than the one before it, so that buffers still hold that one's rows behind its own.</summary>
    [Theory]
    [InlineData(5, 23, 12)]
    [InlineData(8, 23, 12)]
    [InlineData(20, 31, 11)]
    [InlineData(24, 27, 14)]
    [InlineData(64, 23, 12)]
    [InlineData(70, 31, 16)]
    public void TrainingStep_In32Bits_GivesLossesMasksAndGradientsOf64Bits(int columns, int rows, int virtualBatchSize)
    {
        TabNet options = new() { ND = 3, NA = 12, NSteps = 3, VirtualBatchSize = virtualBatchSize };
        foreach (MaskType mask in Enum.GetValues<MaskType>())
        {
            (BatchLoss expected, double[] expectedGradient) = Run<double>(options with { MaskType = mask }, columns, rows);
            (BatchLoss found, double[] gradient) = Run<float>(options with { MaskType = mask }, columns, rows);
            Assert.Equal(expected.CrossEntropy, found.CrossEntropy, 1e-5);
            Assert.Equal(expected.Entropy, found.Entropy, 1e-5);
            double largest = expectedGradient.Max(Math.Abs);
            Assert.All(expectedGradient.Zip(gradient), pair => Assert.Equal(pair.First, pair.Second, 1e-4 * largest));
        }
    }

    private static (BatchLoss Loss, double[] Gradient) Run<T>(TabNet options, int columns, int rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var architecture = new TabNetArchitecture(options, new int[columns], 2);
        using var state = new NetworkState<T>(architecture);
        state.Initialize(new Seed(3).Open());
        state.Transpose();
        using var table = new InputTable<T>(Tables.Gaussian(new Seed(4), rows, columns), architecture);
        using var step = new TrainingStep<T>(state, rows);
        int[] places = [.. Enumerable.Range(0, rows)];
        table.Gather(places, state.Parameters, step.Raw);
        BatchLoss loss = step.Run([.. places.Select(row => row % 3 == 0 ? 1 : 0)], [1, 1], needsInputGradient: true, TestContext.Current.CancellationToken);
        return (loss, [.. state.GradientValues.ToArray().Select(value => double.CreateTruncating(value))]);
    }
}
