using Trabecula.Imaging.Dicom.Masks;
using Trabecula.Imaging.Masks;
using Xunit;

namespace Trabecula.Imaging.Tests.Masks;

public sealed class PolygonTests
{
    private const int Columns = 23, Rows = 17;

    [Fact]
    public void Fill_RandomPolygons_AreWhatTheRayTestSays()
    {
        var random = new XorShift(5);
        for (int round = 0; round < 300; round++)
        {
            double[][] polygons = [.. Enumerable.Range(0, 1 + random.Below(3)).Select(_ => RandomPolygon(random))];

            bool[] filled = Fill(polygons);

            for (int i = 0; i < filled.Length; i++)
                Assert.True(filled[i] == RayTest(polygons, i % Columns, i / Columns), $"round {round}, voxel {i % Columns}, {i / Columns}");
        }
    }

    [Fact]
    public void Fill_SquareWithHole_LeavesTheHole()
    {
        bool[] filled = Fill([[0.5, 0.5, 6.5, 0.5, 6.5, 6.5, 0.5, 6.5], [2.5, 2.5, 4.5, 2.5, 4.5, 4.5, 2.5, 4.5]]);

        Assert.Equal(36 - 4, filled.Count(voxel => voxel));
        Assert.False(filled[3 * Columns + 3]);
    }

    [Fact]
    public void Fill_Keyhole_LeavesTheHoleAndFillsTheSlit()
    {
        // Outer border, in along y = 3.2, around the hole, and out again along the same line.
        bool[] filled = Fill([[0.5, 0.5, 6.5, 0.5, 6.5, 6.5, 0.5, 6.5, 0.5, 3.2, 2.5, 3.2, 2.5, 4.5, 4.5, 4.5, 4.5, 2.5, 2.5, 2.5, 2.5, 3.2, 0.5, 3.2]]);

        Assert.Equal(36 - 4, filled.Count(voxel => voxel));
        Assert.False(filled[3 * Columns + 3]);
        Assert.True(filled[3 * Columns + 1]);
    }

    [Fact]
    public void Fill_NeighboursOnVoxelCentres_ShareNoVoxelAndLeaveNone()
    {
        bool[] left = Fill([[1, 1, 4, 1, 4, 5, 1, 5]]), right = Fill([[4, 1, 8, 1, 8, 5, 4, 5]]), both = Fill([[1, 1, 8, 1, 8, 5, 1, 5]]);

        Assert.DoesNotContain(true, left.Zip(right, (a, b) => a && b));
        Assert.Equal(both, left.Zip(right, (a, b) => a || b));
        Assert.Equal(3 * 4, left.Count(voxel => voxel));
    }

    [Fact]
    public void Fill_BeyondTheSlice_IsCut()
    {
        Assert.Equal(Columns * Rows, Fill([[-50, -50, 90, -50, 90, 90, -50, 90]]).Count(voxel => voxel));
        Assert.DoesNotContain(true, Fill([[-50, -50, -20, -50, -20, -20, -50, -20]]));
        Assert.DoesNotContain(true, Fill([[3, 4, 9, 4]]));
    }

    [Fact]
    public void Trace_RandomRegions_FillBackToTheSameVoxels()
    {
        var random = new XorShift(9);
        for (int round = 0; round < 300; round++)
        {
            var region = new bool[Columns * Rows];
            int density = 1 + random.Below(9);
            for (int i = 0; i < region.Length; i++)
                region[i] = random.Below(10) < density;

            IReadOnlyList<(double[] Corners, bool IsHole)> contours = SliceContours.Trace(region, Columns, Rows);

            Assert.Equal(region, Fill([.. contours.Select(contour => contour.Corners)]));
        }
    }

    [Fact]
    public void Trace_Ring_IsOneBorderAndOneHoleOfFourCorners()
    {
        bool[] ring = Fill([[0.5, 0.5, 6.5, 0.5, 6.5, 6.5, 0.5, 6.5], [2.5, 2.5, 4.5, 2.5, 4.5, 4.5, 2.5, 4.5]]);

        IReadOnlyList<(double[] Corners, bool IsHole)> contours = SliceContours.Trace(ring, Columns, Rows);

        Assert.Equal([false, true], contours.Select(contour => contour.IsHole));
        Assert.All(contours, contour => Assert.Equal(8, contour.Corners.Length));
    }

    private static bool[] Fill(double[][] polygons)
    {
        var runs = new List<VoxelRun>();
        PolygonFill.Fill(polygons, Columns, Rows, 0, runs);
        var filled = new bool[Columns * Rows];
        foreach (VoxelRun run in runs)
            filled.AsSpan(run.Start, run.Length).Fill(true);
        return filled;
    }

    // Halves and quarters put corners and edges onto voxel centres.
    private static double[] RandomPolygon(XorShift random) =>
        [.. Enumerable.Range(0, 2 * (3 + random.Below(8))).Select(_ => random.Below(4 * 30) / 4.0 - 3)];

    private static bool RayTest(double[][] polygons, int x, int y)
    {
        bool inside = false;
        foreach (double[] p in polygons)
        {
            for (int i = 0, j = p.Length - 2; i < p.Length; j = i, i += 2)
            {
                (double x0, double y0, double x1, double y1) = p[i + 1] <= p[j + 1] ? (p[i], p[i + 1], p[j], p[j + 1]) : (p[j], p[j + 1], p[i], p[i + 1]);
                if (y0 <= y && y < y1 && x0 + (y - y0) * (x1 - x0) / (y1 - y0) <= x)
                    inside = !inside;
            }
        }
        return inside;
    }
}
