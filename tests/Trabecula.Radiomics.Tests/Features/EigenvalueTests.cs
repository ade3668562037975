using CsCheck;
using Trabecula.Radiomics.Features.Blocks;
using Xunit;

namespace Trabecula.Radiomics.Tests.Features;

/// <summary>Two ways to the second largest eigenvalue, on matrices like those of MCC: products of counts with many zeros and equal eigenvalues.</summary>
public sealed class EigenvalueTests
{
    [Fact]
    public void SecondLargest_ProductsOfCounts_AgreesBetweenTheTwoMethods() => (
        from n in Gen.Int[2, 20]
        from most in Gen.Int[1, 4]
        from lowest in Gen.Int[-24, 0]
        from counts in Gen.Int[lowest, most].Array[n * n]
        from both in Gen.Bool
        select (n, both ? Symmetric(counts, n) : counts)).Sample(
        pair =>
        {
            (int n, int[] counts) = pair;
            double[] p = [.. counts.Select(c => (double)Math.Max(c, 0))];
            double[] px = [.. Enumerable.Range(0, n).Select(i => Enumerable.Range(0, n).Sum(k => p[i * n + k]))];
            double[] py = [.. Enumerable.Range(0, n).Select(k => Enumerable.Range(0, n).Sum(i => p[i * n + k]))];
            var q = new double[n * n];
            var symmetric = new double[n * n];
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < n; j++)
                {
                    for (int k = 0; k < n; k++)
                    {
                        double product = p[i * n + k] * p[j * n + k];
                        if (product == 0)
                            continue;
                        q[i * n + j] += product / (px[i] * py[k]);
                        symmetric[i * n + j] += product / (Math.Sqrt(px[i] * px[j]) * py[k]);
                    }
                }
            }
            double expected = SymmetricEigenvalues.SecondLargest(symmetric, n);
            double? actual = new RealEigenvalues().SecondLargest(q, n);
            Assert.NotNull(actual);
            Assert.Equal(expected, actual.Value, 1e-7);
        },
        iter: 3000);

    /// <summary>All but a few eigenvalues are 0: what is left of the matrix is rounding, whose squares underflow.</summary>
    [Theory]
    [InlineData(14)]
    [InlineData(40)]
    public void SecondLargest_FewEigenvaluesButZero_IsFound(int n)
    {
        // Two kinds of rows, as of levels that meet the same neighbours.
        double[] rows = [.. Enumerable.Range(0, n * n).Select(i => (i / n % 2 == 0 ? 0.9 : 0.3) * (i % n % 3 == 0 ? 1 : 0.2) / n)];
        double? second = new RealEigenvalues().SecondLargest(rows, n);
        Assert.NotNull(second);
        Assert.InRange(second.Value, -1e-9, 1e-9);
    }

    private static int[] Symmetric(int[] counts, int n) => [.. counts.Select((c, i) => Math.Max(c, 0) + Math.Max(counts[i % n * n + i / n], 0))];
}
