using Xunit;

namespace Trabecula.Imaging.Tests.Nifti;

public sealed class NiftiReaderTests
{
    public static TheoryData<VoxelType, int, bool> Layouts
    {
        get
        {
            var layouts = new TheoryData<VoxelType, int, bool>();
            foreach (VoxelType type in SampleVolume.Types)
            {
                foreach (int version in (int[])[1, 2])
                {
                    layouts.Add(type, version, false);
                    layouts.Add(type, version, true);
                }
            }
            return layouts;
        }
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Read_EveryContainer_GivesTheSameVoxels(VoxelType type, int version, bool bigEndian)
    {
        using var folder = new TestFolder();
        Volume expected = SampleVolume.Of(type);
        byte[] voxels = SampleVolume.BytesOf(expected, bigEndian);
        var header = new NiftiBytes
        {
            Version = version,
            BigEndian = bigEndian,
            Magic = $"n+{version}",
            DataType = NiftiBytes.CodeOf(type),
            Offset = version == 1 ? 352 : 544,
        };
        byte[] single = [.. header.ToArray(), .. voxels];
        byte[] half = (header with { Magic = $"ni{version}", Offset = 0 }).ToArray();
        folder.Write("b.hdr", half);
        folder.Write("b.img", voxels);
        folder.Write("c.hdr.gz", Compressed.GZip(half));
        folder.Write("c.img.gz", Compressed.GZip(voxels));
        folder.Write("a.nii", single);
        folder.Write("a.nii.gz", Compressed.GZip(single));
        foreach (string name in (string[])["a.nii", "a.nii.gz", "b.hdr", "b.img", "c.hdr.gz", "c.img.gz"])
        {
            Volume actual = folder.Read(name);
            SampleVolume.AssertSameVoxels(expected, actual);
            Assert.Equal(new Vector3D(0.75, 0.5, 3), actual.Geometry.SpacingMm);
        }
    }

    [Fact]
    public void Read_ExtensionBeforeTheVoxels_IsSkipped()
    {
        Volume expected = SampleVolume.Of(VoxelType.Int16);
        byte[] bytes = [.. new NiftiBytes { Offset = 400 }.ToArray(), .. new byte[48], .. SampleVolume.BytesOf(expected, false)];
        SampleVolume.AssertSameVoxels(expected, Read(bytes));
    }

    [Fact]
    public void Read_FourthAxisOfOne_IsDropped() =>
        Assert.Equal(new VolumeSize(5, 4, 3), Read(new NiftiBytes { Dim = [5, 5, 4, 3, 1, 1, 1, 1] }, 60).Geometry.Size);

    [Fact]
    public void Read_TwoAxes_IsOneSlice() =>
        Assert.Equal(new VolumeSize(5, 4, 1), Read(new NiftiBytes { Dim = [2, 5, 4, 0, 0, 0, 0, 0] }, 20).Geometry.Size);

    [Theory]
    [InlineData(VoxelType.Int16)]
    [InlineData(VoxelType.UInt8)]
    [InlineData(VoxelType.Int64)]
    [InlineData(VoxelType.Float32)]
    public void Read_Slope_GivesFloatsComputedInDouble(VoxelType type)
    {
        Volume stored = SampleVolume.Of(type);
        var header = new NiftiBytes { DataType = NiftiBytes.CodeOf(type), Slope = 0.1, Intercept = -1024 };
        var actual = Assert.IsType<Volume<float>>(Read([.. header.ToArray(), .. SampleVolume.BytesOf(stored, false)]));
        float[] expected = stored.Accept(new Line(0.1f, -1024));
        Assert.Equal(expected, actual.Voxels.ToArray());
    }

    [Fact]
    public void Read_SlopeOfDoubles_StaysDouble()
    {
        var stored = (Volume<double>)SampleVolume.Of(VoxelType.Float64);
        var header = new NiftiBytes { DataType = 64, Slope = 2, Intercept = 1 };
        var actual = Assert.IsType<Volume<double>>(Read([.. header.ToArray(), .. SampleVolume.BytesOf(stored, false)]));
        Assert.Equal(stored.Voxels[7] * 2 + 1, actual.Voxels[7]);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(double.NaN, double.NaN)]
    public void Read_NoSlope_KeepsTheType(double slope, double intercept) =>
        Assert.Equal(VoxelType.Int16, Read(new NiftiBytes { Slope = slope, Intercept = intercept }, 60).VoxelType);

    [Fact]
    public void Read_InterceptWithoutSlope_IsAdded()
    {
        var volume = Assert.IsType<Volume<float>>(Read(new NiftiBytes { Intercept = 5 }, 60));
        Assert.Equal(5, volume.Voxels[0]);
    }

    [Theory]
    [InlineData(128, "RGB")]
    [InlineData(2304, "RGB")]
    [InlineData(32, "complex")]
    [InlineData(1792, "complex")]
    [InlineData(1536, "128-bit")]
    [InlineData(1, "one bit")]
    [InlineData(7, "unknown")]
    public void Read_TypeThatIsNoNumber_IsRefusedByName(int dataType, string name) =>
        Assert.Contains(name, Refusal(new NiftiBytes { DataType = dataType }, 60).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_SeveralTimePoints_IsRefused() =>
        Assert.Contains("dim[4] is 2", Refusal(new NiftiBytes { Dim = [4, 5, 4, 3, 2, 1, 1, 1] }, 120).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    public void Read_AxisWithoutVoxels_IsRefused(int size) =>
        Assert.Contains("dim", Refusal(new NiftiBytes { Dim = [3, 5, size, 3, 1, 1, 1, 1] }, 60).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_MoreVoxelsThanTheFileHolds_IsRefusedBeforeAllocating()
    {
        byte[] bytes = new NiftiBytes { Dim = [3, 30000, 30000, 30000, 1, 1, 1, 1], DataType = 64 }.ToArray();
        foreach (byte[] file in (byte[][])[bytes, Compressed.GZip(bytes)])
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Assert.Throws<ImagingException>(() => Read(file));
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
        }
    }

    [Fact]
    public void Read_SizesThatOverflow_IsRefused()
    {
        var header = new NiftiBytes { Version = 2, Magic = "n+2", Offset = 544 };
        Assert.Throws<ImagingException>(
            () => Read((header with { Dim = [3, int.MaxValue, int.MaxValue, int.MaxValue, 1, 1, 1, 1] }).ToArray()));
        Assert.Throws<ImagingException>(() => Read((header with { Dim = [3, long.MaxValue, 2, 2, 1, 1, 1, 1] }).ToArray()));
    }

    [Fact]
    public void Read_TrailingBytes_IsRefused() =>
        Assert.Contains("more data", Refusal(new NiftiBytes(), 61).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_HalfOfAPairMissing_IsRefused()
    {
        using var folder = new TestFolder();
        folder.Write("a.hdr", new NiftiBytes { Magic = "ni1", Offset = 0 }.ToArray());
        Assert.Contains("a.img", folder.Refusal("a.hdr").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TwoOtherHalves_IsRefused()
    {
        using var folder = new TestFolder();
        folder.Write("a.hdr", new NiftiBytes { Magic = "ni1", Offset = 0 }.ToArray());
        folder.Write("a.img", new byte[120]);
        folder.Write("a.img.gz", Compressed.GZip(new byte[120]));
        Assert.Contains("two other halves", folder.Refusal("a.hdr").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_Analyze_IsRefusedByName() =>
        Assert.Contains("Analyze", Refusal(new NiftiBytes { Magic = "n+3" }, 60).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-1)]
    [InlineData(1e30)]
    [InlineData(1e6)]
    public void Read_UnusableOffset_IsRefused(double offset) =>
        Assert.Contains("vox_offset", Refusal(new NiftiBytes { Offset = offset }, 60).Message, StringComparison.Ordinal);

    internal static Volume Read(NiftiBytes header, int voxels) => Read([.. header.ToArray(), .. new byte[2 * voxels]]);

    internal static ImagingException Refusal(NiftiBytes header, int voxels) =>
        Assert.Throws<ImagingException>(() => Read(header, voxels));

    private static Volume Read(byte[] bytes)
    {
        using var folder = new TestFolder();
        folder.Write("a.nii", bytes);
        return folder.Read("a.nii");
    }

    private readonly struct Line(double slope, double intercept) : IVolumeOperation<float[]>
    {
        public float[] Run<T>(Volume<T> volume) where T : unmanaged, System.Numerics.INumber<T>
        {
            float[] values = new float[volume.Voxels.Length];
            for (int i = 0; i < values.Length; i++)
                values[i] = (float)((double)float.CreateTruncating(volume.Voxels[i]) * slope + intercept);
            return values;
        }
    }
}
