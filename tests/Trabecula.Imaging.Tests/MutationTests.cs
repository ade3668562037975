using System.Text;
using Trabecula.Imaging.Tests.Nifti;
using Trabecula.Imaging.Tests.Nrrd;
using Xunit;

namespace Trabecula.Imaging.Tests;

/// <summary>
/// Damaged files of every format: whatever happens to their bytes, reading either works or says what is wrong,
/// and never allocates much more than the file could hold.
/// </summary>
public sealed class MutationTests
{
    private const int RoundsOfEach = 300;

    /// <summary>Buffers of file, codec and message; bzip2 needs about 8 MB for a block of its own.</summary>
    private const long FixedBytes = 24 << 20;

    /// <summary>Deflate can hold 1032 bytes in one.</summary>
    private const long BytesForEachByte = 1100;

    public static TheoryData<string> Formats => [.. Seeds().Keys];

    [Theory]
    [MemberData(nameof(Formats))]
    public void Read_DamagedFile_ThrowsNothingButImagingException(string format)
    {
        byte[] good = Seeds()[format];
        using var folder = new TestFolder();
        folder.Write("pair.img", new byte[120]);
        folder.Write("voxels.raw", new byte[120]);
        string name = format.EndsWith("pair", StringComparison.Ordinal) ? "pair.hdr" : "a";
        folder.Write(name, good);
        folder.Read(name);
        var random = new XorShift((ulong)format.Length);
        int refused = 0;
        for (int round = 0; round < RoundsOfEach; round++)
        {
            byte[] bad = Mutate(good, random);
            folder.Write(name, bad);
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                folder.Read(name);
            }
            catch (ImagingException e)
            {
                refused++;
                Assert.NotEmpty(e.Problem);
                Assert.NotEmpty(e.Cure);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Assert.Fail($"Round {round} of {format}: {e}");
            }
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(
                allocated < FixedBytes + BytesForEachByte * (bad.Length + 240),
                $"Round {round} of {format}: {allocated} bytes for a file of {bad.Length}.");
        }
        Assert.InRange(refused, RoundsOfEach / 20, RoundsOfEach);
    }

    private static Dictionary<string, byte[]> Seeds()
    {
        Volume volume = SampleVolume.Of(VoxelType.Int16);
        byte[] voxels = SampleVolume.BytesOf(volume, false);
        byte[] nifti = [.. new NiftiBytes { SFormCode = 1, SForm = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0] }.ToArray(), .. voxels];
        byte[] scaled = [.. new NiftiBytes { QFormCode = 1, Slope = 2, BigEndian = true }.ToArray(), .. voxels];
        var seeds = new Dictionary<string, byte[]>
        {
            ["nifti-1"] = nifti,
            ["nifti-1 scaled"] = scaled,
            ["nifti-1 gzip"] = Compressed.GZip(nifti),
            ["nifti-2"] = [.. new NiftiBytes { Version = 2, Magic = "n+2", Offset = 544 }.ToArray(), .. voxels],
            ["nifti-1 pair"] = new NiftiBytes { Magic = "ni1", Offset = 0 }.ToArray(),
            ["nrrd detached"] = NrrdBytes.File(NrrdBytes.Header() + "data file: voxels.raw\n", []),
        };
        foreach (string encoding in NrrdBytes.Encodings)
            seeds["nrrd " + encoding] = NrrdBytes.File(NrrdBytes.Header(encoding: encoding), NrrdBytes.Encode(volume, encoding, false));
        return seeds;
    }

    private static byte[] Mutate(byte[] good, XorShift random)
    {
        byte[] bad = [.. good];
        switch (random.Below(7))
        {
            case 0:
                return bad[..random.Below(bad.Length)];
            case 1:
                int at = random.Below(bad.Length), length = random.Below(20);
                return [.. bad[..at], .. bad[Math.Min(bad.Length, at + length)..]];
            case 2:
                int into = random.Below(bad.Length);
                return [.. bad[..into], .. new byte[random.Below(300)], .. bad[into..]];
            case 3:
                return WithOtherNumber(bad, random);
            case 4:
                for (int i = random.Below(8); i >= 0; i--)
                    bad[random.Below(bad.Length)] = (byte)random.Next();
                return bad;
            case 5:
                // The fields of a header, where most harm can be done.
                bad[random.Below(Math.Min(348, bad.Length))] = (byte)(random.Below(2) * 255);
                return bad;
            default:
                for (int i = random.Below(4); i >= 0; i--)
                    bad[random.Below(bad.Length)] ^= (byte)(1 << random.Below(8));
                return bad;
        }
    }

    /// <summary>Replaces a number in a text header by one that a reader may stumble over.</summary>
    private static byte[] WithOtherNumber(byte[] bytes, XorShift random)
    {
        string[] numbers =
        [
            "0", "-1", "99999", "2147483648", "9223372036854775807", "99999999999999999999",
            "nan", "inf", "1e308", "-", "(", ")", "none", "%d", "",
        ];
        string text = Encoding.Latin1.GetString(bytes);
        int[] digits = [.. Enumerable.Range(0, text.Length).Where(i => char.IsAsciiDigit(text[i]))];
        if (digits.Length == 0)
            return bytes;
        int start = digits[random.Below(Math.Min(digits.Length, 60))], end = start;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
            end++;
        return Encoding.Latin1.GetBytes(text[..start] + numbers[random.Below(numbers.Length)] + text[end..]);
    }
}
