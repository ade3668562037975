using System.Buffers.Binary;
using System.Text;
using Trabecula.Imaging;
using Trabecula.Imaging.Tests.Dicom;
using Xunit;

namespace Trabecula.Cli.Tests;

/// <summary>A name is planted in every kind of input, wherever a format lets one stand; every command is run on it; the name is in nothing that is written or said.</summary>
public sealed class PrivacyTests : IDisposable
{
    private const string Planted = "PLANTED^NAME";

    private readonly TrabeculaProcess _trabecula = new();
    private readonly StringBuilder _said = new();

    public void Dispose() => _trabecula.Dispose();

    [Theory]
    [InlineData("ct.nii")]
    [InlineData("ct.nrrd")]
    [InlineData("ct")]
    public void Commands_OnImagesOfANamedPatient_SayAndWriteNothingOfHer(string image)
    {
        string mask = image == "ct.nii" ? "bodies.nii" : "bodies.nrrd";
        SpineBlocks.Write(_trabecula.Folder, 1);
        Plant();
        _trabecula.Write("p.yaml", "imageType: {Original: {}, Gradient: {}}\nfeatureClass: {firstorder: [Mean], shape: [VoxelVolume]}\n");
        _trabecula.Write("cases.csv", $"ID,Image,Mask,Mask2,Label\nS-1,{image},{mask},{mask},20\nS-2,{image},bad.nii,{mask},20\n");
        _trabecula.Write("pyradiomics.csv", $"Image,Mask,Label\n{image},{mask},20\n");
        _trabecula.Write("protocol.yaml", "require: {modality: CT, scanner: X, kernel: B, contrast: false}\n");
        HashSet<string> before = [.. Files()];

        Run(0, "inspect", image);
        Run(0, "inspect", mask);
        Run(image == "ct" ? 4 : 0, "check", "cases.csv", "--protocol", "protocol.yaml", "--out", "out/conformance.csv");
        Run(3, "extract", "cases.csv", "-p", "p.yaml", "--out", "out/features.csv", "--overlays", "out/overlays");
        Run(0, "extract", image, mask, "-l", "20", "-p", "p.yaml", "--save-images", "out/stages", "--out", "out/of-stages.csv");
        Run(0, "extract", image, mask, "-l", "20", "-p", "p.yaml", "--save-images", "out/stages-nifti", "--out", "out/of-stages-nifti.csv", "--image-format", "nifti");
        _trabecula.Write("p.yaml", "featureClass: {firstorder: [Mean]}\nvoxelSetting: {kernelRadius: 1}\nsetting: {resampledPixelSpacing: [4, 4, 4]}\n");
        Run(0, "extract", image, mask, "-l", "20", "-p", "p.yaml", "--voxel", "out/maps", "--out", "out/of-maps.csv");
        Run(0, "extract", image, mask, "-l", "20", "-p", "p.yaml", "--voxel", "out/maps-nifti", "--out", "out/of-maps-nifti.csv", "--image-format", "nifti");
        Run(0, "pyradiomics", "pyradiomics.csv", "--param", "p.yaml", "-o", "out/pyradiomics.csv", "-f", "csv");
        foreach (string written in (string[])(image == "ct" ? ["m.nii.gz", "m.seg.dcm", "m.rtstruct.dcm"] : ["m.nii.gz", "m.seg.nrrd"]))
            Run(0, "segment", image, "--range", "150", "--out", "out/" + written);
        Run(0, "measure", image, mask, "--out", "out/measures.csv", "--pictures", "out/measures");
        Run(3, "agree", "cases.csv", "--out", "out/agreement");
        Run(2, "segment", image, "--range", "150", "--seed", "999,0,0", "--out", "out/none.nii");
        Run(2, "inspect", "bad.nii");

        string[] outputs = [.. Files().Where(path => !before.Contains(path) && Path.GetFileName(path) != "p.yaml")];
        Assert.True(outputs.Length > 25, string.Join('\n', outputs));
        foreach (string path in outputs)
        {
            byte[] bytes = Unzipped(path);
            foreach (string word in (string[])["PLANTED", "Planted", "planted"])
                Assert.True(bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(word)) < 0, path);
        }
        Assert.DoesNotContain("PLANTED", _said.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Puts the name into DICOM attributes, into the texts of NIfTI headers and their extensions, and into comments and keys of NRRD.</summary>
    private void Plant()
    {
        Directory.CreateDirectory(At("out"));
        var image = (Volume<short>)VolumeFile.Read(At("ct.nii.gz"), TestContext.Current.CancellationToken);
        Volume mask = VolumeFile.Read(At("bodies.nrrd"), TestContext.Current.CancellationToken);
        VolumeFile.Write(At("plain.nii"), image, TestContext.Current.CancellationToken);
        VolumeFile.Write(At("plain-mask.nii"), mask, TestContext.Current.CancellationToken);
        VolumeFile.Write(At("plain.nrrd"), image, TestContext.Current.CancellationToken);
        PlantNifti("plain.nii", "ct.nii");
        PlantNifti("plain-mask.nii", "bodies.nii");
        PlantNrrd("plain.nrrd", "ct.nrrd");
        PlantNrrd("bodies.nrrd", "bodies.nrrd");
        File.WriteAllBytes(At("bad.nii"), [.. File.ReadAllBytes(At("ct.nii")).AsSpan(0, 600)]);
        foreach (string plain in (string[])["plain.nii", "plain-mask.nii", "plain.nrrd", "ct.nii.gz"])
            File.Delete(At(plain));

        Directory.CreateDirectory(At("ct"));
        VolumeSize size = image.Geometry.Size;
        for (int z = 0; z < size.Z; z++)
        {
            short[] samples = [.. image.Voxels.Slice(z * size.X * size.Y, size.X * size.Y).ToArray().Select(value => (short)(value + 1024))];
            DicomBytes slice = DicomBytes.Header(z, $"0\\0\\{z}", size.X, size.Y).Pixels(samples).Text(0x0028, 0x0030, "DS", "1\\1");
            foreach ((ushort group, ushort element, string vr) in ((ushort, ushort, string)[])
                [(0x0008, 0x0050, "SH"), (0x0008, 0x0080, "LO"), (0x0008, 0x0081, "ST"), (0x0008, 0x0090, "PN"), (0x0008, 0x1010, "SH"), (0x0008, 0x1030, "LO"), (0x0008, 0x103E, "LO"),
                 (0x0008, 0x1070, "PN"), (0x0009, 0x0010, "LO"), (0x0009, 0x1001, "LT"), (0x0010, 0x0010, "PN"), (0x0010, 0x0020, "LO"), (0x0010, 0x1001, "PN"), (0x0010, 0x1040, "LO"),
                 (0x0010, 0x4000, "LT"), (0x0018, 0x0010, "LO"), (0x0018, 0x1000, "LO"), (0x0018, 0x1030, "LO"), (0x0020, 0x0010, "SH"), (0x0020, 0x4000, "LT"), (0x0032, 0x1032, "PN"), (0x0040, 0x0275, "LO")])
                slice.Text(group, element, vr, Planted);
            slice.Bytes(0x0010, 0x1002, "SQ", new DicomBytes().Text(0x0010, 0x0020, "LO", Planted).Item());
            File.WriteAllBytes(At($"ct/{z}.dcm"), slice.File());
        }
    }

    /// <summary>Fills data_type, db_name, aux_file, descrip and intent_name, and adds a header extension (nifti1.h).</summary>
    private void PlantNifti(string from, string to)
    {
        byte[] bytes = File.ReadAllBytes(At(from));
        byte[] name = Encoding.ASCII.GetBytes("PLANTED");
        foreach (int at in (int[])[4, 14, 148, 228, 328])
            name.CopyTo(bytes, at);
        byte[] extension = new byte[32];
        BinaryPrimitives.WriteInt32LittleEndian(extension, 32);
        BinaryPrimitives.WriteInt32LittleEndian(extension.AsSpan(4), 6);
        Encoding.ASCII.GetBytes(Planted).CopyTo(extension, 8);
        BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(108), 352 + 32);
        bytes[348] = 1;
        File.WriteAllBytes(At(to), [.. bytes.AsSpan(0, 352), .. extension, .. bytes.AsSpan(352)]);
    }

