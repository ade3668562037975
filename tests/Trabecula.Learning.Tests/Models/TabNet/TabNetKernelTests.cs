using System.Text.Json;
using CsCheck;
using Trabecula.Learning.Models.Network;
using Xunit;

namespace Trabecula.Learning.Tests.Models;

/// <summary>The parts of the network, each against a plain version of it.</summary>
public sealed unsafe class TabNetKernelTests
{
    [Fact]
    public void MatrixProduct_AnySize_EqualsTheTripleLoopToTheLastBit() =>
        Gen.Select(Gen.Int[1, 23], Gen.Int[1, 8], Gen.Int[0, 40], Gen.Bool, Gen.Bool, Gen.ULong).Sample((rows, blocks, depth, transposed, accumulate, value) =>
        {
            int columns = blocks * Axis.Lanes, stride = columns + Axis.Lanes;
            RandomSequence random = new Seed(value).Open();
            float[] a = Draw(random, rows * depth), b = Draw(random, depth * stride), c = Draw(random, rows * stride);
            float[] expected = [.. c];
            (int aRow, int aDepth) = transposed ? (1, rows) : (depth, 1);
            for (int i = 0; i < rows; i++)
            {
                for (int j = 0; j < columns; j++)
                {
                    float sum = accumulate ? c[i * stride + j] : 0;
                    for (int k = 0; k < depth; k++)
                        sum += a[i * aRow + k * aDepth] * b[k * stride + j];
                    expected[i * stride + j] = sum;
                }
            }
            fixed (float* pa = a, pb = b, pc = c)
                MatrixProduct.Compute(rows, columns, depth, pa, aRow, aDepth, pb, stride, pc, stride, accumulate);
            Assert.Equal(expected, c);
        }, iter: 300);

    [Fact]
    public void Exp_OverItsRange_EqualsTheLibrary()
    {
        for (double x = -700; x < 700; x += 0.37)
            Assert.Equal(1, LaneMath.Exp(x) / Math.Exp(x), 2e-15);
        for (float x = -86; x < 87; x += 0.0731f)
            Assert.Equal(1, LaneMath.Exp(System.Runtime.Intrinsics.Vector512.Create(x))[3] / MathF.Exp(x), 3e-7f);
        Assert.Equal(1, LaneMath.Exp(0));
    }

    [Fact]
    public void Log_OverItsRange_EqualsTheLibrary()
    {
        for (double x = 1e-300; x < 1e300; x *= 1.37)
            Assert.Equal(Math.Log(x), LaneMath.Log(x), 2e-15 * Math.Max(1, Math.Abs(Math.Log(x))));
        for (float x = 1e-37f; x < 1e37f; x *= 1.0137f)
            Assert.Equal(MathF.Log(x), LaneMath.Log(System.Runtime.Intrinsics.Vector512.Create(x))[5], 3e-7f * Math.Max(1, Math.Abs(MathF.Log(x))));
        Assert.Equal(0, LaneMath.Log(1));
    }

    [Fact]
    public void Sparsemax_ReferenceCases_AreExact()
    {
        foreach (JsonElement golden in ReferenceData.Golden("tabnet.json").GetProperty("sparsemax").GetProperty("cases").EnumerateArray())
        {
            double[] input = ReferenceData.Doubles(golden.GetProperty("input")), upstream = ReferenceData.Doubles(golden.GetProperty("upstream"));
            (double[] output, double[] gradient) = Run(input, upstream, entmax: false);
            AssertClose(ReferenceData.Doubles(golden.GetProperty("output")), output, 1e-15);
            AssertClose(ReferenceData.Doubles(golden.GetProperty("gradient")), gradient, 1e-15);
            Assert.Equal(golden.GetProperty("support").GetInt32(), output.Count(p => p > 0));
        }
    }

    [Fact]
    public void Sparsemax_AnyRow_EqualsTheProjectionBySorting() =>
        Gen.Select(Gen.ULong, Gen.Int[1, 60], Gen.Double[0.01, 30]).Sample((value, count, scale) =>
        {
            RandomSequence random = new Seed(value).Open();
            // Rounded to tenths, so that ties occur.
            double[] z = [.. Enumerable.Range(0, count).Select(_ => Math.Round(scale * random.NextGaussian(), 1))];
            double[] sorted = [.. z.OrderDescending()];
            double sum = 0, tau = 0;
            for (int k = 1; k <= count; k++)
            {
                sum += sorted[k - 1];
                if (1 + k * sorted[k - 1] > sum)
                    tau = (sum - 1) / k;
            }
            (double[] output, _) = Run(z, z, entmax: false);
            AssertClose([.. z.Select(v => Math.Max(0, v - tau))], output, 1e-12);
            Assert.Equal(1, output.Sum(), 1e-12);
        }, iter: 500);

