using System.Globalization;
using System.Runtime.CompilerServices;
using Trabecula.Imaging;
using Trabecula.Imaging.Tests.Dicom;
using Trabecula.Imaging.Tests;
using Trabecula.Workbench.Conformance;
using Trabecula.Workbench.Studies.Plans;
using Trabecula.Workbench.Tests.Extraction;
using Xunit;

namespace Trabecula.Workbench.Tests.Conformance;

public sealed class ConformanceCheckTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_SeriesAsTheProtocolAsks_MeetsEveryCriterionThatDicomCanTell()
    {
        Series("a", 120, 0.5, [200, 240, 300]);

        ConformanceResult result = Check("S1,a,m\n", PaperProtocol().Replace("[512, 512]", "[8, 8]", StringComparison.Ordinal));

        Assert.Empty(result.Failures);
        Assert.Equal(0, result.NotMet);
        string[] cells = File.ReadAllLines(_folder["conformance.csv"])[1].Split(',');
        Assert.Equal(["S1", "met", "met: CT", "met: TOSHIBA Aquilion Prime", "met: 120 kV", "met: 200 to 300 mA", "not recorded", "met: 0.5 s", "met: 8 x 8",
            "met: 3 mm", "met: 3 mm"], cells[..11]);
        Assert.Contains("met: 3 mm thick, 3 mm apart", File.ReadAllText(_folder["conformance.csv"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_SeriesOffTheProtocol_TellsEachDeviationWithItsValue()
    {
        Series("a", 140, 1, [200], spacing: 2);

        ConformanceResult result = Check("S1,a,m\n", PaperProtocol());

        // Voltage, rotation, matrix, spacing, and slices that overlap.
        Assert.Equal(5, result.NotMet);
        Assert.Contains("S1: voltageKv (120 to 130 kV) not met: 140 kV", result.Lines);
        Assert.Contains("S1: rotationSeconds (0.5 to 0.75 s) not met: 1 s", result.Lines);
        Assert.Contains("S1: matrix (512 x 512) not met: 8 x 8", result.Lines);
        Assert.Contains("S1: sliceSpacingMm (3 mm) not met: 2 mm", result.Lines);
        Assert.Contains("S1: contiguous (yes) not met: 3 mm thick, 2 mm apart", result.Lines);
        Assert.Contains("not recorded: 200 mA in all slices", File.ReadAllText(_folder["conformance.csv"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_NiftiCase_SaysNotRecordedForWhatItCannotKnow()
    {
        var geometry = new VolumeGeometry(new(6, 5, 4), new(0.7, 0.8, 3), new(0, 0, 0), Matrix3D.Identity);
        VolumeFile.Write(_folder["a.nii"], Volume.Create(geometry, new short[120]), Token);

        ConformanceResult result = Check("S1,a.nii,m\n", "require:\n  voltageKv: 120\n  matrix: [6, 5]\n  sliceSpacingMm: 3\n  sliceThicknessMm: 3\n  scanner: X\n  contrast: false\n");

        Assert.Equal(0, result.NotMet);
        Assert.Equal("S1,met,not recorded,met: 6 x 5,met: 3 mm,not recorded,not recorded,not recorded", File.ReadAllLines(_folder["conformance.csv"])[1]);
    }

    [Fact]
    public void Run_CaseThatCannotBeRead_KeepsItsRowAndDoesNotStopTheOthers()
    {
        Series("b", 120, 0.5, [200]);

        ConformanceResult result = Check("S1,nowhere.nii,m\nS2,b,m\n", "require:\n  voltageKv: 120\n");

        Assert.Contains("no such file", Assert.Single(result.Failures), StringComparison.Ordinal);
        Assert.Equal(["S1,not readable,not readable", "S2,met,met: 120 kV"], File.ReadAllLines(_folder["conformance.csv"])[1..]);
    }

    [Fact]
    public void Run_TiltedSeries_IsNoRegularVolumeThoughNobodyAsked()
    {
        string folder = SharedData.Require("data/dicom-geometry/ge");

        ConformanceResult result = Check($"S1,{folder},m\n", "require:\n  modality: CT\n");

        Assert.Contains(result.Lines, line => line.StartsWith("S1: regularVolume (always) not met: gantry tilt", StringComparison.Ordinal));
    }

    [Fact]
    public void Parse_WrongProtocol_TellsAllProblemsTogether()
    {
        var refusal = Assert.Throws<PlanException>(() => ProtocolFile.Parse(
            "nam: x\nrequire:\n  voltage: 120\n  matrix: 512\n  contiguous: perhaps\n  rotationSeconds: [2, 1]\n  scanner: []\n", "p.yaml"));

        Assert.Equal(6, refusal.Problems.Count);
        Assert.Contains("Did you mean voltageKv?", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("- 1")]
    [InlineData("name: x")]
    [InlineData("require: {")]
    public void Parse_NoProtocol_IsRefused(string text) => Assert.Throws<PlanException>(() => ProtocolFile.Parse(text, "p.yaml"));

    private ConformanceResult Check(string cases, string protocol) => ConformanceCheck.Run(
        _folder.Write("cases.csv", "ID,Image,Mask\n" + cases), _folder.Write("p.yaml", protocol), _folder["conformance.csv"], Token);

    private void Series(string name, int kilovolts, double rotation, int[] currents, double spacing = 3)
    {
        Directory.CreateDirectory(_folder[name]);
        for (int i = 0; i < 3; i++)
        {
            File.WriteAllBytes(Path.Combine(_folder[name], $"{i}.dcm"), DicomBytes.Slice(i, i * spacing, new short[64], 8)
                .Text(0x0008, 0x0070, "LO", "TOSHIBA").Text(0x0008, 0x1090, "LO", "Aquilion Prime").Text(0x0018, 0x0050, "DS", "3")
                .Text(0x0018, 0x0060, "DS", kilovolts.ToString(CultureInfo.InvariantCulture))
                .Text(0x0018, 0x1151, "IS", currents[i % currents.Length].ToString(CultureInfo.InvariantCulture))
                .Bytes(0x0018, 0x9305, "FD", BitConverter.GetBytes(rotation)).File());
        }
    }

    private static string PaperProtocol([CallerFilePath] string source = "") =>
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(source)!, "../../../docs/examples/protocol-paper.yaml"));

    private static CancellationToken Token => TestContext.Current.CancellationToken;
}
