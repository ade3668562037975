using System.Diagnostics;
using System.Globalization;
using System.Text;
using Xunit;

namespace Trabecula.Imaging.Tests.Dicom;

/// <summary>JPEG 2000 of every kind that OpenJPEG's encoder makes, against its decoder and against the image itself.</summary>
public sealed class Jpeg2000Tests
{
    private const int Columns = 83, Rows = 61;

    [Theory]
    [InlineData("")]
    [InlineData("-n 1")]
    [InlineData("-n 3 -b 8,8")]
    [InlineData("-b 64,16 -SOP -EPH")]
    [InlineData("-p RLCP -r 30,10,1")]
    [InlineData("-p RPCL -r 30,10,1 -c [32,32],[16,16]")]
    [InlineData("-p PCRL -c [16,16],[16,16],[8,8]")]
    [InlineData("-n 2 -p CPRL -r 8,1 -c [16,16],[8,8]")]
    [InlineData("-t 32,20 -n 4 -p RPCL")]
    [InlineData("-t 40,40 -d 7,5 -T 3,2")]
    [InlineData("-M 1")]
    [InlineData("-M 2")]
    [InlineData("-M 4")]
    [InlineData("-M 5 -r 20,5,1")]
    [InlineData("-M 8")]
    [InlineData("-M 32")]
    [InlineData("-M 63 -r 20,1")]
    public void Read_Reversible_IsTheImage(string options)
    {
        foreach ((string kind, int bits, int[] samples) in Images())
        {
            using var folder = new TestFolder();
            byte[] codestream = Encode(folder, samples, bits, options);

            Assert.True(samples.SequenceEqual(Read(folder, codestream, bits)), kind);
        }
    }

    [Theory]
    [InlineData("-I")]
    [InlineData("-I -r 8")]
    [InlineData("-I -t 40,40 -n 4")]
    [InlineData("-I -M 1 -r 4")]
    [InlineData("-r 8")]
    [InlineData("-q 30,50 -p RLCP")]
    public void Read_Lossy_IsWhatTheReferenceDecoderGives(string options)
    {
        foreach ((string kind, int bits, int[] samples) in Images())
        {
            using var folder = new TestFolder();
            byte[] codestream = Encode(folder, samples, bits, options);
            Run("opj_decompress", "-i", folder["a.j2k"], "-o", folder["b.pgm"]);

            int worst = ReadGreyMap(folder["b.pgm"]).Zip(Read(folder, codestream, bits), (a, b) => Math.Abs(a - b)).Max();

            // OpenJPEG computes the irreversible transform in 32-bit floats, with a scale that is off by 3e-5: 2 of 65535.
            Assert.True(worst <= (bits == 16 ? 3 : 1), $"{kind}: {worst}");
        }
    }

