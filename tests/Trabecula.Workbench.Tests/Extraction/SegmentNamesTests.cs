using System.Text;
using System.Text.Json;
using Trabecula.Imaging;
using Trabecula.Workbench.Extraction;
using Trabecula.Workbench.Readers;
using Trabecula.Workbench.Tables;
using Xunit;

namespace Trabecula.Workbench.Tests.Extraction;

/// <summary>Names of segments on their way from the mask into results, and from there to the comparison of readers.</summary>
public sealed class SegmentNamesTests : IDisposable
{
    private static readonly VolumeGeometry Grid = new(new(12, 10, 8), new(1, 2, 3), default, Matrix3D.Identity);

    private readonly TemporaryFolder _folder = new();

    public SegmentNamesTests()
    {
        VolumeFile.Write(_folder["ct.nrrd"], Volume.Create(Grid, [.. Enumerable.Range(0, (int)Grid.Size.Count).Select(i => (short)(i * i % 97))]), Token);
        WriteSegments("a.seg.nrrd", ("L3", 24), ("L4", 72));
        WriteSegments("b.seg.nrrd", ("L4", 72), ("l3", 24));
        VolumeFile.Write(_folder["plain.nrrd"], Volume.Create(Grid, Voxels(("", 24))), Token);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("f.csv")]
    [InlineData("f.json")]
    [InlineData("f.parquet")]
    public void Extract_NamedSegments_AreNamedInTheResult(string output)
    {
        Extract("ID,Image,Mask\nS1,ct.nrrd,a.seg.nrrd\nS2,ct.nrrd,plain.nrrd\n", output, LabelSelection.All);
        string[][] cells;
        if (output == "f.json")
        {
            using var json = JsonDocument.Parse(File.ReadAllText(_folder[output]));
            cells = [.. json.RootElement.EnumerateArray().Select(row => (string[])[row.GetProperty("Label").GetString()!, row.GetProperty("Segment").GetString()!])];
        }
        else
        {
            DataTable table = TableFile.Read(_folder[output]);
            Assert.Equal(["ID", "Image", "Mask", "Label", "Segment"], table.Columns.Take(5));
            cells = [.. Enumerable.Range(0, table.RowCount).Select(row => (string[])[table.Text(row, 3), table.Text(row, 4)])];
        }
        Assert.Equal([["1", "L3"], ["2", "L4"], ["1", ""]], cells);
    }

