using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using Trabecula.Imaging.Tests.Nifti;
using Trabecula.Imaging.Tests.Nrrd;
using Trabecula.Imaging.Voxels;
using Xunit;

namespace Trabecula.Imaging.Tests;

public sealed class VolumeFileTests
{
    [Fact]
    public void Read_WrongExtension_GoesByTheFirstBytes()
    {
        using var folder = new TestFolder();
        Volume expected = SampleVolume.Of(VoxelType.Int16);
        folder.Write("a.nii.gz", expected);
        folder.Write("b.nrrd", expected);
        File.Move(folder["a.nii.gz"], folder["a.nrrd"]);
        File.Move(folder["b.nrrd"], folder["b"]);
        SampleVolume.AssertSameVoxels(expected, folder.Read("a.nrrd"));
        SampleVolume.AssertSameVoxels(expected, folder.Read("b"));
    }

    [Fact]
    public void Read_OtherFiles_AreRefusedInWords()
    {
        using var folder = new TestFolder();
        Directory.CreateDirectory(folder["folder"]);
        byte[] dicom = new byte[200];
        "DICM"u8.CopyTo(dicom.AsSpan(128));
        folder.Write("slice.dcm", dicom);
        folder.Write("empty.nii", []);
        folder.Write("text.nii", Encoding.ASCII.GetBytes("not an image"));
        folder.Write("packed.nrrd.gz", Compressed.GZip("NRRD0004\n"u8.ToArray()));
        folder.Write("text.gz", Compressed.GZip("not an image"u8.ToArray()));
        folder.Write("half.gz", [0x1F, 0x8B]);
        foreach ((string name, string reason) in ((string, string)[])
            [("folder", "no DICOM file"), ("missing.nii", "no such file"), ("no/folder.nii", "no such file"), ("slice.dcm", "DICOM"),
             ("empty.nii", "empty"), ("text.nii", "none of NIfTI, NRRD and DICOM"), ("packed.nrrd.gz", "compressed as a whole"),
             ("text.gz", "none of NIfTI, NRRD and DICOM"), ("half.gz", "")])
        {
            ImagingException refusal = folder.Refusal(name);
            Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
            Assert.Equal(folder[name], refusal.Path);
            Assert.NotEmpty(refusal.Cure);
        }
    }