    [Fact]
    public void Entmax_AnyRow_SumsToOneAndSolvesItsEquation() =>
        Gen.Select(Gen.ULong, Gen.Int[1, 60], Gen.Double[0.01, 30]).Sample((value, count, scale) =>
        {
            RandomSequence random = new Seed(value).Open();
            double[] z = [.. Enumerable.Range(0, count).Select(_ => scale * random.NextGaussian())];
            double low = z.Max() / 2 - 1, high = z.Max() / 2;
            for (int i = 0; i < 200; i++)
            {
                double middle = (low + high) / 2;
                if (z.Sum(v => Math.Pow(Math.Max(0, v / 2 - middle), 2)) > 1)
                    low = middle;
                else
                    high = middle;
            }
            (double[] output, _) = Run(z, z, entmax: true);
            AssertClose([.. z.Select(v => Math.Pow(Math.Max(0, v / 2 - low), 2))], output, 1e-10);
        }, iter: 300);

    [Fact]
    public void BatchNormalization_ReferenceCase_EqualsItInTrainingAndAfter()
    {
        JsonElement golden = ReferenceData.Golden("tabnet.json").GetProperty("batchNorm");
        double[] input = ReferenceData.Doubles(golden.GetProperty("input").GetProperty("values"));
        int rows = input.Length / 3;
        double[] values = Padded(input, rows), mean = new double[Axis.Lanes], inverse = new double[Axis.Lanes];
        double[] variance = [.. Enumerable.Repeat(1.0, Axis.Lanes)], again = Padded(input, rows);
        double[] centre = new double[Axis.Lanes], scale = [.. Enumerable.Repeat(1.0, Axis.Lanes)], shift = new double[Axis.Lanes];
        fixed (double* x = values, y = again, c = centre, i = inverse, m = mean, v = variance, a = scale, b = shift)
        {
            BatchNormalization.Measure(x, rows, Axis.Lanes, Axis.Lanes, c, i, m, v, golden.GetProperty("momentum").GetDouble());
            BatchNormalization.Normalize(x, rows, Axis.Lanes, Axis.Lanes, c, i, a, b, x, Axis.Lanes);
            BatchNormalization.MeasureByRunning(Axis.Lanes, c, i, m, v);
            BatchNormalization.Normalize(y, rows, Axis.Lanes, Axis.Lanes, c, i, a, b, y, Axis.Lanes);
        }
        AssertClose(ReferenceData.Doubles(golden.GetProperty("trainOutput").GetProperty("values")), Units(values, rows), 1e-12);
        AssertClose(ReferenceData.Doubles(golden.GetProperty("evalOutputAfter").GetProperty("values")), Units(again, rows), 1e-12);
        AssertClose(ReferenceData.Doubles(golden.GetProperty("runningMean")), mean[..3], 1e-14);
        AssertClose(ReferenceData.Doubles(golden.GetProperty("runningVariance")), variance[..3], 1e-14);
    }

    [Fact]
    public void BatchNormalization_AnyWidth_EqualsTheColumnsOneByOneToTheLastBit() =>
        Gen.Select(Gen.Int[2, 40], Gen.Int[1, 11], Gen.ULong).Sample((rows, blocks, value) =>
        {
            int width = blocks * Axis.Lanes, stride = width + Axis.Lanes;
            RandomSequence random = new Seed(value).Open();
            float[] x = Draw(random, rows * stride), g = Draw(random, rows * stride), scale = Draw(random, width), shift = Draw(random, width);
            float[] scaled = new float[rows * width], expectedScaled = new float[rows * width], expected = [.. x], expectedGradient = [.. g], sums = new float[width], products = new float[width];
            for (int column = 0; column < width; column++)
            {
                float sum = 0, squares = 0;
                for (int row = 0; row < rows; row++)
                    sum += x[row * stride + column];
                float mean = sum / rows;
                for (int row = 0; row < rows; row++)
                    squares += (x[row * stride + column] - mean) * (x[row * stride + column] - mean);
                float inverse = 1 / MathF.Sqrt(squares / rows + (float)BatchNormalization.Epsilon);
                for (int row = 0; row < rows; row++)
                {
                    float normalized = expected[row * stride + column] = (x[row * stride + column] - mean) * inverse;
                    expectedScaled[row * width + column] = normalized * scale[column] + shift[column];
                    sums[column] += g[row * stride + column];
                    products[column] += g[row * stride + column] * normalized;
                }
                for (int row = 0; row < rows; row++)
                    expectedGradient[row * stride + column] = scale[column] * inverse *
                        (g[row * stride + column] - sums[column] / rows - expected[row * stride + column] * (products[column] / rows));
            }
            float[] centres = new float[width], inverses = new float[width], running = new float[2 * width], gradients = new float[2 * width];
            fixed (float* px = x, pg = g, ps = scale, pb = shift, po = scaled, pc = centres, pi = inverses, pr = running, pd = gradients)
            {
                BatchNormalization.Measure(px, rows, stride, width, pc, pi, pr, pr + width, 0.1);
                BatchNormalization.Normalize(px, rows, stride, width, pc, pi, ps, pb, po, width);
                BatchNormalization.Differentiate(pg, px, rows, stride, width, pi, ps, pd, pd + width);
            }
            Assert.Equal(expected, x);
            Assert.Equal(expectedScaled, scaled);
            Assert.Equal(expectedGradient, g);
            Assert.Equal(products, gradients[..width]);
            Assert.Equal(sums, gradients[width..]);
        }, iter: 200);