    [Fact]
    public void Extract_MasksWithoutNames_AddNoColumn()
    {
        Extract("ID,Image,Mask\nS2,ct.nrrd,plain.nrrd\n", "f.csv", LabelSelection.All);
        Assert.StartsWith("ID,Image,Mask,Label,diagnostics_", File.ReadAllText(_folder["f.csv"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Extract_CellsOfTheTable_KeepTheirWords()
    {
        Extract("ID,Label,Image,Mask,segment\nS1,l3,ct.nrrd,a.seg.nrrd,third\nS2,1.0,ct.nrrd,b.seg.nrrd,\nS3,L9,ct.nrrd,a.seg.nrrd,\n", "f.csv", null);
        DataTable table = TableFile.Read(_folder["f.csv"]);
        Assert.Equal(["l3", "1.0", "L9"], table.Texts(1));
        Assert.Equal(["third", "L4", "L9"], table.Texts(table.Find("segment")));
        Assert.Equal(-1, table.Find("Segment"));
    }

    [Fact]
    public void Agree_SegmentsNumberedOtherwise_ArePairedByTheirNames()
    {
        Extract("ID,Image,Mask,Mask2\nS1,ct.nrrd,a.seg.nrrd,b.seg.nrrd\n", "readers.csv", LabelSelection.All);
        string[] summary = [.. Agree("readers.csv")];
        Assert.Equal("Regions paired by the names of their segments: 2; by their labels: 0.", summary[0]);
        Assert.EndsWith("2 regions by 2 readers: 1 with a concordance of at least 0.9.", summary[^1], StringComparison.Ordinal);
        DataTable differences = TableFile.Read(Path.Combine(_folder["out"], "bland-altman.csv"));
        Assert.Equal([0], differences.Numbers(differences.Find("Bias"), []));
        Assert.Equal([0], differences.Numbers(differences.Find("Deviation"), []));
    }

    [Fact]
    public void Agree_NamesOfSomeReadersOnly_AreNoted()
    {
        const string header = "ID,Reader,Label,Segment,original_a\n";
        _folder.Write("f.csv", header + "S1,1,1,L3,1\nS1,1,2,L4,2\nS1,2,1,L3,1\nS1,2,2,IV,2\nS2,1,1,L3,1\nS2,2,1,,1\nS3,1,1,L3,1\nS3,2,1,L4,1\nS3,2,2,,1\n");
        string[] summary = [.. Agree("f.csv")];
        Assert.Equal(
        [
            "Regions paired by the names of their segments: 1; by their labels: 2.",
            "S1: only some readers have a segment 'L4': where a name is spelled otherwise, correct it in the column Segment, or delete that column to pair by label.",
            "S3: label 1 is 'L3' and 'L4' in the readers' tables: if these are not the same, extract by name, with --label.",
            "S1: only some readers have a segment 'IV': where a name is spelled otherwise, correct it in the column Segment, or delete that column to pair by label.",
            "3 regions have features of one reader only: left out.",
        ], summary[..5]);
    }

    [Fact]
    public void Agree_OneRegionASubject_IsPairedWhateverItsName()
    {
        _folder.Write("f.csv", "ID,Reader,Segment,original_a\nS1,1,GTV,1\nS1,2,tumour,2\nS2,1,GTV,2\nS2,2,gtv,2\n");
        string[] summary = [.. Agree("f.csv")];
        Assert.Equal("S1: the region is 'GTV' and 'tumour' in the readers' tables: if these are not the same, extract by name, with --label.", summary[0]);
        Assert.EndsWith("1 features of 2 subjects by 2 readers: 0 with a concordance of at least 0.9.", summary[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Agree_NoNameInCommon_SaysWhich()
    {
        _folder.Write("f.csv", "ID,Reader,Label,Segment,original_a\nS1,1,1,L3,1\nS1,2,1,L4,2\n");
        string fault = Assert.Throws<TableException>(() => Agree("f.csv")).Message;
        Assert.Contains("no region in common", fault, StringComparison.Ordinal);
        Assert.Contains("only some readers have a segment 'L4'", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void RadiomicTable_ColumnOfNames_IsNoFeature()
    {
        _folder.Write("f.csv", "ID,Segment,mean\nS1,L3,1\nS2,L4,2\n");
        DataTable table = TableFile.Read(_folder["f.csv"]);
        Assert.Equal([2], RadiomicTable.Of("f.csv", table, "ID").FeatureColumns);
    }

    private void Extract(string cases, string output, LabelSelection? labels) => new FeatureExtraction(new ExtractionRequest
    {
        Input = new ExtractionInput.Table(_folder.Write("cases.csv", cases)),
        ParameterFile = _folder.Write("p.yaml", "imageType: {Original: {}}\nfeatureClass: {firstorder: [Mean]}\n"),
        Output = _folder[output],
        Labels = labels,
    }).Run(null, Token);

    private IReadOnlyList<string> Agree(string table) =>
        ReaderComparison.Run(new AgreementRequest { Tables = [_folder[table]], Output = _folder["out"] }, null, Token).Summary;

    private void WriteSegments(string name, params (string Name, int Start)[] segments)
    {
        string fields = string.Concat(segments.Select((segment, i) => $"Segment{i}_ID:=s{i}\nSegment{i}_Name:={segment.Name}\nSegment{i}_LabelValue:={i + 1}\nSegment{i}_Layer:=0\n"));
        File.WriteAllBytes(_folder[name], [.. Encoding.ASCII.GetBytes(
            "NRRD0004\ntype: uchar\ndimension: 3\nspace: left-posterior-superior\nsizes: 12 10 8\nspace directions: (1,0,0) (0,2,0) (0,0,3)\n" +
            $"kinds: domain domain domain\nencoding: raw\nspace origin: (0,0,0)\n{fields}\n"), .. Voxels(segments)]);
    }

    /// <summary>Blocks of two slices that begin at a place of theirs.</summary>
    private static byte[] Voxels(params (string Name, int Start)[] segments)
    {
        var voxels = new byte[Grid.Size.Count];
        for (int i = 0; i < segments.Length; i++)
        {
            for (int z = 2; z < 4; z++)
            {
                voxels.AsSpan(z * 120 + segments[i].Start, 6).Fill((byte)(i + 1));
                voxels.AsSpan(z * 120 + segments[i].Start + 12, 6).Fill((byte)(i + 1));
            }
        }
        return voxels;
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;
}
