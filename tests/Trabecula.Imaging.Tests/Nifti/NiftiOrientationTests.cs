using Xunit;

namespace Trabecula.Imaging.Tests.Nifti;

/// <summary>The choices of ITK 5.4 between qform and sform, and the turn from RAS to LPS.</summary>
public sealed class NiftiOrientationTests
{
    private static readonly double[] Shifted = [0.75, 0, 0, 10, 0, 0.5, 0, 20, 0, 0, 3, 30];
    private static readonly double[] Skewed = [0.75, 0.4, 0, 10, 0, 0.5, 0, 20, 0, 0, 3, 30];
    private static readonly double[] HalfTurn = [1, 0, 0, 1, 2, 3];

    [Fact]
    public void Of_NoTransform_IsIdentityInLps()
    {
        VolumeGeometry geometry = Geometry(new NiftiBytes());
        Assert.Equal(Matrix3D.Identity, geometry.Direction);
        Assert.Equal(new Vector3D(0, 0, 0), geometry.OriginMm);
    }

    [Fact]
    public void Of_SForm_IsTurnedToLps()
    {
        VolumeGeometry geometry = Geometry(new NiftiBytes { SFormCode = 2, SForm = Shifted });
        Assert.Equal(new Vector3D(-10, -20, 30), geometry.OriginMm);
        Assert.Equal(new Matrix3D(-1, 0, 0, 0, -1, 0, 0, 0, 1), geometry.Direction);
    }

    [Fact]
    public void Of_QForm_IsTurnedToLps()
    {
        VolumeGeometry geometry = Geometry(new NiftiBytes { QFormCode = 1, QForm = HalfTurn });
        Assert.Equal(new Vector3D(-1, -2, 3), geometry.OriginMm);
        Assert.Equal(new Matrix3D(-1, 0, 0, 0, 1, 0, 0, 0, -1), geometry.Direction);
    }

    [Fact]
    public void Of_NegativeQFac_TurnsTheThirdAxis()
    {
        VolumeGeometry geometry = Geometry(new NiftiBytes { QFormCode = 1, PixDim = [-1, 0.75, 0.5, 3, 1, 1, 1, 1] });
        Assert.Equal(new Matrix3D(-1, 0, 0, 0, -1, 0, 0, 0, -1), geometry.Direction);
    }

    [Theory]
    [InlineData(1, -10)]
    [InlineData(2, -1)]
    public void Of_BothDiffer_ScannerSFormWinsElseQForm(int sformCode, double originX) => Assert.Equal(
        originX, Geometry(new NiftiBytes { QFormCode = 1, QForm = HalfTurn, SFormCode = sformCode, SForm = Shifted }).OriginMm.X);

    [Fact]
    public void Of_SkewedSFormWithQForm_TakesQForm() => Assert.Equal(
        -1, Geometry(new NiftiBytes { QFormCode = 1, QForm = HalfTurn, SFormCode = 1, SForm = Skewed }).OriginMm.X);

    [Theory]
    [InlineData(0.4)]
    [InlineData(double.NaN)]
    public void Of_SkewedSFormAlone_IsRefused(double entry)
    {
        double[] sform = [0.75, entry, 0, 10, 0, 0.5, 0, 20, 0, 0, 3, 30];
        ImagingException refusal = NiftiReaderTests.Refusal(new NiftiBytes { SFormCode = 1, SForm = sform }, 60);
        Assert.Contains("sform", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_SpacingZero_CountsOne() => Assert.Equal(
        new Vector3D(0.75, 1, 3), Geometry(new NiftiBytes { PixDim = [1, 0.75, 0, 3, 1, 1, 1, 1] }).SpacingMm);

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void Of_SpacingNotFinite_IsRefused(double spacing)
    {
        ImagingException refusal = NiftiReaderTests.Refusal(new NiftiBytes { PixDim = [1, 0.75, spacing, 3, 1, 1, 1, 1] }, 60);
        Assert.Contains("pixdim[2] gives a spacing of", refusal.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_NegativeSpacing_TurnsTheAxis()
    {
        VolumeGeometry geometry = Geometry(new NiftiBytes { PixDim = [1, 0.75, -0.5, 3, 1, 1, 1, 1] });
        Assert.Equal(new Vector3D(0.75, 0.5, 3), geometry.SpacingMm);
        Assert.Equal(new Matrix3D(1, 0, 0, 0, -1, 0, 0, 0, 1), geometry.Direction);
    }

    [Theory]
    [InlineData(1, 750)]
    [InlineData(2, 0.75)]
    [InlineData(3, 0.00075)]
    [InlineData(0, 0.75)]
    [InlineData(10, 0.75)]
    public void Of_Units_BecomeMillimetres(int units, double spacing)
    {
        VolumeGeometry geometry = Geometry(new NiftiBytes { Units = units, SFormCode = 1, SForm = Shifted });
        Assert.Equal(spacing, geometry.SpacingMm.X, 12);
        Assert.Equal(-10 * spacing / 0.75, geometry.OriginMm.X, 9);
    }

    [Fact]
    public void Of_Spacing_IsPixDimWidenedFrom32Bits() => Assert.Equal(
        0.9769999980926514, Geometry(new NiftiBytes { PixDim = [1, 0.977, 0.977, 3, 1, 1, 1, 1] }).SpacingMm.X);

    private static VolumeGeometry Geometry(NiftiBytes header) => NiftiReaderTests.Read(header, 60).Geometry;
}
