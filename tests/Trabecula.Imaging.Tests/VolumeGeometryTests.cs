using Xunit;

namespace Trabecula.Imaging.Tests;

public sealed class VolumeGeometryTests
{
    [Fact]
    public void IndexToPoint_ObliqueDirections_FollowsColumns()
    {
        var turned = new Matrix3D(0, -1, 0, 1, 0, 0, 0, 0, 1);
        var geometry = new VolumeGeometry(new(4, 5, 6), new(0.5, 2, 3), new(10, 20, 30), turned);
        Assert.Equal(new Vector3D(10 - 2, 20 + 0.5, 30 + 3), geometry.IndexToPoint(new(1, 1, 1)));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(0)]
    [InlineData(-1)]
    public void Constructor_UnusableSpacing_IsRefused(double spacing) =>
        Assert.Throws<ArgumentException>(() => new VolumeGeometry(new(1, 1, 1), new(1, spacing, 1), default, Matrix3D.Identity));
}