    [Fact]
    public void Read_PipeOrDevice_IsRefusedWithoutWaiting()
    {
        if (OperatingSystem.IsWindows())
            Assert.Skip("Windows has no named pipes among files.");
        using var folder = new TestFolder();
        folder.Write("pair.hdr", new NiftiBytes { Magic = "ni1", Offset = 0 }.ToArray());
        foreach (string name in (string[])["pipe.nii", "pair.img"])
            Process.Start("mkfifo", folder[name]).WaitForExit();
        File.CreateSymbolicLink(folder["zero.nii"], "/dev/zero");
        foreach (string name in (string[])["pipe.nii", "pair.hdr", "zero.nii"])
            Assert.Contains("a pipe or a device", folder.Refusal(name).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_Link_ReadsItsTarget()
    {
        using var folder = new TestFolder();
        folder.Write("a.nii", SampleVolume.Of(VoxelType.Int16));
        File.CreateSymbolicLink(folder["link.nii"], "a.nii");
        SampleVolume.AssertSameVoxels(folder.Read("a.nii"), folder.Read("link.nii"));
    }

    [Fact]
    public void Read_ReadersPassTheirToken_CancellationStops()
    {
        using var folder = new TestFolder();
        folder.Write("a.nii", SampleVolume.Of(VoxelType.Int16));
        Assert.Throws<OperationCanceledException>(() => VolumeFile.Read(folder["a.nii"], new CancellationToken(canceled: true)));
    }

    [Theory]
    [InlineData("a.png")]
    [InlineData("a")]
    [InlineData("a.gz")]
    public void Write_UnknownExtension_IsRefused(string name)
    {
        using var folder = new TestFolder();
        Assert.Contains("no format", Assert.Throws<ImagingException>(
            () => folder.Write(name, SampleVolume.Of(VoxelType.Int16))).Message, StringComparison.Ordinal);
        Assert.Empty(folder.Files);
    }

    [Fact]
    public void Write_NoFolderOrADirectory_IsRefused()
    {
        using var folder = new TestFolder();
        Directory.CreateDirectory(folder["a.nii"]);
        Volume volume = SampleVolume.Of(VoxelType.Int16);
        ImagingException refusal = Assert.Throws<ImagingException>(() => folder.Write("a.nii", volume));
        Assert.Contains("directory", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("folder does not exist", Assert.Throws<ImagingException>(
            () => folder.Write("no/a.nii", volume)).Message, StringComparison.Ordinal);
        Assert.Empty(folder.Files);
    }

    [Fact]
    public void Write_DiskFull_NamesTheFileAndLeavesTheOldOne()
    {
        using var folder = new TestFolder();
        folder.Write("a.nii", [1, 2, 3]);
        ImagingException refusal = Assert.Throws<ImagingException>(() => AtomicFile.Write(folder["a.nii"], file =>
        {
            file.Write(new byte[1000]);
            throw new IOException("No space left on device");
        }));
        Assert.Equal(folder["a.nii"], refusal.Path);
        Assert.Contains("No space left on device", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(["a.nii"], folder.Files);
        Assert.Equal([1, 2, 3], File.ReadAllBytes(folder["a.nii"]));
    }

    [Fact]
    public void Write_Cancelled_LeavesNothing()
    {
        using var folder = new TestFolder();
        foreach (string name in (string[])["a.nii.gz", "a.nrrd", "a.nhdr", "a.hdr"])
            Assert.Throws<OperationCanceledException>(
                () => VolumeFile.Write(folder[name], SampleVolume.Of(VoxelType.Int16), new CancellationToken(canceled: true)));
        Assert.Empty(folder.Files);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(40)]
    public void Read_GZipCutOff_IsRefused(int missing)
    {
        using var folder = new TestFolder();
        byte[] bytes = Compressed.GZip([.. new NiftiBytes().ToArray(), .. new byte[120]]);
        folder.Write("a.nii.gz", bytes[..^missing]);
        folder.Refusal("a.nii.gz");
    }

    [Fact]
    public void Read_GZipWithWrongChecksumOrGarbageBehind_IsRefused()
    {
        using var folder = new TestFolder();
        byte[] bytes = Compressed.GZip([.. new NiftiBytes().ToArray(), .. new byte[120]]);
        folder.Write("garbage.nii.gz", [.. bytes, 1, 2, 3]);
        bytes[^6] ^= 1;
        folder.Write("checksum.nii.gz", bytes);
        Assert.Contains("something follows", folder.Refusal("garbage.nii.gz").Message, StringComparison.Ordinal);
        Assert.Contains("checksum", folder.Refusal("checksum.nii.gz").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_GZipInSeveralStreams_IsRead()
    {
        using var folder = new TestFolder();
        Volume expected = SampleVolume.Of(VoxelType.Int16);
        byte[] voxels = SampleVolume.BytesOf(expected, false);
        byte[] header = Compressed.GZip(new NiftiBytes().ToArray());
        folder.Write("a.nii.gz", [.. header, .. Compressed.GZip(voxels[..50]), .. Compressed.GZip(voxels[50..]), .. Compressed.GZip()]);
        SampleVolume.AssertSameVoxels(expected, folder.Read("a.nii.gz"));
    }

    [Fact]
    public void Read_GZipInManyStreamsThatIsCutOff_IsRefused()
    {
        using var folder = new TestFolder();
        byte[] bytes = [.. Compressed.GZip(new NiftiBytes().ToArray()), .. Compressed.GZip(new byte[50]), .. Compressed.GZip(new byte[70])];
        folder.Write("good.nii.gz", bytes);
        folder.Read("good.nii.gz");
        for (int missing = 1; missing < 30; missing++)
        {
            folder.Write("cut.nii.gz", bytes[..^missing]);
            folder.Refusal("cut.nii.gz");
        }
    }

    [Fact]
    public void Read_GZipBomb_StopsAtTheDeclaredSize()
    {
        using var folder = new TestFolder();
        folder.Write("a.nii.gz", Compressed.GZip([.. new NiftiBytes().ToArray(), .. new byte[100 << 20]]));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("more data", folder.Refusal("a.nii.gz").Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2 << 20);
    }

    [Fact]
    public void Read_BZip2ThatPromisesMuch_IsCountedBeforeItIsBelieved()
    {
        using var folder = new TestFolder();
        string header = NrrdBytes.Header(sizes: "30000 30000 2", encoding: "bzip2");
        folder.Write("a.nrrd", NrrdBytes.File(header, Compressed.BZip2(new byte[1000])));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("1000", folder.Refusal("a.nrrd").Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 32 << 20);
    }

    [Theory]
    [InlineData("a.nii", VoxelType.Int16, 0)]
    [InlineData("a.nii.gz", VoxelType.Int16, 0)]
    [InlineData("a.nii.gz", VoxelType.Int16, 2)]
    [InlineData("a.nii.gz", VoxelType.Float32, 2)]
    [InlineData("a.nrrd", VoxelType.UInt8, 0)]
    [InlineData("a.nhdr", VoxelType.Float64, 0)]
    public void Read_LargeVolume_AllocatesLittleBesideIt(string name, VoxelType type, float slope)
    {
        using var folder = new TestFolder();
        var geometry = new VolumeGeometry(new(256, 256, 60), new(1, 1, 1), default, Matrix3D.Identity);
        folder.Write(name, SampleVolume.Of(type, geometry));
        if (slope != 0)
        {
            using var packed = new GZipStream(File.OpenRead(folder[name]), CompressionMode.Decompress);
            using var plain = new MemoryStream();
            packed.CopyTo(plain);
            byte[] bytes = plain.ToArray();
            BitConverter.TryWriteBytes(bytes.AsSpan(112), slope);
            folder.Write(name, Compressed.GZip(bytes));
        }
        long before = GC.GetAllocatedBytesForCurrentThread();
        Volume volume = folder.Read(name);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        long size = geometry.Size.Count * VoxelLayout.BytesOf(volume.VoxelType);
        Assert.InRange(allocated, size, size * 3 / 2);
    }
}
