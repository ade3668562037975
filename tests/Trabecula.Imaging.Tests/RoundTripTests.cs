using Xunit;

namespace Trabecula.Imaging.Tests;

public sealed class RoundTripTests
{
    private static readonly string[] Names = ["a.nrrd", "a.nhdr", "a.nii", "a.nii.gz", "a.hdr", "b.img", "c.img.gz"];

    public static TheoryData<string> AllNames => [.. Names];

    [Theory]
    [MemberData(nameof(AllNames))]
    public void WriteAndRead_EveryType_GivesTheSameVoxelsAndGeometry(string name)
    {
        foreach (VoxelType type in SampleVolume.Types)
        {
            using var folder = new TestFolder();
            Volume expected = SampleVolume.Of(type);
            folder.Write(name, expected);
            Volume actual = folder.Read(name);
            SampleVolume.AssertSameVoxels(expected, actual);
            AssertSameGeometry(expected.Geometry, actual.Geometry, 0);
        }
    }

    /// <summary>Random sizes, spacings, rotations and reflections: NRRD keeps doubles, NIfTI 32-bit floats.</summary>
    [Theory]
    [InlineData("a.nrrd", 1e-14)]
    [InlineData("a.nhdr", 1e-14)]
    [InlineData("a.nii", 2e-7)]
    [InlineData("a.nii.gz", 2e-7)]
    public void WriteAndRead_ArbitraryGeometry_IsPreserved(string name, double tolerance)
    {
        var random = new XorShift(42);
        double Unit() => (random.Next() >> 11) * (1.0 / (1UL << 53));
        for (int round = 0; round < 60; round++)
        {
            using var folder = new TestFolder();
            var geometry = new VolumeGeometry(
                new(random.Below(6) + 1, random.Below(6) + 1, random.Below(6) + 1),
                new(0.1 + Unit() * 4, 0.1 + Unit() * 4, 0.1 + Unit() * 4),
                new(Unit() * 2000 - 1000, Unit() * 2000 - 1000, Unit() * 2000 - 1000),
                Rotation(Unit, reflect: random.Below(2) == 0));
            Volume expected = SampleVolume.Of(SampleVolume.Types[random.Below(SampleVolume.Types.Length)], geometry, random.Next());
            folder.Write(name, expected);
            Volume actual = folder.Read(name);
            SampleVolume.AssertSameVoxels(expected, actual);
            AssertSameGeometry(geometry, actual.Geometry, tolerance);
        }
    }

    [Fact]
    public void Write_QForm_SaysTheSameAsTheSForm()
    {
        var random = new XorShift(7);
        double Unit() => (random.Next() >> 11) * (1.0 / (1UL << 53));
        for (int round = 0; round < 60; round++)
        {
            using var folder = new TestFolder();
            var geometry = new VolumeGeometry(new(2, 2, 2), new(0.7, 0.8, 3), new(10, -20, 30), Rotation(Unit, reflect: round % 2 == 0));
            folder.Write("a.nii", SampleVolume.Of(VoxelType.UInt8, geometry));
            byte[] bytes = File.ReadAllBytes(folder["a.nii"]);
            // sform_code 0: only the qform is left.
            bytes[254] = 0;
            folder.Write("b.nii", bytes);
            AssertSameGeometry(geometry, folder.Read("b.nii").Geometry, 1e-6);
        }
    }

    [Fact]
    public void Write_LongAxis_IsNifti2()
    {
        using var folder = new TestFolder();
        var geometry = new VolumeGeometry(new(40000, 1, 2), new(0.1, 0.2, 0.3), new(1.1, 2.2, 3.3), Matrix3D.Identity);
        Volume expected = SampleVolume.Of(VoxelType.Int16, geometry);
        foreach (string name in (string[])["a.nii", "b.hdr"])
        {
            folder.Write(name, expected);
            SampleVolume.AssertSameVoxels(expected, folder.Read(name));
            AssertSameGeometry(geometry, folder.Read(name).Geometry, 1e-15);
        }
        Assert.Equal(540, BitConverter.ToInt32(File.ReadAllBytes(folder["a.nii"])));
    }

    [Fact]
    public void Write_SkewedDirections_NrrdKeepsThemNiftiRefuses()
    {
        using var folder = new TestFolder();
        var geometry = new VolumeGeometry(new(2, 2, 2), new(1, 1, 1), default, new(1, 0.6, 0, 0, 0.8, 0, 0, 0, 1));
        Volume volume = SampleVolume.Of(VoxelType.UInt8, geometry);
        folder.Write("a.nrrd", volume);
        AssertSameGeometry(geometry, folder.Read("a.nrrd").Geometry, 1e-14);
        ImagingException refusal = Assert.Throws<ImagingException>(() => folder.Write("a.nii", volume));
        Assert.Contains("orthogonal", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(["a.nrrd"], folder.Files);
    }

    [Fact]
    public void Write_NumbersBeyond32Bits_NiftiRefuses()
    {
        using var folder = new TestFolder();
        var geometry = new VolumeGeometry(new(2, 2, 2), new(1, 1, 1), new(1e300, 0, 0), Matrix3D.Identity);
        Volume volume = SampleVolume.Of(VoxelType.UInt8, geometry);
        Assert.Contains("32-bit", Assert.Throws<ImagingException>(() => folder.Write("a.nii", volume)).Message, StringComparison.Ordinal);
    }

    private static Matrix3D Rotation(Func<double> unit, bool reflect)
    {
        // Shoemake's uniform quaternion.
        double u = unit(), v = 2 * Math.PI * unit(), t = 2 * Math.PI * unit();
        double a = Math.Sqrt(1 - u) * Math.Sin(v), b = Math.Sqrt(1 - u) * Math.Cos(v);
        double c = Math.Sqrt(u) * Math.Sin(t), d = Math.Sqrt(u) * Math.Cos(t);
        double sign = reflect ? -1 : 1;
        return new(
            1 - 2 * (c * c + d * d), 2 * (b * c - a * d), sign * 2 * (b * d + a * c),
            2 * (b * c + a * d), 1 - 2 * (b * b + d * d), sign * 2 * (c * d - a * b),
            2 * (b * d - a * c), 2 * (c * d + a * b), sign * (1 - 2 * (b * b + c * c)));
    }

    private static void AssertSameGeometry(VolumeGeometry expected, VolumeGeometry actual, double tolerance)
    {
        Assert.Equal(expected.Size, actual.Size);
        for (int row = 0; row < 3; row++)
        {
            Assert.Equal(expected.SpacingMm[row], actual.SpacingMm[row], expected.SpacingMm[row] * tolerance);
            Assert.Equal(expected.OriginMm[row], actual.OriginMm[row], Math.Abs(expected.OriginMm[row]) * tolerance);
            for (int column = 0; column < 3; column++)
                Assert.Equal(expected.Direction[row, column], actual.Direction[row, column], 2 * tolerance);
        }
    }
}