    [Fact]
    public void Read_RealLossySlice_IsWhatTheReferenceDecoderGives()
    {
        using var folder = new TestFolder();
        string coded = SharedData.Require("data/dicom-syntaxes/CTImage.dcm_JPEG2000TransferSyntax_1.2.840.10008.1.2.4.91.dcm");
        Run("gdcmconv", "--raw", coded, folder["decoded.dcm"]);

        double[] expected = TwinVolumes.Values(folder.Read("decoded.dcm"));
        double[] actual = TwinVolumes.Values(VolumeFile.Read(coded, TestContext.Current.CancellationToken));
        double[] errors = [.. expected.Zip(actual, (a, b) => Math.Abs(a - b))];

        TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant($"worst {errors.Max():R}, mean {errors.Average():R}"));
        Assert.InRange(errors.Max(), 0, 1);
    }

    [Fact]
    public void Read_UnsignedCodestreamOfSignedSamples_TakesTheSignFromItsOwnPrecision()
    {
        using var folder = new TestFolder();
        // 13 bits in the codestream, 16 stored: 8191 there means -1.
        int[] samples = [.. Enumerable.Range(0, Columns * Rows).Select(i => i % 2 == 0 ? 8191 : 5)];
        byte[] codestream = Encode(folder, samples, 13, "");
        double[] values = TwinVolumes.Values(Wrap(folder, codestream, 16, signed: true));

        Assert.Equal([-1, 5.0], values[..2]);
    }

    private static IEnumerable<(string Kind, int Bits, int[] Samples)> Images()
    {
        foreach (int bits in (int[])[8, 12, 16])
        {
            var random = new XorShift((ulong)bits);
            int most = (1 << bits) - 1;
            int[] Make(Func<int, int, int> sample) => [.. Enumerable.Range(0, Columns * Rows).Select(i => sample(i % Columns, i / Columns))];
            yield return ($"noise, {bits} bits", bits, Make((_, _) => random.Below(most + 1)));
            yield return ($"smooth, {bits} bits", bits, Make((x, y) => (x * x + y * y * 2) * most / (3 * 83 * 83) + (x > 40 ? most / 4 : 0)));
            yield return ($"constant, {bits} bits", bits, Make((_, _) => most / 3));
        }
    }

    private static byte[] Encode(TestFolder folder, int[] samples, int bits, string options)
    {
        byte[] pixels = bits <= 8 ? [.. samples.Select(sample => (byte)sample)] : [.. samples.SelectMany(sample => (byte[])[(byte)(sample >> 8), (byte)sample])];
        string header = string.Create(CultureInfo.InvariantCulture, $"P5\n{Columns} {Rows}\n{(1 << bits) - 1}\n");
        folder.Write("a.pgm", [.. Encoding.ASCII.GetBytes(header), .. pixels]);
        Run("opj_compress", ["-i", folder["a.pgm"], "-o", folder["a.j2k"], .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        return File.ReadAllBytes(folder["a.j2k"]);
    }

    private static IEnumerable<int> Read(TestFolder folder, byte[] codestream, int bits) =>
        TwinVolumes.Values(Wrap(folder, codestream, bits, signed: false)).Select(value => (int)value);

    private static Volume Wrap(TestFolder folder, byte[] codestream, int bits, bool signed)
    {
        DicomBytes file = DicomBytes.Header(1, "0\\0\\0", Columns, Rows, "1.2.840.10008.1.2.4.90")
            .UInt16(0x0028, 0x0101, (ushort)bits).UInt16(0x0028, 0x0102, (ushort)(bits - 1)).UInt16(0x0028, 0x0103, (ushort)(signed ? 1 : 0))
            .Without(0x0028, 0x1052).Without(0x0028, 0x1053);
        byte[] padded = codestream.Length % 2 == 0 ? codestream : [.. codestream, 0];
        byte[] pixels = file.UndefinedSequence(0x7FE0, 0x0010, "OB",
            [0xFE, 0xFF, 0, 0xE0, 0, 0, 0, 0], [0xFE, 0xFF, 0, 0xE0, .. BitConverter.GetBytes(padded.Length), .. padded]);
        folder.Write("a.dcm", file.File(pixels));
        return folder.Read("a.dcm");
    }

    private static int[] ReadGreyMap(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        int at = 0, line = 0, most = 0;
        while (line < 3)
        {
            int end = Array.IndexOf(bytes, (byte)'\n', at);
            string text = Encoding.ASCII.GetString(bytes, at, end - at);
            at = end + 1;
            if (text.StartsWith('#'))
                continue;
            if (++line == 3)
                most = int.Parse(text, CultureInfo.InvariantCulture);
        }
        return [.. Enumerable.Range(0, Columns * Rows).Select(i => most > 255 ? bytes[at + 2 * i] << 8 | bytes[at + 2 * i + 1] : bytes[at + i])];
    }

    private static void Run(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            string error = process.StandardError.ReadToEnd() + output.GetAwaiter().GetResult();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, error);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip($"{program} is not installed.");
        }
    }
}