    [Theory]
    [InlineData(48, 16, new[] { 16, 16, 16 })]
    [InlineData(50, 16, new[] { 13, 13, 13, 11 })]
    [InlineData(129, 128, new[] { 65, 64 })]
    [InlineData(10, 3, new[] { 3, 3, 4 })]
    [InlineData(3, 2, new[] { 3 })]
    [InlineData(7, 100, new[] { 7 })]
    public void VirtualBatches_OfABatch_HaveTheReferencesLengthsAndNoSingleRow(int rows, int size, int[] expected)
    {
        var options = new Learning.Models.TabNet { VirtualBatchSize = size, NSteps = 1 };
        using var state = new NetworkState<double>(new TabNetArchitecture(options, new int[2], 2));
        var lengths = new List<int>();
        using var step = new TrainingStep<double>(state, rows) { Observer = (_, count, _) => lengths.Add(count) };
        for (int i = 0; i < rows; i++)
            step.Raw[i * state.Architecture.Features.Stride] = i;
        step.Run(new int[rows], [1, 1], needsInputGradient: false, TestContext.Current.CancellationToken);
        Assert.Equal(expected, lengths);
    }

    /// <summary>Runs a row among others: rows in fours go another way than the last ones, and neighbours must not matter.</summary>
    private static (double[] Output, double[] Gradient) Run(double[] input, double[] upstream, bool entmax)
    {
        const int Rows = 6;
        int width = (input.Length + Axis.Lanes - 1) / Axis.Lanes * Axis.Lanes, stride = width + Axis.Lanes;
        double[] values = new double[Rows * stride], gradients = new double[Rows * stride];
        for (int row = 0; row < Rows; row++)
        {
            for (int i = 0; i < input.Length; i++)
                (values[row * stride + i], gradients[row * stride + i]) = (row % 2 == 0 ? input[i] : -3 * input[i], upstream[i]);
        }
        fixed (double* z = values, g = gradients)
        {
            if (entmax)
            {
                Entmax.Project(z, Rows, stride, input.Length, width);
                Entmax.Differentiate(z, g, Rows, stride, width);
            }
            else
            {
                Sparsemax.Project(z, Rows, stride, input.Length, width);
                Sparsemax.Differentiate(z, g, Rows, stride, width);
            }
        }
        for (int row = 2; row < Rows; row++)
        {
            Assert.Equal(values[((row - 2) * stride)..((row - 1) * stride)], values[(row * stride)..((row + 1) * stride)]);
            Assert.Equal(gradients[((row - 2) * stride)..((row - 1) * stride)], gradients[(row * stride)..((row + 1) * stride)]);
        }
        Assert.All(values[input.Length..stride], value => Assert.Equal(0, value));
        return (values[..input.Length], gradients[..input.Length]);
    }

    private static float[] Draw(RandomSequence random, int count) => [.. Enumerable.Range(0, count).Select(_ => (float)random.NextGaussian())];

    private static double[] Padded(double[] values, int rows)
    {
        var padded = new double[rows * Axis.Lanes];
        for (int i = 0; i < values.Length; i++)
            padded[i / 3 * Axis.Lanes + i % 3] = values[i];
        return padded;
    }

    private static double[] Units(double[] padded, int rows) =>
        [.. Enumerable.Range(0, rows * 3).Select(i => padded[i / 3 * Axis.Lanes + i % 3])];

    private static void AssertClose(double[] expected, double[] found, double tolerance)
    {
        Assert.Equal(expected.Length, found.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - found[i]) <= tolerance * Math.Max(1, Math.Abs(expected[i])), $"{i}: expected {expected[i]:R}, found {found[i]:R}");
    }
}
