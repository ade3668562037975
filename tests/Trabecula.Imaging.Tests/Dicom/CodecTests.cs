using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace Trabecula.Imaging.Tests.Dicom;

/// <summary>
/// Decoders against DCMTK's encoders and decoders: what loses nothing must come back exactly, lossy images may differ by one stored number, since
/// the transform's rounding is left to the decoder.
/// </summary>
public sealed class CodecTests
{
    private const int Columns = 37, Rows = 29;

    public static TheoryData<string, string, int, bool> Lossless
    {
        get
        {
            var cases = new TheoryData<string, string, int, bool>();
            foreach ((int bits, bool signed) in ((int, bool)[])[(8, false), (12, false), (16, false), (16, true)])
            {
                for (int predictor = 1; predictor <= 7; predictor++)
                    cases.Add("dcmcjpeg", string.Create(CultureInfo.InvariantCulture, $"+el +sv {predictor}"), bits, signed);
                cases.Add("dcmcjpeg", "+e1", bits, signed);
                cases.Add("dcmcjpls", "+el", bits, signed);
                cases.Add("dcmcrle", "", bits, signed);
            }
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Lossless))]
    public void Read_LosslesslyEncoded_IsWhatWasEncoded(string encoder, string options, int bits, bool signed)
    {
        using var folder = new TestFolder();
        foreach ((string kind, short[] samples) in Images(bits, signed))
        {
            folder.Write("plain.dcm", Slice(samples, bits, signed).File());
            Run(encoder, [.. options.Split(' ', StringSplitOptions.RemoveEmptyEntries), folder["plain.dcm"], folder["coded.dcm"]]);

            double[] expected = TwinVolumes.Values(folder.Read("plain.dcm")), actual = TwinVolumes.Values(folder.Read("coded.dcm"));

            Assert.True(expected.AsSpan().SequenceEqual(actual), kind);
        }
    }

    [Theory]
    [InlineData("dcmcjpeg", "dcmdjpeg", "+eb", 8, 1)]
    [InlineData("dcmcjpeg", "dcmdjpeg", "+ee", 12, 1)]
    [InlineData("dcmcjpls", "dcmdjpls", "+en +md 3", 8, 0)]
    [InlineData("dcmcjpls", "dcmdjpls", "+en +md 5", 12, 0)]
    [InlineData("dcmcjpls", "dcmdjpls", "+en +md 2", 16, 0)]
    public void Read_LossilyEncoded_IsWhatTheReferenceDecoderGives(string encoder, string decoder, string options, int bits, int allowed)
    {
        using var folder = new TestFolder();
        foreach ((string kind, short[] samples) in Images(bits, signed: false))
        {
            folder.Write("plain.dcm", Slice(samples, bits, signed: false).File());
            Run(encoder, [.. options.Split(' '), folder["plain.dcm"], folder["coded.dcm"]]);
            Run(decoder, folder["coded.dcm"], folder["decoded.dcm"]);

            double[] expected = TwinVolumes.Values(folder.Read("decoded.dcm")), actual = TwinVolumes.Values(folder.Read("coded.dcm"));

            // Unlike the largest of a list, Math.Max hands NaN on.
            double worst = expected.Zip(actual, (a, b) => Math.Abs(a - b)).Aggregate(0.0, Math.Max);
            Assert.True(worst <= allowed, $"{kind}: {worst}");
        }
    }

    [Theory]
    [InlineData("dcmdjpeg", "JPEGProcess1TransferSyntax_1.2.840.10008.1.2.4.50", 32.1216)]
    [InlineData("dcmdjpeg", "JPEGProcess2_4TransferSyntax_1.2.840.10008.1.2.4.51", 2.0002442)]
    [InlineData("dcmdjpls", "JPEGLSLossyTransferSyntax_1.2.840.10008.1.2.4.81", 0)]
    public void Read_RealLossySlice_IsWhatTheReferenceDecoderGives(string decoder, string name, double allowed)
    {
        using var folder = new TestFolder();
        string coded = SharedData.Require($"data/dicom-syntaxes/CTImage.dcm_{name}.dcm");
        Run(decoder, coded, folder["decoded.dcm"]);

        double[] expected = TwinVolumes.Values(folder.Read("decoded.dcm"));
        double[] actual = TwinVolumes.Values(VolumeFile.Read(coded, TestContext.Current.CancellationToken));
        double[] errors = [.. expected.Zip(actual, (a, b) => Math.Abs(a - b))];

        TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant($"{name}: worst {errors.Max():R}, mean {errors.Average():R}"));
        Assert.InRange(errors.Aggregate(0.0, Math.Max), 0, allowed * 1.0001);
        // Rounding differs in one sample of twenty to forty: DCMTK computes the transform in integers.
        Assert.InRange(errors.Average(), 0, allowed / 20);
    }

    [Theory]
    [InlineData("JPEGProcess6_8TransferSyntax_1.2.840.10008.1.2.4.53", "Spectral Selection", "dcmdjpeg")]
    [InlineData("JPEGProcess10_12TransferSyntax_1.2.840.10008.1.2.4.55", "Full Progression", "dcmdjpeg")]
    public void Read_SyntaxWithoutDecoder_IsRefusedByNameWithTheCure(string name, string syntax, string cure)
    {
        string file = SharedData.Require($"data/dicom-syntaxes/CTImage.dcm_{name}.dcm");
        var refusal = Assert.Throws<ImagingException>(() => VolumeFile.Read(file, TestContext.Current.CancellationToken));

        Assert.Contains(syntax, refusal.Problem, StringComparison.Ordinal);
        Assert.Contains(cure, refusal.Cure, StringComparison.Ordinal);
    }

    private static IEnumerable<(string Kind, short[] Samples)> Images(int bits, bool signed)
    {
        var random = new XorShift((ulong)bits);
        int most = (1 << bits) - 1, offset = signed ? 1 << (bits - 1) : 0;
        short[] Make(Func<int, int, int> sample) => [.. Enumerable.Range(0, Columns * Rows).Select(i => unchecked((short)(sample(i % Columns, i / Columns) - offset)))];
        yield return ("noise", Make((_, _) => random.Below(most + 1)));
        yield return ("smooth", Make((x, y) => (x * most / 60 + y * most / 70) & most));
        yield return ("constant", Make((_, _) => most / 3));
        yield return ("extremes", Make((x, y) => (x / 5 + y / 3) % 2 * most));
        yield return ("runs", Make((x, y) => y % 4 == 0 ? random.Below(3) : most / 2 + (x > 20 ? 1 : 0)));
    }

    private static DicomBytes Slice(short[] samples, int bits, bool signed)
    {
        DicomBytes file = DicomBytes.Header(1, "0\\0\\0", Columns, Rows)
            .UInt16(0x0028, 0x0101, (ushort)bits).UInt16(0x0028, 0x0102, (ushort)(bits - 1)).UInt16(0x0028, 0x0103, (ushort)(signed ? 1 : 0))
            .Without(0x0028, 0x1052).Without(0x0028, 0x1053);
        byte[] bytes = [.. samples.Select(sample => (byte)sample)];
        return bits == 8 ? file.UInt16(0x0028, 0x0100, 8).Bytes(0x7FE0, 0x0010, "OB", bytes.Length % 2 == 0 ? bytes : [.. bytes, 0]) : file.Pixels(samples);
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
            Assert.Skip($"{program} (DCMTK) is not installed.");
        }
    }
}
