using System.Globalization;
using Trabecula.Imaging.Masks;
using Xunit;

namespace Trabecula.Imaging.Tests.Dicom;

/// <summary>
/// Damaged DICOM files, segmentations and volumes: whatever happens to their bytes, reading works or says what is wrong, soon, and without memory
/// beyond what the file could fill. TRABECULA_FUZZ_ROUNDS asks for more rounds of each sample than the usual (CONTRIBUTING.md).
/// </summary>
public sealed class DicomMutationTests
{
    /// <summary>The file itself, deflated a thousandfold, kept attributes, and the label volume of a segmentation's own grid.</summary>
    private const long FixedBytes = 600L << 20, BytesForEachByte = 200;

    /// <summary>What takes as long hangs: the slowest sample is read in a hundredth of it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static readonly int Rounds = int.TryParse(
        Environment.GetEnvironmentVariable("TRABECULA_FUZZ_ROUNDS"), NumberStyles.None, CultureInfo.InvariantCulture, out int rounds) ? rounds : 24;

    /// <summary>Every file of the shared samples; of a folder of slices, which are alike, the first.</summary>
    [Theory]
    [InlineData("dicom-geometry")]
    [InlineData("dicom-seg")]
    [InlineData("dicom-syntaxes")]
    [InlineData("slicer-seg-nrrd")]
    [InlineData("ibsi1-ct-phantom")]
    public void Read_DamagedRealFile_ThrowsNothingButImagingException(string folder)
    {
        IEnumerable<string> samples = Directory.EnumerateFiles(SharedData.Require($"data/{folder}"), "*", SearchOption.AllDirectories)
            .Where(path => !Path.GetFileName(path).StartsWith("LICENSE", StringComparison.Ordinal) && !path.EndsWith(".md", StringComparison.Ordinal))
            .GroupBy(path => IsSlice(path) ? Path.GetDirectoryName(path) : path, (_, paths) => paths.Min(StringComparer.Ordinal)!);
        foreach (string sample in samples.Order(StringComparer.Ordinal))
            Mutate(File.ReadAllBytes(sample), (ulong)Path.GetFileName(sample).Length, name: Path.GetFileName(sample));
    }

    [Theory]
    [InlineData("1.2.840.10008.1.2")]
    [InlineData("1.2.840.10008.1.2.1")]
    [InlineData("1.2.840.10008.1.2.2")]
    [InlineData("1.2.840.10008.1.2.1.99")]
    public void Read_DamagedSlice_ThrowsNothingButImagingException(string syntax) =>
        Mutate(DicomBytes.Slice(1, 0, [.. Enumerable.Range(0, 64).Select(i => (short)i)], 8, syntax).File(), 7, 4 * Rounds);

    [Theory]
    [InlineData("m.seg.dcm")]
    [InlineData("m.rtstruct.dcm")]
    [InlineData("m.seg.nrrd")]
    public void Read_DamagedMask_ThrowsNothingButImagingException(string name)
    {
        using var folder = new TestFolder();
        MaskFile.Write(folder[name], Tests.Masks.MaskRoundTripTests.Overlapping(SampleVolume.Geometry), cancellationToken: TestContext.Current.CancellationToken);
        Mutate(File.ReadAllBytes(folder[name]), (ulong)name.Length, 2 * Rounds);
    }

    private static bool IsSlice(string path) => path.Contains("/ge/", StringComparison.Ordinal) || path.Contains("/001/", StringComparison.Ordinal)
        || path.Contains("/002/", StringComparison.Ordinal) || path.Contains("image/", StringComparison.Ordinal) || path.Contains("/ct-3slice/", StringComparison.Ordinal);

    private static void Mutate(byte[] good, ulong seed, int? count = null, string name = "file")
    {
        using var folder = new TestFolder();
        var random = new XorShift(seed);
        for (int round = 0; round < (count ?? Rounds); round++)
        {
            byte[] bad = Damage(good, random);
            folder.Write("a", bad);
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            patience.CancelAfter(Patience);
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                if (random.Below(3) == 0)
                    VolumeFile.Read(folder["a"], patience.Token);
                else
                    MaskFile.Read(folder["a"], random.Below(2) == 0 ? SampleVolume.Geometry : null, patience.Token);
            }
            catch (ImagingException e)
            {
                Assert.NotEmpty(e.Problem);
                Assert.NotEmpty(e.Cure);
            }
            catch (Exception e)
            {
                Assert.Fail($"{name}, round {round}: {e}");
            }
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated < FixedBytes + BytesForEachByte * bad.Length, $"{name}, round {round}: {allocated} bytes for a file of {bad.Length}.");
        }
    }

    private static byte[] Damage(byte[] good, XorShift random)
    {
        byte[] bad = [.. good];
        // Headers are where a wrong byte does most.
        int reach = random.Below(2) == 0 ? bad.Length : Math.Min(bad.Length, 4096);
        switch (random.Below(7))
        {
            case 0:
                return bad[..random.Below(bad.Length)];
            case 1:
                int at = random.Below(reach), length = 1 + random.Below(20);
                return [.. bad[..at], .. bad[Math.Min(bad.Length, at + length)..]];
            case 2:
                int into = random.Below(reach);
                return [.. bad[..into], .. new byte[1 + random.Below(40)], .. bad[into..]];
            case 3:
                for (int i = 0; i < 4; i++)
                    bad[Math.Min(bad.Length - 1, random.Below(reach) + i)] = 0xFF;
                return bad;
            case 4:
                return WithOtherDigit(bad, reach, random);
            default:
                for (int i = random.Below(8); i >= 0; i--)
                    bad[random.Below(reach)] = (byte)random.Next();
                return bad;
        }
    }

    private static byte[] WithOtherDigit(byte[] bad, int reach, XorShift random)
    {
        int start = random.Below(reach);
        for (int i = start; i < reach; i++)
        {
            if (char.IsAsciiDigit((char)bad[i]))
            {
                bad[i] = (byte)("0123456789-.\\eE"[random.Below(15)]);
                return bad;
            }
        }
        return bad;
    }
}
