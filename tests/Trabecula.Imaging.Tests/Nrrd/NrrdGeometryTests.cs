using Xunit;

namespace Trabecula.Imaging.Tests.Nrrd;

/// <summary>Spaces and spacings as ITK's NrrdImageIO reads them.</summary>
public sealed class NrrdGeometryTests
{
    [Theory]
    [InlineData("left-posterior-superior", 1, 1)]
    [InlineData("LPS", 1, 1)]
    [InlineData("right-anterior-superior", -1, -1)]
    [InlineData("right anterior superior", -1, -1)]
    [InlineData("RAS", -1, -1)]
    [InlineData("left-anterior-superior", -1, 1)]
    [InlineData("LAS", -1, 1)]
    [InlineData("scanner-xyz", 1, 1)]
    [InlineData("3D-right-handed", 1, 1)]
    [InlineData("3D-left-handed", 1, 1)]
    public void Of_Space_TurnsToLps(string space, double signX, double signY)
    {
        VolumeGeometry geometry = Geometry($"space: {space}\nspace directions: (2,0,0) (0,2,0) (0,0,2)\nspace origin: (10,20,30)\n");
        Assert.Equal(new Vector3D(10 * signX, 20 * signY, 30), geometry.OriginMm);
        Assert.Equal(new Matrix3D(signX, 0, 0, 0, signY, 0, 0, 0, 1), geometry.Direction);
    }

    [Fact]
    public void Of_ObliqueDirections_SpacingIsTheirLengthToTheLastBit()
    {
        VolumeGeometry geometry = Geometry("space: LPS\nspace directions: (0.39000000000000001,0,0) " +
            "(0,0.38407502367476115,0.067722789290102836) (0,-0.21706022208366291,1.2310096912652599)\n");
        Assert.Equal(1.2499999999999998, geometry.SpacingMm.Z);
        Assert.Equal(-0.21706022208366291 * (1 / 1.2499999999999998), geometry.Direction.M12);
        Assert.Equal(default, geometry.OriginMm);
    }

    [Fact]
    public void Of_SpaceDimension_KeepsTheNumbers() => Assert.Equal(
        new Vector3D(10, 20, 30),
        Geometry("space dimension: 3\nspace directions: (2,0,0) (0,2,0) (0,0,2)\nspace origin: (10,20,30)\n").OriginMm);

    [Fact]
    public void Of_SpacingsOnly_OriginIsZero()
    {
        VolumeGeometry geometry = Geometry("spacings: 0.5 0.25 nan\n");
        Assert.Equal(new Vector3D(0.5, 0.25, 1), geometry.SpacingMm);
        Assert.Equal(default, geometry.OriginMm);
        Assert.Equal(Matrix3D.Identity, geometry.Direction);
    }

    [Fact]
    public void Of_NegativeSpacing_TurnsTheAxis()
    {
        VolumeGeometry geometry = Geometry("spacings: 0.5 -0.25 2\n");
        Assert.Equal(new Vector3D(0.5, 0.25, 2), geometry.SpacingMm);
        Assert.Equal(-1, geometry.Direction.M11);
    }

    [Theory]
    [InlineData("", 1.25)]
    [InlineData("centers: node node node\n", 1)]
    public void Of_AxisMinima_AreBordersOfCells(string centers, double origin) =>
        Assert.Equal(origin, Geometry($"spacings: 0.5 0.5 0.5\naxis mins: 1 1 1\n{centers}").OriginMm.X);

    [Fact]
    public void Of_NeitherSpaceNorSpacings_IsOneMillimetre() => Assert.Equal(new Vector3D(1, 1, 1), Geometry("").SpacingMm);

    [Fact]
    public void Of_TwoAxes_IsOneSlice()
    {
        using var folder = new TestFolder();
        folder.Write("a.nrrd", NrrdBytes.File(NrrdBytes.Header(sizes: "5 4",
            fields: "space dimension: 2\nspace directions: (0,2) (2,0)\nspace origin: (7,8)\n"), new byte[40]));
        VolumeGeometry geometry = folder.Read("a.nrrd").Geometry;
        Assert.Equal(new VolumeSize(5, 4, 1), geometry.Size);
        Assert.Equal(new Vector3D(2, 2, 1), geometry.SpacingMm);
        Assert.Equal(new Matrix3D(0, 1, 0, 1, 0, 0, 0, 0, 1), geometry.Direction);
        Assert.Equal(new Vector3D(7, 8, 0), geometry.OriginMm);
    }

    [Theory]
    [InlineData("space: LPS\n")]
    [InlineData("space directions: (2,0,0) (0,2,0) (0,0,2)\n")]
    [InlineData("space: LPS\nspace dimension: 3\nspace directions: (2,0,0) (0,2,0) (0,0,2)\n")]
    [InlineData("space: LPS\nspace directions: (2,0,0) (0,2,0) (0,0,2)\nspacings: 1 1 1\n")]
    [InlineData("space: LPS\nspace directions: (2,0,0) (0,2,0) none\n")]
    [InlineData("spacings: 1 0 1\n")]
    [InlineData("spacings: 1 inf 1\n")]
    [InlineData("spacings: 1 1\n")]
    [InlineData("kinds: domain domain\n")]
    public void Of_ContradictingFields_IsRefused(string fields) => Assert.Throws<ImagingException>(() => Geometry(fields));

    private static VolumeGeometry Geometry(string fields)
    {
        using var folder = new TestFolder();
        folder.Write("a.nrrd", NrrdBytes.File(NrrdBytes.Header(fields: fields), new byte[120]));
        return folder.Read("a.nrrd").Geometry;
    }
}
