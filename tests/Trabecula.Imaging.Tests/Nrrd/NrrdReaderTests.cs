using System.Text;
using Xunit;

namespace Trabecula.Imaging.Tests.Nrrd;

public sealed class NrrdReaderTests
{
    public static TheoryData<VoxelType, string, bool> Layouts
    {
        get
        {
            var layouts = new TheoryData<VoxelType, string, bool>();
            foreach (VoxelType type in SampleVolume.Types)
            {
                foreach (string encoding in NrrdBytes.Encodings)
                {
                    layouts.Add(type, encoding, false);
                    layouts.Add(type, encoding, true);
                }
            }
            return layouts;
        }
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Read_EveryLayout_GivesTheSameVoxels(VoxelType type, string encoding, bool bigEndian)
    {
        using var folder = new TestFolder();
        Volume expected = SampleVolume.Of(type);
        byte[] data = NrrdBytes.Encode(expected, encoding, bigEndian);
        string header = NrrdBytes.Header(NrrdBytes.NameOf(type), encoding: encoding, endian: bigEndian ? "big" : "little");
        folder.Write("attached.nrrd", NrrdBytes.File(header, data));
        folder.Write("voxels.bin", data);
        folder.Write("detached.nhdr", NrrdBytes.File(header + "data file: voxels.bin\n", []));
        string skipping = header + "line skip: 2\ndata file: lines.bin\n";
        folder.Write("skipping.nhdr", Encoding.ASCII.GetBytes(skipping.Replace("\n", "\r\n", StringComparison.Ordinal)));
        folder.Write("lines.bin", [.. "one\ntwo\n"u8, .. data]);
        foreach (string name in (string[])["attached.nrrd", "detached.nhdr", "skipping.nhdr"])
        {
            Volume actual = folder.Read(name);
            SampleVolume.AssertSameVoxels(expected, actual);
            Assert.Equal(new Vector3D(0.75, 0.5, 3), actual.Geometry.SpacingMm);
            Assert.Equal(new Vector3D(1, 2, 3), actual.Geometry.OriginMm);
        }
    }

    [Theory]
    [InlineData(VoxelType.Int8, "signed char|int8|int8_t")]
    [InlineData(VoxelType.UInt8, "uchar|unsigned char|uint8|uint8_t")]
    [InlineData(VoxelType.Int16, "short|short int|signed short|signed short int|int16|int16_t")]
    [InlineData(VoxelType.UInt16, "ushort|unsigned short|unsigned short int|uint16|uint16_t")]
    [InlineData(VoxelType.Int32, "int|signed int|int32|int32_t")]
    [InlineData(VoxelType.UInt32, "uint|unsigned int|uint32|uint32_t")]
    [InlineData(VoxelType.Int64, "longlong|long long|long long int|signed long long|signed long long int|int64|int64_t")]
    [InlineData(VoxelType.UInt64, "ulonglong|unsigned long long|unsigned long long int|uint64|uint64_t")]
    [InlineData(VoxelType.Float32, "float")]
    [InlineData(VoxelType.Float64, "double")]
    public void Read_TypeUnderEachName_IsThatType(VoxelType expected, string names)
    {
        foreach (string name in names.Split('|'))
            Assert.Equal(expected, Read(NrrdBytes.Header(name, "2 1 1", "ascii"), "1 2"u8).VoxelType);
    }

    [Theory]
    [InlineData("raw")]
    [InlineData("gzip")]
    [InlineData("bzip2")]
    public void Read_ByteSkip_PassesOverDecompressedBytes(string encoding)
    {
        Volume expected = SampleVolume.Of(VoxelType.Int16);
        byte[] voxels = [1, 2, 3, 4, 5, .. SampleVolume.BytesOf(expected, false)];
        byte[] data = encoding switch { "raw" => voxels, "gzip" => Compressed.GZip(voxels), _ => Compressed.BZip2(voxels) };
        foreach (string skip in (string[])["5", "-1"])
            SampleVolume.AssertSameVoxels(expected, Read(NrrdBytes.Header(encoding: encoding) + $"byte skip: {skip}\n", data));
    }

    [Fact]
    public void Read_NotANumberAndInfinity_AreReadFromText()
    {
        var volume = Assert.IsType<Volume<float>>(Read(NrrdBytes.Header("float", "4 1 1", "text"), "nan inf, -inf\n1e3"u8));
        Assert.Equal([float.NaN, float.PositiveInfinity, float.NegativeInfinity, 1000], volume.Voxels.ToArray());
    }

    [Theory]
    [InlineData("10 20 30", "holds 3")]
    [InlineData("1 2 3 4 5", "more than the 4")]
    [InlineData("1 2 x 4", "\"x\"")]
    [InlineData("1 2 70000 4", "\"70000\"")]
    public void Read_WrongText_IsRefused(string text, string reason) => Assert.Contains(
        reason, Refusal(NrrdBytes.Header("short", "4 1 1", "ascii"), Encoding.ASCII.GetBytes(text)), StringComparison.Ordinal);

    [Theory]
    [InlineData("00 01 0", "holds 5")]
    [InlineData("00010", "holds 5")]
    [InlineData("0001020g", "character code")]
    [InlineData("000102030", "more than the 8")]
    public void Read_WrongHex_IsRefused(string text, string reason) => Assert.Contains(
        reason, Refusal(NrrdBytes.Header("uchar", "4 1 1", "hex"), Encoding.ASCII.GetBytes(text.PadRight(10))), StringComparison.Ordinal);

    [Theory]
    [InlineData("type: short", "type: block", "type")]
    [InlineData("encoding: raw", "encoding: zrl", "encoding")]
    [InlineData("endian: little\n", "", "endian")]
    [InlineData("sizes: 5 4 3", "sizes: 5 4", "sizes")]
    [InlineData("sizes: 5 4 3", "sizes: 5 0 3", "sizes")]
    [InlineData("sizes: 5 4 3", "sizes: 5 -4 3", "sizes")]
    [InlineData("sizes: 5 4 3", "sizes: 3000000000 3000000000 3000000000", "sizes")]
    [InlineData("dimension: 3", "dimension: 17", "dimension")]
    [InlineData("(0,0.5,0)", "(0,0,0)", "spacing")]
    [InlineData("(0,0.5,0)", "(0.75,0,0)", "determinant")]
    [InlineData("(0,0.5,0)", "(0,nan,0)", "spacing")]
    [InlineData("(0,0.5,0)", "(0,inf,0)", "spacing")]
    [InlineData("(0,0.5,0)", "(0,0.5)", "space directions")]
    [InlineData("(0,0.5,0)", "(0,0.5,0", "space directions")]
    [InlineData("(0,0.5,0)", "nothing", "space directions")]
    [InlineData("(1,2,3)", "(1,inf,3)", "origin")]
    [InlineData("(1,2,3)", "1 2 3", "space origin")]
    [InlineData("space: left-posterior-superior", "space: left-posterior-superior-time", "space")]
    [InlineData("encoding: raw", "encoding: raw\ndata file: LIST", "data file")]
    [InlineData("encoding: raw", "encoding: raw\ndata file: slice%03d.raw 1 3 1", "data file")]
    [InlineData("encoding: raw", "encoding: raw\ndata file: ../other.raw", "data file")]
    [InlineData("encoding: raw", "encoding: raw\ndata file: /etc/passwd", "data file")]
    [InlineData("encoding: raw", "encoding: raw\nbyte skip: -2", "byte skip")]
    [InlineData("encoding: raw", "encoding: raw\nline skip: many", "line skip")]
    [InlineData("encoding: raw", "encoding: raw\nspace directons: none", "space directons")]
    [InlineData("encoding: raw", "encoding: raw\nencoding: raw", "twice")]
    [InlineData("encoding: raw", "encoding: raw\nno colon", "no colon")]
    [InlineData("NRRD0004", "NRRD0009", "NRRD0001")]
    public void Read_UnusableField_IsRefusedByName(string good, string bad, string field)
    {
        string header = NrrdBytes.Header();
        Assert.Contains(good, header, StringComparison.Ordinal);
        Assert.Contains(field, Refusal(header.Replace(good, bad, StringComparison.Ordinal), new byte[120]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("list domain domain domain", "2 5 4 3", "none (1,0,0) (0,1,0) (0,0,1)", "list")]
    [InlineData("domain domain domain time", "5 4 3 2", "(1,0,0) (0,1,0) (0,0,1) none", "time")]
    [InlineData("vector domain domain domain", "3 5 4 3", "none (1,0,0) (0,1,0) (0,0,1)", "vector")]
    public void Read_SeveralValuesForEachVoxel_IsRefusedByKind(string kinds, string sizes, string directions, string kind)
    {
        string fields = $"kinds: {kinds}\nspace: LPS\nspace directions: {directions}\n";
        Assert.Contains(kind, Refusal(NrrdBytes.Header(sizes: sizes, fields: fields), new byte[360]), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_FurtherAxisOfOne_IsDropped()
    {
        const string fields = "kinds: domain domain domain list\nspace: LPS\nspace directions: (1,0,0) (0,1,0) (0,0,1) none\n";
        Assert.Equal(new VolumeSize(5, 4, 3), Read(NrrdBytes.Header(sizes: "5 4 3 1", fields: fields), new byte[120]).Geometry.Size);
    }

    [Fact]
    public void Read_PyNrrdSamples_AreReadAlike()
    {
        string folder = SharedData.Require("data/nrrd");
        Volume expected = VolumeFile.Read(Path.Combine(folder, "BallBinary30x30x30.nrrd"), TestContext.Current.CancellationToken);
        foreach (string name in (string[])
            [".nhdr", ".nii.gz", "_bz2.nrrd", "_gz.nrrd", "_gz_byteskip_minus_one.nrrd", "_gz_lineskip.nrrd",
             "_byteskip_minus_one.nhdr", "_byteskip_minus_one_nifti.nhdr"])
        {
            Volume actual = VolumeFile.Read(Path.Combine(folder, "BallBinary30x30x30" + name), TestContext.Current.CancellationToken);
            SampleVolume.AssertSameVoxels(expected, actual);
            Assert.Equal(expected.Geometry, actual.Geometry);
        }
    }

    [Theory]
    [InlineData("BallBinary30x30x30_byteskip_minus_five.nhdr", "byte skip")]
    [InlineData("BallBinary30x30x30_nifti.nhdr", "more data")]
    [InlineData("test1d_ascii.nrrd", "2 or 3 axes")]
    [InlineData("test_customFields.nrrd", "2 or 3 axes")]
    [InlineData("test_simple4d_raw.nrrd", "more data")]
    public void Read_PyNrrdSampleThatIsNoVolume_IsRefusedWithTheReason(string name, string reason)
    {
        string path = SharedData.Require($"data/nrrd/{name}");
        Assert.Contains(reason, Assert.Throws<ImagingException>(
            () => VolumeFile.Read(path, TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
    }

    private static Volume Read(string header, ReadOnlySpan<byte> data)
    {
        using var folder = new TestFolder();
        folder.Write("a.nrrd", NrrdBytes.File(header, data.ToArray()));
        return folder.Read("a.nrrd");
    }

    private static string Refusal(string header, byte[] data) => Assert.Throws<ImagingException>(() => Read(header, data)).Message;
}
