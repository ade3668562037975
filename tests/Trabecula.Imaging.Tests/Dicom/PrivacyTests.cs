using Trabecula.Imaging.Dicom;
using Trabecula.Imaging.Masks;
using Xunit;

namespace Trabecula.Imaging.Tests.Dicom;

/// <summary>No word about a patient leaves the reader: names are planted in every file, and looked for in all that comes out.</summary>
public sealed class PrivacyTests
{
    private const string Planted = "Musterfrau";

    private static readonly short[] Samples = [.. Enumerable.Range(0, 64).Select(i => (short)i)];

    [Fact]
    public void Read_FilesOfANamedPatient_SayNothingOfHer()
    {
        using var folder = new TestFolder();
        for (int i = 0; i < 3; i++)
            folder.Write($"{i}.dcm", Plant(DicomBytes.Slice(i, i, Samples, 8)).File());

        DicomImage image = DicomReader.Read(folder[""], TestContext.Current.CancellationToken);
        MaskFile.Write(folder["m.seg.dcm"], MaskFile.Of(image.Volume), image.Source, "S-1", cancellationToken: TestContext.Current.CancellationToken);
        MaskFile.Write(folder["m.rtstruct.dcm"], MaskFile.Of(image.Volume), image.Source, "S-1", cancellationToken: TestContext.Current.CancellationToken);
        VolumeFile.Write(folder["m.nii.gz"], image.Volume, TestContext.Current.CancellationToken);
        VolumeFile.Write(folder["m.nrrd"], image.Volume, TestContext.Current.CancellationToken);

        Assert.DoesNotContain(Planted, string.Join('\n', image.Warnings), StringComparison.OrdinalIgnoreCase);
        foreach (string file in folder.Files.Where(file => file.StartsWith('m')))
            Assert.Equal(-1, File.ReadAllBytes(folder[file]).AsSpan().IndexOf("Musterfrau"u8));
    }

    [Fact]
    public void Refusals_OfFilesOfANamedPatient_SayNothingOfHer()
    {
        using var folder = new TestFolder();
        var random = new XorShift(11);
        byte[] good = Plant(DicomBytes.Slice(1, 0, Samples, 8)).File();
        foreach ((ushort group, ushort element, string vr) in ((ushort, ushort, string)[])
            [(0x0020, 0x0032, "DS"), (0x0028, 0x0030, "DS"), (0x0028, 0x0004, "CS"), (0x0028, 0x1053, "DS"), (0x0020, 0x0011, "IS"), (0x0020, 0x000E, "UI"),
             (0x0008, 0x0060, "CS"), (0x0028, 0x0008, "IS"), (0x0020, 0x0037, "DS"), (0x0008, 0x0008, "CS"), (0x0018, 0x1210, "SH")])
            Check(folder, Plant(DicomBytes.Slice(1, 0, Samples, 8)).Text(group, element, vr, Planted).File());
        Check(folder, Plant(DicomBytes.Header(1, "0\\0\\0", 8, 8, "1.2." + Planted)).Pixels(Samples).File());
        for (int round = 0; round < 500; round++)
        {
            byte[] bad = [.. good];
            for (int i = random.Below(4); i >= 0; i--)
                bad[random.Below(bad.Length)] = (byte)random.Next();
            Check(folder, bad);
        }
    }

    private static void Check(TestFolder folder, byte[] file)
    {
        folder.Write("a.dcm", file);
        try
        {
            folder.Read("a.dcm");
            MaskFile.Read(folder["a.dcm"], SampleVolume.Geometry, TestContext.Current.CancellationToken);
        }
        catch (ImagingException e)
        {
            Assert.DoesNotContain(Planted[..5], e.ToString(), StringComparison.OrdinalIgnoreCase);
        }
    }

    /// <summary>Puts the name into the attributes of a patient, into free text, and into a vendor's own attributes.</summary>
    private static DicomBytes Plant(DicomBytes file)
    {
        foreach ((ushort group, ushort element, string vr) in ((ushort, ushort, string)[])
            [(0x0008, 0x0050, "SH"), (0x0008, 0x0080, "LO"), (0x0008, 0x0090, "PN"), (0x0008, 0x1030, "LO"), (0x0008, 0x103E, "LO"), (0x0008, 0x1070, "PN"),
             (0x0009, 0x0010, "LO"), (0x0009, 0x1001, "LT"), (0x0010, 0x0010, "PN"), (0x0010, 0x0020, "LO"), (0x0010, 0x1000, "LO"), (0x0010, 0x1040, "LO"),
             (0x0010, 0x4000, "LT"), (0x0018, 0x1000, "LO"), (0x0020, 0x4000, "LT"), (0x0032, 0x1032, "PN"), (0x0040, 0x0275, "LO")])
            file.Text(group, element, vr, Planted);
        return file;
    }
}
