using System.Diagnostics;
using Trabecula.Imaging.Dicom;
using Trabecula.Imaging.Masks;
using Xunit;

namespace Trabecula.Imaging.Tests.Masks;

/// <summary>What is written reads back the same, and other software accepts it.</summary>
public sealed class MaskRoundTripTests
{
    private static readonly VolumeGeometry Oblique = new(new(21, 13, 6), new(0.7, 0.9, 2.5), new(-12.5, 40.25, -800.125),
        new(0.8, -0.6, 0, 0.6, 0.8, 0, 0, 0, 1));

    public static TheoryData<string> Formats => ["m.seg.nrrd", "m.seg.dcm", "m.rtstruct.dcm"];

    [Theory]
    [MemberData(nameof(Formats))]
    public void WriteAndRead_OverlappingSegments_AreTheSame(string name)
    {
        using var folder = new TestFolder();
        Segmentation mask = Overlapping(Oblique);

        MaskFile.Write(folder[name], mask, subject: "S-001", cancellationToken: Token);
        Segmentation read = MaskFile.Read(folder[name], Oblique, Token);

        Assert.Equal(mask.Segments.Select(segment => segment.Name), read.Segments.Select(segment => segment.Name));
        Assert.Equal(Oblique, read.Layers[0].Geometry);
        foreach (MaskSegment segment in mask.Segments)
            Assert.Equal(RealMaskTests.InsideOf(mask, segment.Label), RealMaskTests.InsideOf(read, read.Find(segment.Name)!.Label));
        Assert.Empty(read.Notes);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void WriteTwice_SameMask_GivesTheSameBytes(string name)
    {
        using var folder = new TestFolder();
        foreach (string sub in (string[])["a", "b"])
        {
            Directory.CreateDirectory(folder[sub]);
            MaskFile.Write(Path.Combine(folder[sub], name), Overlapping(Oblique), clock: new FixedClock(), cancellationToken: Token);
        }

        Assert.Equal(File.ReadAllBytes(Path.Combine(folder["a"], name)), File.ReadAllBytes(Path.Combine(folder["b"], name)));
    }

    [Theory]
    [InlineData("m.nii.gz")]
    [InlineData("m.nrrd")]
    public void Write_LabelVolume_HoldsOneLayerOnly(string name)
    {
        using var folder = new TestFolder();
        Volume labels = SampleVolume.Of(VoxelType.UInt8);
        MaskFile.Write(folder[name], MaskFile.Of(labels), cancellationToken: Token);

        SampleVolume.AssertSameVoxels(labels, MaskFile.Read(folder[name], null, Token).Layers[0].Labels);
        var refusal = Assert.Throws<ImagingException>(() => MaskFile.Write(folder[name], Overlapping(Oblique), cancellationToken: Token));
        Assert.Contains("overlap", refusal.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void WriteAndRead_MaskOfRealCt_IsTheSameAndRefersToTheSlices(string name)
    {
        using var folder = new TestFolder();
        DicomImage image = DicomReader.Read(SharedData.Require("data/dicom-seg/dcmqi/ct-3slice"), Token);
        Segmentation mask = MaskFile.Read(SharedData.Require("data/dicom-seg/dcmqi/partial_overlaps.dcm"), image.Volume.Geometry, Token);

        MaskFile.Write(folder[name], mask, image.Source, cancellationToken: Token);
        Segmentation read = MaskFile.Read(folder[name], image.Volume.Geometry, Token);

        foreach (MaskSegment segment in mask.Segments)
            Assert.Equal(RealMaskTests.InsideOf(mask, segment.Label), RealMaskTests.InsideOf(read, read.Find(segment.Name)!.Label));
        DicomImage other = DicomReader.Read(SharedData.Require("data/dicom-seg/dcmqi/24x38x3/image"), Token);
        Assert.False(read.ContradictsFrameOf(image.Source));
        Assert.Equal(!name.Contains("nrrd", StringComparison.Ordinal), read.ContradictsFrameOf(other.Source));
    }

    [Theory]
    [InlineData("m.seg.dcm")]
    [InlineData("m.rtstruct.dcm")]
    public void Write_DicomMask_IsAcceptedByOtherSoftware(string name)
    {
        using var folder = new TestFolder();
        DicomImage? image = null;
        try
        {
            image = DicomReader.Read(SharedData.Require("data/dicom-seg/dcmqi/ct-3slice"), Token);
        }
        catch (Exception e) when (e.GetType().Name.Contains("Skip", StringComparison.Ordinal))
        {
            // Without the shared data the mask refers to no image.
        }
        VolumeGeometry geometry = image?.Volume.Geometry ?? Oblique;
        MaskFile.Write(folder[name], Overlapping(geometry), image?.Source, cancellationToken: Token);

        (int code, string text) = Run("dcmdump", "-q", folder[name]) ?? Skip("dcmdump (DCMTK)");
        Assert.True(code == 0 && !text.Contains("E:", StringComparison.Ordinal) && !text.Contains("W:", StringComparison.Ordinal), text);
        const string script = "import sys, warnings; warnings.simplefilter('error'); import pydicom; d = pydicom.dcmread(sys.argv[1]); " +
            "d.walk(lambda s, e: e.value); print(d.Modality, len(d.get('SegmentSequence', d.get('StructureSetROISequence', []))))";
        (code, text) = Run("/usr/bin/python3", "-c", script, folder[name]) ?? Skip("python3 with pydicom");
        if (text.Contains("No module named", StringComparison.Ordinal))
            Skip("python3 with pydicom");
        Assert.Equal((0, name.Contains("seg", StringComparison.Ordinal) ? "SEG 3" : "RTSTRUCT 3"), (code, text.Trim()));
    }

    [Fact]
    public void Write_EmptyMask_IsRefused()
    {
        using var folder = new TestFolder();
        foreach (string name in Formats)
        {
            Assert.Throws<ImagingException>(() => MaskFile.Write(
                folder[name], MaskFile.Of(Volume.Create(Oblique, new byte[Oblique.Size.Count])), cancellationToken: Token));
        }
        Assert.Empty(folder.Files);
    }

    /// <summary>A ball, a ring with a hole around it in some slices, and noise over both.</summary>
    internal static Segmentation Overlapping(VolumeGeometry geometry)
    {
        var packing = new LayerPacking("", geometry);
        var random = new XorShift(3);
        Func<int, int, int, bool>[] shapes =
        [
            (x, y, z) => (x - 8) * (x - 8) + (y - 6) * (y - 6) + 4 * (z - 1) * (z - 1) <= 25,
            (x, y, z) => z < 2 && (x - 10) * (x - 10) + (y - 6) * (y - 6) is >= 9 and <= 36,
            (_, _, _) => random.Below(40) == 0,
        ];
        string[] names = ["ball", "ring of bone", "Röntgen"];
        for (int i = 0; i < shapes.Length; i++)
        {
            var runs = new List<VoxelRun>();
            for (int z = 0, at = 0; z < geometry.Size.Z; z++)
            {
                for (int y = 0; y < geometry.Size.Y; y++)
                {
                    for (int x = 0; x < geometry.Size.X; x++, at++)
                    {
                        if (shapes[i](x, y, z))
                            runs.Add(new(at, 1));
                    }
                }
            }
            packing.Add((ushort)(i + 1), names[i], runs);
        }
        return packing.ToSegmentation([]);
    }

    private static (int Code, string Text)? Run(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            Task<string> error = process.StandardError.ReadToEndAsync(Token);
            string text = process.StandardOutput.ReadToEnd() + error.GetAwaiter().GetResult();
            process.WaitForExit();
            return (process.ExitCode, text);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static (int, string) Skip(string what)
    {
        Assert.Skip($"{what} is not installed.");
        return default;
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private sealed class FixedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2020, 2, 29, 12, 0, 0, TimeSpan.Zero);
    }
}
