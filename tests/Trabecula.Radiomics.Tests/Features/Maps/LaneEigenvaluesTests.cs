using CsCheck;
using Trabecula.Radiomics.Features.Blocks;
using Trabecula.Radiomics.Features.Maps.Cubes;
using Xunit;

namespace Trabecula.Radiomics.Tests.Features.Maps;

/// <summary>Four matrices at a time against Jacobi's rotations, with equal, vanishing and opposite eigenvalues among them.</summary>
public sealed class LaneEigenvaluesTests
{
    private static readonly Gen<(int Size, double[][] Matrices)> Cases =
        from size in Gen.Int[1, 27]
        from lowest in Gen.Int[-9, -1]
        from elements in Gen.Int[lowest, 3].Array[size * size].Array[LaneEigenvalues.Lanes]
        from scale in Gen.Int[-8, 3]
        select (size, elements.Select(matrix => Symmetric(matrix, size, Math.Pow(10, scale))).ToArray());

    [Fact]
    public void LargestAbsolute_MatricesOfCounts_EqualsJacobi() => Cases.Sample(
        c =>
        {
            double[] values = Compute(c.Size, c.Matrices);
            for (int lane = 0; lane < values.Length; lane++)
            {
                double expected = SymmetricEigenvalues.LargestAbsolute((double[])c.Matrices[lane].Clone(), c.Size);
                Assert.Equal(expected, values[lane], 1e-12 + 2e-8 * expected);
            }
        },
        iter: 2000);

    [Fact]
    public void LargestAbsolute_OfOneLane_DoesNotDependOnTheOthers() => Cases.Sample(
        c => Assert.Equal(Compute(c.Size, c.Matrices)[0], Compute(c.Size, [c.Matrices[0], new double[c.Size * c.Size]])[0]),
        iter: 200);

    /// <summary>All eigenvalues but one are the same: the polynomial has a root of high order.</summary>
    [Theory]
    [InlineData(5)]
    [InlineData(27)]
    public void LargestAbsolute_OneEigenvalueManyTimes_IsFound(int size)
    {
        double[] matrix = [.. Enumerable.Range(0, size * size).Select(i => (i / size == i % size ? 0.25 : 0) - 0.2 / size)];
        Assert.Equal(0.25, Compute(size, [matrix])[0], 1e-8);
    }

    private static double[] Compute(int size, double[][] matrices)
    {
        var eigenvalues = new LaneEigenvalues(27);
        Span<double> lanes = eigenvalues.Begin(size);
        for (int lane = 0; lane < matrices.Length; lane++)
        {
            for (int i = 0; i < size; i++)
            {
                for (int j = 0; j <= i; j++)
                    lanes[(i * size + j) * LaneEigenvalues.Lanes + lane] = matrices[lane][i * size + j];
            }
        }
        var values = new double[LaneEigenvalues.Lanes];
        eigenvalues.LargestAbsolute(values);
        return values;
    }

    private static double[] Symmetric(int[] elements, int size, double scale) =>
        [.. elements.Select((_, i) => scale * (Positive(elements[i]) + Positive(elements[i % size * size + i / size])))];

    // Most elements are 0, as in a matrix of pairs.
    private static int Positive(int element) => Math.Max(element, 0);
}
