using Trabecula.Radiomics.Features;
using Trabecula.Radiomics.Features.Glcm;
using Xunit;

namespace Trabecula.Radiomics.Tests.Features;

public sealed class MaximalCorrelationTests
{
    private const double Epsilon = 2.220446049250313e-16;

    /// <summary>
    /// Two levels that meet only each other give Q a second eigenvalue of 1 / (1 + e / (p(3) p(4))): one pair among 29,000 takes 4e-7 off.
    /// </summary>
    [Fact]
    public void Compute_PairApartFromAllOthers_FeelsPyRadiomicsEpsilon()
    {
        const int nx = 300, ny = 100;
        var levels = new int[nx * ny];
        uint state = 1;
        for (int i = 0; i < nx * (ny - 2); i++)
        {
            state = state * 1664525 + 1013904223;
            levels[i] = 1 + (int)(state >> 31);
        }
        levels[nx * (ny - 1)] = 3;
        levels[nx * (ny - 1) + 1] = 4;
        CooccurrenceMatrix matrix = AlongRows(levels, nx, ny);
        double expected = Math.Sqrt(1 / (1 + Epsilon * matrix.Total * matrix.Total));
        Assert.True(expected < 1 - 1e-7);
        Assert.Equal(expected, new MaximalCorrelation().Compute(matrix).Value, 1e-12);
    }

    /// <summary>In a row of alternating levels each level meets the other only: -1 is an eigenvalue too.</summary>
    [Fact]
    public void Compute_AlternatingLevels_IsOne() =>
        Assert.Equal(1, new MaximalCorrelation().Compute(AlongRows([.. Enumerable.Range(0, 40).Select(i => 1 + i % 2)], 40, 1)).Value, 1e-12);

    [Fact]
    public void Compute_OneLevel_IsOne() =>
        Assert.Equal(1, new MaximalCorrelation().Compute(AlongRows([.. Enumerable.Repeat(1, 40)], 40, 1)).Value);

    private static CooccurrenceMatrix AlongRows(int[] levels, int nx, int ny)
    {
        var region = new RegionGrid([.. levels.Select(l => l > 0 ? (byte)1 : (byte)0)], nx, ny, 1);
        var grid = new LevelGrid<byte>(region);
        grid.Fill([.. levels.Where(l => l > 0)]);
        var matrix = new CooccurrenceMatrix();
        matrix.Prepare(grid, levels.Max());
        matrix.Count(grid, region.Directions.Single(d => d is { Dx: 1, Dy: 0, Dz: 0 }));
        return matrix;
    }
}
