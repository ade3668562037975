using System.Globalization;
using Trabecula.Imaging.Dicom;
using Xunit;

namespace Trabecula.Imaging.Tests.Dicom;

/// <summary>Folders of slices: order, gaps, mixtures and what else lies among them.</summary>
public sealed class SeriesTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_SlicesInAnyOrder_AreSortedByPositionAndRescaledEachByItsOwn()
    {
        double[] z = [10, 2.5, 7.5, 5];
        for (int i = 0; i < z.Length; i++)
        {
            // Instance numbers and file names run against the positions.
            Write($"{9 - i}.dcm", DicomBytes.Slice(100 - (int)z[i], z[i], [(short)i, 7], 2)
                .Text(0x0028, 0x1052, "DS", ((int)z[i]).ToString(CultureInfo.InvariantCulture)).Text(0x0028, 0x1053, "DS", "2"));
        }
        Write("notes.txt", null);

        Volume volume = Read();

        Assert.Equal(new VolumeGeometry(new(2, 1, 4), new(0.5, 0.75, 2.5), new(-10, 20.5, 2.5), Matrix3D.Identity), volume.Geometry);
        Assert.Equal([2 + 2, 14 + 2, 6 + 5, 14 + 5, 4 + 7, 14 + 7, 0 + 10, 14 + 10], TwinVolumes.Values(volume));
    }

    [Fact]
    public void Read_FractionalSlope_GivesRealValues()
    {
        Write("1.dcm", DicomBytes.Slice(1, 0, [3, -4], 2).Text(0x0028, 0x1053, "DS", "0.25").Text(0x0028, 0x1052, "DS", "-10.5"));

        Volume volume = Read();

        Assert.Equal(VoxelType.Float64, volume.VoxelType);
        Assert.Equal([-9.75, -11.5], TwinVolumes.Values(volume));
    }

    [Fact]
    public void Read_ObliqueSlices_LieAlongTheirNormal()
    {
        for (int i = 0; i < 3; i++)
        {
            Write($"{i}.dcm", DicomBytes.Header(i, FormattableString.Invariant($"{5 - 2 * i}\\{0}\\{1}"), 2, 1)
                .Text(0x0020, 0x0037, "DS", "0\\1\\0\\0\\0\\1").Pixels([(short)i, (short)i]));
        }

        Volume volume = Read();

        // Rows to posterior, columns to superior: the normal runs to the left, so the first slice is the rightmost.
        Assert.Equal(new Vector3D(1, 0, 1), volume.Geometry.OriginMm);
        Assert.Equal(new Matrix3D(0, 0, 1, 1, 0, 0, 0, 1, 0), volume.Geometry.Direction);
        Assert.Equal([2, 2, 1, 1, 0, 0], TwinVolumes.Values(volume).Select(value => value + 1024));
    }

    [Theory]
    [InlineData("0 3 6 12 15", "missing slice: 1")]
    [InlineData("0 3 6 15", "missing slices: 2")]
    [InlineData("0 3 6 9.2 12.2", "uneven spacing: steps of 3 mm (3 times), 3.2 mm (1 times); the first that differs follows slice 3")]
    [InlineData("0 3 6 6 9", "duplicate slices: 5 slices lie at 4 positions")]
    public void Read_UnevenPositions_AreRefusedWithTheFacts(string positions, string fact)
    {
        WriteStack(positions);
        Assert.Contains(fact, _folder.Refusal("").Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0 3 6.002 9", 0)]
    [InlineData("0 3 6.02 9", 1)]
    public void Read_RoundedPositions_AreReadAndNotedAboveAThousandth(string positions, int warnings)
    {
        WriteStack(positions);
        Assert.Equal(warnings, DicomReader.Read(_folder[""], TestContext.Current.CancellationToken).Warnings.Count);
    }

    [Fact]
    public void Read_TwoAcquisitionsAtTheSamePlaces_AreTwoVolumes()
    {
        for (int i = 0; i < 6; i++)
            Write($"{i}.dcm", DicomBytes.Slice(i, i % 3 * 2, [1, 2], 2).Text(0x0020, 0x0012, "IS", i < 3 ? "1" : "2"));

        string problem = _folder.Refusal("").Problem;

        Assert.Contains("mixed series: there are 2 volumes: series 7, acquisition 1 (3 slices of 2 x 1, 5 mm thick); series 7, acquisition 2", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TwoSeries_AreNotMixed()
    {
        for (int i = 0; i < 4; i++)
            Write($"{i}.dcm", DicomBytes.Slice(i, i, [1, 2], 2).Text(0x0020, 0x000E, "UI", i < 2 ? "1.2" : "1.3").Text(0x0020, 0x0011, "IS", i < 2 ? "2" : "1"));

        Assert.Contains("mixed series: there are 2 volumes: series 1 (2 slices", _folder.Refusal("").Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_LocalizersAndReportsAmongSlices_AreLeftOut()
    {
        WriteStack("0 3 6");
        Write("scout.dcm", DicomBytes.Slice(9, 0, [1, 2, 3, 4], 2).Text(0x0008, 0x0008, "CS", "ORIGINAL\\PRIMARY\\LOCALIZER"));
        Write("report.dcm", DicomBytes.Header(10, "0\\0\\0", 2, 1).Text(0x0008, 0x0060, "CS", "SR"));
        Write("DICOMDIR", DicomBytes.Header(11, "0\\0\\0", 2, 1).Text(0x0004, 0x1500, "CS", "..\\..\\ETC\\PASSWD"));

        DicomImage image = DicomReader.Read(_folder[""], TestContext.Current.CancellationToken);

        Assert.Equal(3, image.Volume.Geometry.Size.Z);
        Assert.Equal(["1 localiser slices were left out"], image.Warnings);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(40)]
    public void Read_LastSliceCutOffBeforeItsPixels_IsNotPassedOver(int bytesBefore)
    {
        WriteStack("0 3 6");
        byte[] whole = DicomBytes.Slice(9, 9, [1, 2], 2).File();
        const int pixels = 12 + 4;
        _folder.Write("last.dcm", whole[..^(pixels + bytesBefore)]);

        ImagingException refusal = _folder.Refusal("");

        Assert.EndsWith("last.dcm", refusal.Path, StringComparison.Ordinal);
        Assert.Matches("without Pixel Data \\(7FE0,0010\\)|data end|the file ends|are left", refusal.Problem);
        Assert.NotEmpty(refusal.Cure);
    }

    [Fact]
    public void Read_FileThatIsOnlyNamedAsDicom_IsNoted()
    {
        WriteStack("0 3 6");
        _folder.Write("empty.dcm", []);
        _folder.Write("._0.dcm", [0, 5, 22, 7]);

        Assert.Contains("1 files are named .dcm but are no DICOM files", Assert.Single(DicomReader.Read(_folder[""], TestContext.Current.CancellationToken).Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_CompressedSlices_StandInTheirOrder_AndTheForemostFaultIsTold()
    {
        const int slices = 23;
        for (int i = 0; i < slices; i++)
            _folder.Write($"{i:00}.dcm", RunLength(i, (byte)(i + 1)));

        Assert.Equal(Enumerable.Range(0, slices).SelectMany(i => new double[] { i + 1 - 1024, i + 1 - 1024 }), TwinVolumes.Values(Read()));

        foreach (int bad in (int[])[19, 7, 12])
            _folder.Write($"{bad:00}.dcm", RunLength(bad, 1, segments: 9));
        Assert.EndsWith("07.dcm", _folder.Refusal("").Path, StringComparison.Ordinal);

        // Two samples of 16 bits: a segment of their high bytes, and one of their low ones, each a run of two equal bytes (PS3.5, annex G).
        static byte[] RunLength(int slice, byte value, byte segments = 2)
        {
            byte[] header = new byte[64];
            (header[0], header[4], header[8]) = (segments, 64, 66);
            DicomBytes file = DicomBytes.Header(slice, FormattableString.Invariant($"0\\0\\{slice}"), 2, 1, "1.2.840.10008.1.2.5");
            byte[] frame = [0xFE, 0xFF, 0x00, 0xE0, 68, 0, 0, 0, .. header, 255, 0, 255, value];
            return file.File(file.UndefinedSequence(0x7FE0, 0x0010, "OB", new DicomBytes().Item(), frame));
        }
    }

    [Fact]
    public void Read_OnlyLocalizers_AreRefused()
    {
        Write("scout.dcm", DicomBytes.Slice(9, 0, [1, 2, 3, 4], 2).Text(0x0008, 0x0008, "CS", "ORIGINAL\\PRIMARY\\LOCALIZER"));
        Assert.Contains("only localisers (1 slices)", _folder.Refusal("").Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_SecondaryCapture_IsRefused()
    {
        Write("sc.dcm", DicomBytes.Slice(1, 0, [1, 2], 2).Without(0x0020, 0x0032));
        Assert.Contains("no position in the patient", _folder.Refusal("").Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0x0028, 0x0030, "0.5\\0.5", "mixed pixel spacing: 2 of one spacing (0.5 x 0.75 mm); 1 of one spacing (0.5 x 0.5 mm)")]
    [InlineData(0x0020, 0x0037, "0\\1\\0\\0\\0\\1", "mixed orientation")]
    public void Read_SlicesThatDiffer_AreNamed(int group, int element, string value, string fact)
    {
        WriteStack("0 3");
        Write("odd.dcm", DicomBytes.Slice(3, 6, [1, 2], 2).Text((ushort)group, (ushort)element, "DS", value));
        Assert.Contains(fact, _folder.Refusal("").Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0 0 0.5 0 0", "shifted slices: slice 3 at (0.5, 0, 6) mm lies 0.5 mm aside")]
    [InlineData("0 3 0 -3 0", "shifted slices: slice 2")]
    [InlineData("0 0.02 0 0 0", null)]
    public void Read_SlicesThatBendAside_AreRefused(string positions, string? fact)
    {
        foreach ((int i, string x) in positions.Split(' ').Index())
            Write($"{i}.dcm", DicomBytes.Header(i, $"{x}\\0\\{3 * i}", 2, 1).Pixels([1, 2]));
        if (fact is null)
            Assert.Equal(["slices lie up to 0.02 mm aside of the line from the first to the last"], DicomReader.Read(_folder[""], TestContext.Current.CancellationToken).Warnings);
        else
            Assert.Contains(fact, _folder.Refusal("").Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_StepsThatAddUp_AreRefused()
    {
        // Each step is within 1 % of the usual one, but the middle slice lies a fifteenth of a step away from its place.
        WriteStack(string.Join(' ', Enumerable.Range(0, 41).Select(i => (3 * i + 0.01 * Math.Min(i, 40 - i)).ToString("R", CultureInfo.InvariantCulture))));
        Assert.Contains("uneven spacing: slice 21 at 60.2 mm along the normal lies 0.2 mm from its place", _folder.Refusal("").Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.2.9", true)]
    [InlineData("1.2.8", false)]
    [InlineData(null, false)]
    public void Read_TwoFramesOfReferenceInOneSeries_AreRefused(string? second, bool refused)
    {
        for (int i = 0; i < 4; i++)
        {
            DicomBytes slice = DicomBytes.Slice(i, 3 * i, [1, 2], 2);
            if (i < 2 || second is not null)
                slice.Text(0x0020, 0x0052, "UI", i < 2 ? "1.2.8" : second!);
            Write($"{i}.dcm", slice);
        }
        if (refused)
            Assert.Contains("mixed frames of reference: 2 of one frame of reference (the first at (-10, 20.5, 0) mm); 2 of one", _folder.Refusal("").Problem, StringComparison.Ordinal);
        else
            Assert.Equal(4, Read().Geometry.Size.Z);
    }

    [Fact]
    public void Read_ModalityLookUpTable_IsRefusedByName()
    {
        DicomBytes item = new DicomBytes().UInt16(0x0028, 0x3002, 2, 0, 16).UInt16(0x0028, 0x3006, 0, 2);
        DicomBytes slice = DicomBytes.Slice(1, 0, [0, 1], 2);
        _folder.Write("1.dcm", slice.File(slice.UndefinedSequence(0x0028, 0x3000, "SQ", item.Item())));
        Assert.Contains("Modality LUT Sequence", _folder.Refusal("").Problem, StringComparison.Ordinal);
    }

    private void WriteStack(string positions)
    {
        foreach ((int i, string z) in positions.Split(' ').Index())
            Write($"{i}.dcm", DicomBytes.Slice(i, double.Parse(z, CultureInfo.InvariantCulture), [1, 2], 2));
    }

    private void Write(string name, DicomBytes? file) => _folder.Write(name, file?.File() ?? "no image"u8.ToArray());

    private Volume Read() => _folder.Read("");
}
