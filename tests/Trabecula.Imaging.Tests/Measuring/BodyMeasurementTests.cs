using Trabecula.Imaging.Measuring;
using Xunit;

namespace Trabecula.Imaging.Tests.Measuring;

/// <summary>Bodies of known heights and angles: blocks of 44 mm width and 32 mm depth whose height falls or rises from front to back, turned in space.</summary>
public sealed class BodyMeasurementTests
{
    public static TheoryData<double, double, double, double, double, double> Shapes => new()
    {
        // front height, rear height, sagittal tilt, lateral tilt (degrees), in-plane spacing, slice spacing
        { 26, 26, 0, 0, 1, 1 },
        { 26, 26, 20, 0, 1, 1 },
        { 26, 26, -15, 8, 0.7, 1.5 },
        { 16, 28, 0, 0, 0.8, 1 },
        { 16, 28, 12, 0, 0.8, 1 },
        { 14, 26, 25, 5, 0.6, 2 },
        { 28, 22, -20, 0, 0.5, 3 },
        { 20, 26, 10, -6, 0.9, 3 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Of_BlockOfKnownHeights_MeasuresThem(double front, double rear, double tilt, double lateral, double inPlane, double slice)
    {
        (Volume image, VoxelSet body) = Block(front, rear, tilt, lateral, inPlane, slice);
        BodyMeasurement actual = BodyMeasurement.Of(image, body, -200, 4, TestContext.Current.CancellationToken);

        // Where an endplate is nearly parallel to the slices, voxels tell its place to half a slice. Angles are fitted over 22 mm of endplate.
        double mm = 0.5 * slice, degrees = 0.6 + 0.4 * slice;
        double wedge = 2 * Math.Atan((rear - front) / 2 / 32) * 180 / Math.PI;
        Assert.Equal(front + 0.15 * (rear - front), actual.AnteriorMm, mm);
        Assert.Equal((front + rear) / 2, actual.MiddleMm, mm);
        Assert.Equal(front + 0.85 * (rear - front), actual.PosteriorMm, mm);
        Assert.Equal(32, actual.RearMm - actual.FrontMm, inPlane + 0.3);
        Assert.Equal(wedge, actual.WedgeDegrees, degrees);
        Assert.Equal(tilt + wedge / 2, actual.Frame.UpperDegrees, degrees);
        Assert.Equal(tilt - wedge / 2, actual.Frame.LowerDegrees, degrees);
        Assert.Equal(120, actual.CoreHu, 1e-9);
        Assert.Equal(0, actual.GasFraction);
    }

    [Fact]
    public void Of_UprightBlock_IsExact()
    {
        (Volume image, VoxelSet body) = Block(26, 26, 0, 0, 1, 1);
        BodyMeasurement actual = BodyMeasurement.Of(image, body, -200, 4, TestContext.Current.CancellationToken);
        Assert.Equal((26, 26, 26), (Math.Round(actual.AnteriorMm, 9), Math.Round(actual.MiddleMm, 9), Math.Round(actual.PosteriorMm, 9)));
        Assert.Equal(0, actual.WedgeDegrees, 1e-9);
    }

    [Fact]
    public void Of_BodyWithACleft_CountsItsGasAlsoWhereTheReaderLeftItOut()
    {
        (Volume image, VoxelSet body) = Block(26, 26, 0, 0, 1, 1);
        short[] voxels = ((Volume<short>)image).Voxels.ToArray();
        bool[] inside = body.Inside.ToArray();
        VolumeSize size = image.Geometry.Size;
        for (int z = 38; z < 40; z++)
        {
            for (int y = 35; y < 45; y++)
            {
                for (int x = 35; x < 45; x++)
                {
                    voxels[(z * size.Y + y) * size.X + x] = -600;
                    inside[(z * size.Y + y) * size.X + x] = z == 38;
                }
            }
        }
        BodyMeasurement actual = BodyMeasurement.Of(Volume.Create(image.Geometry, voxels), VoxelSet.Of(image.Geometry, inside), -200, 4, TestContext.Current.CancellationToken);
        Assert.Equal(200.0 / body.Count, actual.GasFraction, 12);
        Assert.Equal((120.0 * (actual.Core.Count - 200) - 600 * 200) / actual.Core.Count, actual.CoreHu, 1e-9);
    }

    [Fact]
    public void Of_RegionWithoutEndplates_IsRefusedWithTheCure()
    {
        (Volume image, VoxelSet body) = Block(26, 26, 0, 0, 1, 1);
        var one = new bool[body.Inside.Length];
        Assert.Contains("no voxel", Refusal(), StringComparison.Ordinal);
        one[one.Length / 2 + 40] = true;
        Assert.Contains("no two endplates", Refusal(), StringComparison.Ordinal);

        string Refusal() => Assert.Throws<ImagingException>(() => BodyMeasurement.Of(image, VoxelSet.Of(image.Geometry, one), -200, 4, TestContext.Current.CancellationToken)).Message;
    }

    /// <summary>A block of 120 HU in 50 HU. Tilts: front lower, left lower.</summary>
    private static (Volume Image, VoxelSet Body) Block(double front, double rear, double tilt, double lateral, double inPlane, double slice)
    {
        var size = new VolumeSize((int)(80 / inPlane), (int)(80 / inPlane), (int)(80 / slice));
        var geometry = new VolumeGeometry(size, new(inPlane, inPlane, slice),
            new(-(size.X - 1) * inPlane / 2, -(size.Y - 1) * inPlane / 2, -(size.Z - 1) * slice / 2), Matrix3D.Identity);
        var inside = new bool[size.Count];
        (double sx, double cx) = Math.SinCos(tilt * Math.PI / 180);
        (double sy, double cy) = Math.SinCos(lateral * Math.PI / 180);
        for (int i = 0; i < inside.Length; i++)
        {
            Vector3D p = geometry.IndexToPoint(new(i % size.X, i / size.X % size.Y, i / size.X / size.Y));
            // Own axes: back = (0, cx, sx), up = (0, -sx, cx), then turned about back.
            double y = cx * p.Y + sx * p.Z, z0 = cx * p.Z - sx * p.Y, x = cy * p.X - sy * z0, z = sy * p.X + cy * z0;
            double height = (front + rear) / 2 + (rear - front) * y / 32;
            inside[i] = Math.Abs(x) < 22 && Math.Abs(y) < 16 && Math.Abs(z) < height / 2;
        }
        return (Volume.Create(geometry, Array.ConvertAll(inside, each => each ? (short)120 : (short)50)), VoxelSet.Of(geometry, inside));
    }
}
