using Trabecula.Imaging;
using Trabecula.Learning.Statistics;
using Trabecula.Workbench.Extraction;
using Trabecula.Workbench.Readers;
using Trabecula.Workbench.Tables;
using Trabecula.Workbench.Tests.Extraction;
using Xunit;

namespace Trabecula.Workbench.Tests.Readers;

public sealed class ReaderComparisonTests : IDisposable
{
    private static readonly VolumeGeometry Grid = new(new(12, 10, 8), new(1, 2, 3), default, Matrix3D.Identity);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_CasesOfTwoReaders_WritesEachPairAndGoesOnAfterAFailure()
    {
        WriteMask("image.nrrd", 0, 0);
        WriteMask("a.nrrd", 2, 1);
        WriteMask("b.nrrd", 3, 1);
        _folder.Write("cases.csv", "ID,Image,Mask,Mask2\nS1,image.nrrd,a.nrrd,b.nrrd\nS2,image.nrrd,a.nrrd,\nS3,image.nrrd,a.nrrd,none.nrrd\nS4,image.nrrd,a.nrrd,a.nrrd\n");
        AgreementResult result = Run(_folder["cases.csv"]);
        Assert.StartsWith("S3: ", Assert.Single(result.Failures), StringComparison.Ordinal);
        Assert.Equal("1 case has one reader's mask alone: S2.", result.Summary[0]);

        DataTable table = TableFile.Read(Path.Combine(_folder["out"], "masks.csv"));
        Assert.Equal(["S1", "S4"], table.Texts(table.Find("Subject")));
        Assert.Equal([0.75, 1], table.Numbers(table.Find("Dice"), []));
        Assert.Equal([1, 0], table.Numbers(table.Find("Hausdorff mm"), []));
        Assert.Contains("one reader&#39;s mask alone: S2", File.ReadAllText(Path.Combine(_folder["out"], "report.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_CasesOfOneReaderAlone_AreRefusedTogether()
    {
        WriteMask("image.nrrd", 0, 0);
        WriteMask("a.nrrd", 2, 1);
        _folder.Write("cases.csv", "ID,Image,Mask,Mask2\nS1,image.nrrd,a.nrrd,\n");
        Assert.Contains("no case has masks of two readers", Assert.Throws<TableException>(() => Run(_folder["cases.csv"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_LabelOneReaderLacks_HasNoOverlap()
    {
        WriteMask("image.nrrd", 0, 0);
        WriteMask("a.nrrd", 2, 1);
        WriteMask("b.nrrd", 2, 5);
        _folder.Write("cases.csv", "ID,Image,Mask,Mask2\nS1,image.nrrd,a.nrrd,b.nrrd\n");
        Run(_folder["cases.csv"]);
        DataTable table = TableFile.Read(Path.Combine(_folder["out"], "masks.csv"));
        Assert.Equal(["1", "5"], table.Texts(table.Find("Label")));
        Assert.Equal([0, 0], table.Numbers(table.Find("Dice"), []));
        Assert.True(table.IsMissing(0, table.Find("Hausdorff mm")));
    }

    [Fact]
    public void Run_RegionThatNoReaderOrOnlyOneOfThreeDrew_DoesNotEndTheCase()
    {
        WriteMask("image.nrrd", 0, 0);
        WriteMask("a.nrrd", 2, 1);
        WriteMask("b.nrrd", 2, 5);
        _folder.Write("cases.csv", "ID,Image,Mask,Mask2,Mask3\nS1,image.nrrd,a.nrrd,a.nrrd,b.nrrd\n");
        AgreementResult result = Run(LabelSelection.Parse("7,1,5"), _folder["cases.csv"]);
        Assert.Empty(result.Failures);
        Assert.Equal("S1: no reader's mask has 7; it was passed over.", result.Summary[0]);
        Assert.Equal("6 pairs of masks: Dice 0.000 in the median, 0.000 at least. Without a distance, for one of the readers drew nothing: 4. " +
            "Left out, for neither reader drew anything: 1.", result.Summary[1]);
        DataTable summary = TableFile.Read(Path.Combine(_folder["out"], "masks-summary.csv"));
        int dice = 0, hausdorff = Array.IndexOf([.. summary.Texts(summary.Find("Measure"))], "Hausdorff mm");
        double[] without = summary.Numbers(summary.Find("Pairs without value"), []);
        Assert.Equal((0, 2), (without[dice], without[hausdorff]));
        Assert.Contains("no reader's mask has a voxel", Assert.Single(Run(LabelSelection.Parse("7"), _folder["cases.csv"]).Failures), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_SegmentsNumberedOtherwise_ArePairedByTheirNames()
    {
        WriteMask("image.nrrd", 0, 0);
        WriteSegments("a.seg.nrrd", "L1", "2");
        WriteSegments("b.seg.nrrd", "2", "L1");
        _folder.Write("cases.csv", "ID,Image,Mask,Mask2\nS1,image.nrrd,a.seg.nrrd,b.seg.nrrd\n");

        Assert.Single(Run(_folder["cases.csv"]).Summary);
        Check(["L1", "2"], [1, 1]);
        AgreementResult byNumber = Run(LabelSelection.Parse("2"), _folder["cases.csv"]);
        Check(["2"], [0]);
        Assert.StartsWith("S1: number 2 is '2' and 'L1' in the readers' masks", byNumber.Summary[0], StringComparison.Ordinal);

        void Check(string[] labels, double[] dice)
        {
            DataTable table = TableFile.Read(Path.Combine(_folder["out"], "masks.csv"));
            Assert.Equal(labels, table.Texts(table.Find("Label")));
            Assert.Equal(dice, table.Numbers(table.Find("Dice"), []));
        }
    }

    [Fact]
    public void Run_OneTableOfReadersOrOneForEach_GivesTheValuesOfTheStatistics()
    {
        double[] first = [1, 2, 3, 4, 5.5], second = [1.25, 2, 3.5, 4, 5];
        string[] rows = [.. first.Select((value, i) => FormattableString.Invariant($"S{i},{value},{i}"))], others = [.. second.Select((value, i) => FormattableString.Invariant($"S{i},{value},{i}"))];
        _folder.Write("one.csv", "ID,original_a,original_b\n" + string.Join('\n', rows) + "\nS9,1,1\n");
        _folder.Write("two.csv", "ID,original_b,original_a\n" + string.Join('\n', others.Reverse().Select(row => row.Split(',')).Select(cells => $"{cells[0]},{cells[2]},{cells[1]}")) + "\n");
        _folder.Write("both.csv", "ID,Reader,original_a,original_b\n" + string.Concat(rows.Select(row => row.Insert(2, ",1") + "\n")) + string.Concat(others.Select(row => row.Insert(2, ",2") + "\n")));

        Assert.Contains("1 subject has features of one reader only: left out.", Run(_folder["one.csv"], _folder["two.csv"]).Summary);
        Check();
        Run(_folder["both.csv"]);
        Check();

        void Check()
        {
            DataTable concordance = TableFile.Read(Path.Combine(_folder["out"], "concordance.csv")), icc = TableFile.Read(Path.Combine(_folder["out"], "icc.csv"));
            Concordance expected = Concordance.Of(first, second);
            Assert.Equal(["original_a", "original_b"], concordance.Texts(0));
            Assert.Equal([expected.Coefficient, 1], concordance.Numbers(concordance.Find("CCC"), []));
            Assert.Equal(expected.Lower, concordance.Numbers(concordance.Find("Lower"), [])[0]);
            IntraclassCorrelation form = ReaderAgreement.Of([first, second]).Correlation(IccForm.TwoWayRandomSingle);
            Assert.Equal(form.Coefficient, icc.Numbers(icc.Find("ICC(2,1)"), [])[0]);
            Assert.Equal(form.Lower, icc.Numbers(icc.Find("ICC(2,1) lower"), [])[0]);
            DataTable differences = TableFile.Read(Path.Combine(_folder["out"], "bland-altman.csv"));
            Assert.Equal(BlandAltman.Of(first, second).UpperLimit, differences.Numbers(differences.Find("Upper limit"), [])[0]);
        }
    }

    [Fact]
    public void Run_TwoSubjectsOfOneMean_LeavesCorrelationsEmpty()
    {
        _folder.Write("one.csv", "ID,original_a\nS1,3\nS2,5\n");
        _folder.Write("two.csv", "ID,original_a\nS1,5\nS2,3\n");
        Assert.Contains("Correlations rest on 2 subjects", Run(_folder["one.csv"], _folder["two.csv"]).Summary[0], StringComparison.Ordinal);
        DataTable icc = TableFile.Read(Path.Combine(_folder["out"], "icc.csv"));
        Assert.All(Enum.GetValues<IccForm>(), form => Assert.True(icc.IsMissing(0, icc.Find(AgreementTables.Name(form)))));
    }

    [Fact]
    public void Run_TablesThatDoNotFit_AreRefusedWithTheCure()
    {
        _folder.Write("one.csv", "ID,original_a\nS1,1\nS1,2\n");
        _folder.Write("two.csv", "ID,original_a\nS1,1\nS2,2\n");
        Assert.Contains("'S1' of one.csv stands twice", Refusal("one.csv", "two.csv"), StringComparison.Ordinal);
        Assert.Contains("neither a column Mask2 nor a column Reader", Refusal("two.csv"), StringComparison.Ordinal);
        _folder.Write("three.csv", "ID,original_b\nS1,1\nS2,2\n");
        Assert.Contains("no feature in common", Refusal("two.csv", "three.csv"), StringComparison.Ordinal);
        _folder.Write("four.csv", "ID,original_a\nT1,1\nT2,2\n");
        Assert.Contains("no subject in common", Refusal("two.csv", "four.csv"), StringComparison.Ordinal);

        string Refusal(params string[] names) => Assert.Throws<TableException>(() => Run([.. names.Select(name => _folder[name])])).Message;
    }

    private AgreementResult Run(params string[] tables) =>
        ReaderComparison.Run(new AgreementRequest { Tables = tables, Output = _folder["out"] }, null, TestContext.Current.CancellationToken);

    private AgreementResult Run(LabelSelection labels, params string[] tables) => ReaderComparison.Run(
        new AgreementRequest { Tables = tables, Output = _folder["out"], Labels = labels }, null, TestContext.Current.CancellationToken);

    private void WriteSegments(string name, string first, string second)
    {
        // Segment 1 has the name given first; the place goes with the name.
        var voxels = new byte[Grid.Size.Count];
        voxels.AsSpan(100, 4).Fill((byte)(first == "L1" ? 1 : 2));
        voxels.AsSpan(300, 7).Fill((byte)(first == "L1" ? 2 : 1));
        string header = "NRRD0004\ntype: uchar\ndimension: 3\nspace: left-posterior-superior\nsizes: 12 10 8\nspace directions: (1,0,0) (0,2,0) (0,0,3)\n" +
            "kinds: domain domain domain\nencoding: raw\nspace origin: (0,0,0)\n" +
            $"Segment0_ID:=s0\nSegment0_Name:={first}\nSegment0_LabelValue:=1\nSegment0_Layer:=0\n" +
            $"Segment1_ID:=s1\nSegment1_Name:={second}\nSegment1_LabelValue:=2\nSegment1_Layer:=0\n\n";
        File.WriteAllBytes(_folder[name], [.. System.Text.Encoding.ASCII.GetBytes(header), .. voxels]);
    }

    private void WriteMask(string name, int start, byte label)
    {
        var voxels = new byte[Grid.Size.Count];
        for (int z = 2; z < 6; z++)
        {
            for (int y = 2; y < 6; y++)
                voxels.AsSpan((z * Grid.Size.Y + y) * Grid.Size.X + start, 4).Fill(label);
        }
        VolumeFile.Write(_folder[name], Volume.Create(Grid, voxels));
    }
}
