using Trabecula.Imaging.Dicom;
using Trabecula.Imaging.Tests.Dicom;
using Xunit;

namespace Trabecula.Cli.Tests;

public sealed class DeidentifyTests : IDisposable
{
    private const string Planted = "PLANTED^NAME";

    private readonly TrabeculaProcess _trabecula = new();

    public void Dispose() => _trabecula.Dispose();

    [Fact]
    public void Deidentify_FolderAndTable_WriteBothAndSayWhatWasDone()
    {
        WriteSlices(3);
        _trabecula.Write("cohort.csv", "PatientID,Name,Scan,Age\n4711,PLANTED Erika,2020-05-17,70\n");

        TrabeculaProcess.Result images = _trabecula.Run("deidentify", "ct", "clean", "--key", "k", "--shift-dates");
        TrabeculaProcess.Result table = _trabecula.Run("deidentify", "cohort.csv", "clean.csv", "--key", "k");

        Assert.Equal((0, ""), (images.ExitCode, images.Complaints));
        Assert.StartsWith("clean: 3 of 3 files; the secret is in k", images.Output, StringComparison.Ordinal);
        Assert.Equal(3, DicomReader.Read(Path.Combine(_trabecula.Folder, "clean"), TestContext.Current.CancellationToken).Volume.Geometry.Size.Z);
        Assert.Equal((0, ""), (table.ExitCode, table.Complaints));
        Assert.StartsWith("PatientID  pseudonyms  the subject\nName       dropped     by its name, names\nScan       shifted     dates, by its cells (yyyy-MM-dd)\nAge        kept        numbers\n", table.Output, StringComparison.Ordinal);
        string[] row = _trabecula.Read("clean.csv").Split('\n')[1].Split(',');
        string first = System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(Directory.GetFiles(Path.Combine(_trabecula.Folder, "clean"))[0]));
        Assert.Contains(row[0], first, StringComparison.Ordinal);
        Assert.Contains(row[1].Replace("-", "", StringComparison.Ordinal), first, StringComparison.Ordinal);
        foreach (string path in Directory.EnumerateFiles(_trabecula.Folder, "clean*", SearchOption.AllDirectories).Concat(Directory.EnumerateFiles(Path.Combine(_trabecula.Folder, "clean"))))
            Assert.Equal(-1, File.ReadAllBytes(path).AsSpan().IndexOf("PLANTED"u8));
        Assert.DoesNotContain("PLANTED", images.Output + table.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Deidentify_StructureSets_SaysOnceThatNamesOfRegionsGo()
    {
        WriteSlices(1);
        for (int i = 0; i < 2; i++)
        {
            File.WriteAllBytes(Path.Combine(_trabecula.Folder, "ct", $"rt{i}.dcm"), new DicomBytes().Text(0x0008, 0x0016, "UI", "1.2.840.10008.5.1.4.1.1.481.3").Text(0x0008, 0x0018, "UI", $"1.2.3.9{i}")
                .Text(0x0008, 0x0060, "CS", "RTSTRUCT").Text(0x0010, 0x0020, "LO", "4711").Text(0x0020, 0x000D, "UI", "1.2.3").Text(0x0020, 0x000E, "UI", "1.2.3.5")
                .Bytes(0x3006, 0x0020, "SQ", new DicomBytes().Text(0x3006, 0x0022, "IS", "1").Text(0x3006, 0x0026, "LO", Planted).Item()).File());
        }
        TrabeculaProcess.Result result = _trabecula.Run("deidentify", "ct", "clean", "--key", "k");
        Assert.Equal((0, ""), (result.ExitCode, result.Complaints));
        Assert.Equal("2 files: names of segments and regions can hold a patient's: they are replaced by their numbers, as Segment 1 or ROI 1", result.Output.Split('\n')[1]);
    }

    [Theory]
    [InlineData("ct clean", "--key")]
    [InlineData("ct clean --key clean/k", "lies within clean")]
    [InlineData("ct full --key k", "full is not empty")]
    [InlineData("ct clean --key bad", "is no key")]
    [InlineData("ct clean --key k --drop Name", "--drop is for tables")]
    [InlineData("none clean --key k", "there is no such file or folder")]
    [InlineData("cohort.csv out.csv --key k --subject S-1", "--subject is for DICOM")]
    [InlineData("cohort.csv out.csv --key k --drop Nmae", "Did you mean 'Name'?")]
    [InlineData("cohort.csv out.csv --key k --date-format x", "expected day, month and year")]
    [InlineData("cohort.csv cohort.csv --key k", "is there already")]
    [InlineData("cohort.csv out.doc --key k", "tells no format of tables")]
    public void Deidentify_BadInput_SaysWhatIsWrongAndWritesNothing(string arguments, string expected)
    {
        WriteSlices(1);
        _trabecula.Write("cohort.csv", "PatientID,Name\n1,PLANTED\n");
        _trabecula.Write("bad", "short");
        Directory.CreateDirectory(Path.Combine(_trabecula.Folder, "full"));
        _trabecula.Write("full/x", "");
        TrabeculaProcess.Result result = _trabecula.Run(["deidentify", .. arguments.Split(' ')]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("PLANTED", result.Error, StringComparison.Ordinal);
        Assert.Equal(["bad", "cohort.csv", "ct", "full"], Directory.EnumerateFileSystemEntries(_trabecula.Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Deidentify_ADamagedFileAmongOthers_IsNamedAndLeftOut()
    {
        WriteSlices(2);
        _trabecula.Write("ct/0.dcm", "no DICOM, but " + Planted);
        TrabeculaProcess.Result result = _trabecula.Run("deidentify", "ct", "clean", "--key", "k");
        Assert.Equal(3, result.ExitCode);
        Assert.Contains("ct/0.dcm: ", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Planted, result.Error, StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(Path.Combine(_trabecula.Folder, "clean")));
    }

    [Fact]
    public void Deidentify_CtrlC_LeavesOnlyWholeFiles()
    {
        WriteSlices(1500);
        using TrabeculaProcess.Running running = _trabecula.Start("deidentify", "ct", "clean", "--key", "k");
        string clean = Path.Combine(_trabecula.Folder, "clean");
        Assert.True(running.WaitUntil(() => Directory.Exists(clean) && Directory.GetFiles(clean, "*.dcm").Length > 20));
        running.Signal("INT");
        Assert.Equal(130, running.Finish().ExitCode);
        string[] files = Directory.GetFiles(clean);
        Assert.InRange(files.Length, 21, 1499);
        Assert.All(files, path => Assert.EndsWith(".dcm", path, StringComparison.Ordinal));
        Assert.All(files, path => Assert.Equal(64, DicomReader.Read(path, TestContext.Current.CancellationToken).Volume.Geometry.Size.Count));
    }

    [Fact]
    public void Deidentify_CtrlCInATable_LeavesAllOfItOrNothing()
    {
        _trabecula.Write("cohort.csv", "PatientID,Scan,A,B,C\n" + string.Concat(Enumerable.Range(0, 150_000).Select(i => $"{i},2020-05-17,{i % 7},{i % 11},{i % 13}\n")));
        using TrabeculaProcess.Running running = _trabecula.Start("deidentify", "cohort.csv", "out.csv", "--key", "k");
        Assert.True(running.WaitUntil(() => File.Exists(Path.Combine(_trabecula.Folder, "k"))));
        running.Signal("INT");
        TrabeculaProcess.Result result = running.Finish();
        string[] names = [.. Directory.EnumerateFiles(_trabecula.Folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
        if (result.ExitCode == 130)
            Assert.Equal(["cohort.csv", "k"], names);
        else
            Assert.Equal((0, 150_002), (result.ExitCode, _trabecula.Read("out.csv").Split('\n').Length));
    }

    private void WriteSlices(int count)
    {
        Directory.CreateDirectory(Path.Combine(_trabecula.Folder, "ct"));
        for (int i = 0; i < count; i++)
        {
            File.WriteAllBytes(Path.Combine(_trabecula.Folder, "ct", $"{i}.dcm"), DicomBytes.Slice(i, i, new short[64], 8)
                .Text(0x0010, 0x0010, "PN", Planted).Text(0x0010, 0x0020, "LO", "4711").Text(0x0008, 0x0020, "DA", "20200517").File());
        }
    }
}