    private void PlantNrrd(string from, string to)
    {
        byte[] bytes = File.ReadAllBytes(At(from));
        int end = bytes.AsSpan().IndexOf("\n\n"u8) + 1;
        File.WriteAllBytes(At(to), [.. bytes.AsSpan(0, end), .. Encoding.ASCII.GetBytes($"# {Planted}\ncontent: {Planted}\nPatient Name:={Planted}\n"), .. bytes.AsSpan(end)]);
    }

    private void Run(int expected, params string[] arguments)
    {
        TrabeculaProcess.Result result = _trabecula.Run(arguments);
        _said.Append(result.Output).Append(result.Error);
        Assert.True(expected == result.ExitCode, $"{string.Join(' ', arguments)}: {result.ExitCode}\n{result.Output}{result.Error}");
    }

    private static byte[] Unzipped(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        if (!path.EndsWith(".gz", StringComparison.Ordinal))
            return bytes;
        using var stream = new System.IO.Compression.GZipStream(new MemoryStream(bytes), System.IO.Compression.CompressionMode.Decompress);
        using var plain = new MemoryStream();
        stream.CopyTo(plain);
        return [.. bytes, .. plain.ToArray()];
    }

    private IEnumerable<string> Files() => Directory.EnumerateFiles(_trabecula.Folder, "*", SearchOption.AllDirectories);

    private string At(string name) => Path.Combine(_trabecula.Folder, name);
}
