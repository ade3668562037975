using System.Text;
using Trabecula.Imaging;
using Trabecula.Imaging.Tests.Dicom;
using Trabecula.Workbench.Conformance;
using Trabecula.Workbench.Extraction;
using Trabecula.Workbench.Inspection;
using Trabecula.Workbench.Readers;
using Xunit;

namespace Trabecula.Workbench.Tests.Extraction;

/// <summary>A whole extraction from files of a named patient: her name is in nothing that is written or said.</summary>
public sealed class DicomPrivacyTests : IDisposable
{
    private const string Planted = "Musterfrau";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("out.csv")]
    [InlineData("out.json")]
    [InlineData("out.parquet")]
    public void Run_CasesOfANamedPatient_SayNothingOfHer(string output)
    {
        Directory.CreateDirectory(_folder["ct"]);
        Directory.CreateDirectory(_folder["gap"]);
        for (int i = 0; i < 6; i++)
        {
            short[] samples = [.. Enumerable.Range(0, 144).Select(k => (short)(k * 7 % 31 + i))];
            byte[] file = Plant(DicomBytes.Slice(i, 2 * i, samples, 12)).File();
            File.WriteAllBytes(Path.Combine(_folder["ct"], $"{i}.dcm"), file);
            if (i != 3)
                File.WriteAllBytes(Path.Combine(_folder["gap"], $"{i}.dcm"), file);
        }
        VolumeGeometry grid = VolumeFile.Read(_folder["ct"], Token).Geometry;
        byte[] labels = [.. Enumerable.Range(0, (int)grid.Size.Count).Select(i => (byte)(i % 12 is > 2 and < 9 && i / 144 is > 0 and < 5 ? 1 : 0))];
        VolumeFile.Write(_folder["mask.nrrd"], Volume.Create(grid, labels), Token);
        string table = _folder.Write("cases.csv", "ID,Image,Mask\nS-1,ct,mask.nrrd\nS-2,gap,mask.nrrd\n");
        var notices = new List<string>();
        var extraction = new FeatureExtraction(new ExtractionRequest { Input = new ExtractionInput.Table(table), Output = _folder[output], ImagesFolder = _folder["images"], OverlaysFolder = _folder["overlays"] });
        extraction.Notice += notices.Add;

        ExtractionReport report = extraction.Run(null, Token);
        InspectionReport inspection = InspectionReport.Of(_folder["gap"], Token);
        ConformanceResult conformance = ConformanceCheck.Run(table, _folder.Write("protocol.yaml", "require:\n  modality: CT\n  scanner: X\n  kernel: B\n  contrast: false\n  noiseIndex: 25\n"), _folder["conformance.csv"], Token);
        AgreementResult agreement = ReaderComparison.Run(new AgreementRequest
        {
            Tables = [_folder.Write("readers.csv", "ID,Image,Mask,Mask2\nS-1,ct,mask.nrrd,mask.nrrd\nS-2,gap,mask.nrrd,mask.nrrd\n")],
            Output = _folder["agreement"],
        }, notices.Add, Token);
        Assert.Equal((1, 1), report.Beside.Overlays);
        Assert.InRange(report.Beside.Images!.Value, 3, int.MaxValue);
        Assert.Single(agreement.Failures);

        CaseFailure failure = Assert.Single(report.Failures);
        Assert.Contains("missing slice", failure.Reason, StringComparison.Ordinal);
        Assert.True(inspection.HasProblems);
        string said = string.Join('\n', [.. notices, failure.Reason, failure.Cure, .. report.Warnings.Select(warning => warning.Text), .. inspection.Lines,
            .. conformance.Lines, .. conformance.Failures, .. agreement.Failures, .. agreement.Summary]);
        Assert.DoesNotContain(Planted, said, StringComparison.OrdinalIgnoreCase);
        string[] written = [.. Directory.GetFiles(_folder[""], "*", SearchOption.AllDirectories).Where(path => !path.EndsWith(".dcm", StringComparison.Ordinal))];
        Assert.True(written.Length >= 10);
        foreach (string path in written)
            Assert.Equal(-1, File.ReadAllBytes(path).AsSpan().IndexOf(Encoding.ASCII.GetBytes(Planted)));
        Assert.Contains(output, _folder.Names);
    }

    private static DicomBytes Plant(DicomBytes file)
    {
        foreach ((ushort group, ushort element, string vr) in ((ushort, ushort, string)[])
            [(0x0008, 0x0050, "SH"), (0x0008, 0x0080, "LO"), (0x0008, 0x0090, "PN"), (0x0008, 0x1030, "LO"), (0x0008, 0x103E, "LO"), (0x0009, 0x1001, "LT"),
             (0x0010, 0x0010, "PN"), (0x0010, 0x0020, "LO"), (0x0010, 0x1040, "LO"), (0x0010, 0x4000, "LT"), (0x0018, 0x0010, "LO"), (0x0020, 0x4000, "LT")])
            file.Text(group, element, vr, Planted);
        return file;
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;
}
