using Parquet;
using Trabecula.Workbench.Extraction;
using Xunit;

namespace Trabecula.Workbench.Tests.Extraction;

public sealed class FeatureExtractionTests : IDisposable
{
    private const string Header = "diagnostics_Size,diagnostics_Settings,original_firstorder_Mean,original_firstorder_Energy";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_Pair_IsLaidOutAsPyRadiomicsSingleMode()
    {
        Extract(new FakeLoader(), new ExtractionInput.Pair("x/abc.nrrd", "x/m.nrrd"));
        Assert.Equal($"Image,Mask,{Header}\nx/abc.nrrd,x/m.nrrd,\"(3, 4)\",\"{{'label': 1, 'no': None}}\",2.0,nan\n", Read("f.csv"));
        Assert.Equal(["f.csv"], _folder.Names);
    }

    [Fact]
    public void Run_TableWithFailures_KeepsTheirInputAndListsThem()
    {
        Table("ID,Image,Mask,Label,Age", "A,bad.nrrd,m,1,60", "B,abc.nrrd,m,2,61", "C,small.nrrd,m,1,62", "D,more.nrrd,m,1,63");
        ExtractionReport report = Extract(new FakeLoader());
        Assert.Equal(
            $"""
            ID,Image,Mask,Label,Age,{Header},y_first,z_last
            A,bad.nrrd,m,1,60,,,,,,
            B,abc.nrrd,m,2,61,"(3, 4)","{"{'label': 2, 'no': None}"}",3.0,nan,,
            C,small.nrrd,m,1,62,,,,,,
            D,more.nrrd,m,1,63,"(3, 4)","{"{'label': 1, 'no': None}"}",2.333333333333333,nan,1e+16,1e-05

            """,
            Read("f.csv"));
        Assert.Equal(
            $"""
            subject,label,stage,reason,what_to_do,result
            A,1,Reading,{_folder["bad.nrrd"]}: The file is damaged.,Copy it again.,f.csv
            C,1,MaskCheck,The region has 1 voxel.,Draw a larger region.,f.csv

            """,
            Read("failures.csv"));
        Assert.Equal((4, 4, 2), (report.Cases, report.Rows, report.Failures.Count));
        Assert.Equal([new CaseWarning("D", 1, "Something was left out.")], report.Warnings);
    }

    [Fact]
    public void Run_NoFailures_RemovesTheListOfAnEarlierRun()
    {
        Table("Image,Mask", "bad.nrrd,m", "abc.nrrd,m");
        Assert.Equal(_folder["failures.csv"], Extract(new FakeLoader()).FailureFile);
        Table("Image,Mask", "abc.nrrd,m");
        Assert.Null(Extract(new FakeLoader(), overwrites: true).FailureFile);
        Assert.Equal(["c.csv", "f.csv"], _folder.Names);
    }

    [Fact]
    public void Run_ListWithAnotherResult_KeepsItsRows()
    {
        Table("ID,Image,Mask", "\"A, first\",bad.nrrd,m", "B,abc.nrrd,m");
        Extract(new FakeLoader(), output: "one.csv");
        Extract(new FakeLoader(), output: "two.csv");
        Extract(new FakeLoader(), output: "two.csv", overwrites: true);
        Assert.Equal(["one.csv", "two.csv"], Read("failures.csv").TrimEnd('\n').Split('\n').Skip(1).Select(line => line.Split(',')[^1]));
        Table("ID,Image,Mask", "B,abc.nrrd,m");
        Assert.Null(Extract(new FakeLoader(), output: "two.csv", overwrites: true).FailureFile);
        Assert.Equal(
            $"""
            subject,label,stage,reason,what_to_do,result
            "A, first",1,Reading,{_folder["bad.nrrd"]}: The file is damaged.,Copy it again.,one.csv

            """, Read("failures.csv"));
    }

    [Fact]
    public void Run_ForeignFileNamedAsTheList_IsRefusedBeforeTheWorkAndKept()
    {
        _folder.Write("failures.csv", "my own notes");
        Table("Image,Mask", "abc.nrrd,m");
        var loader = new FakeLoader();
        ExtractionException refusal = Assert.Throws<ExtractionException>(() => Extract(loader));
        Assert.Equal(
            $"{_folder["failures.csv"]}: failed cases are listed under this name, but this file is not such a list. Rename it, or write to another folder with --out.",
            refusal.Message);
        Assert.Equal((true, 0, "my own notes"), (refusal.IsInputFault, loader.Loads, Read("failures.csv")));
    }

    [Fact]
    public void Run_FolderNamedAsTheList_IsRefusedBeforeTheWork()
    {
        Directory.CreateDirectory(_folder["failures.csv"]);
        Table("Image,Mask", "abc.nrrd,m");
        var loader = new FakeLoader();
        Assert.Equal(
            $"{_folder["failures.csv"]} cannot be written: it is a folder. Choose another place with --out.",
            Assert.Throws<ExtractionException>(() => Extract(loader)).Message);
        Assert.Equal(0, loader.Loads);
    }

    [Theory]
    [InlineData("f.csv", "this would overwrite an input")]
    [InlineData("failures.csv", "overwritten with the list of failed cases")]
    public void Create_InputIsALinkToWhatIsWritten_IsRefused(string target, string problem)
    {
        _folder.Write(target, "Image,Mask\nabc.nrrd,m\n");
        File.CreateSymbolicLink(_folder["link.csv"], target);
        ExtractionException refusal = Assert.Throws<ExtractionException>(() => Extract(new FakeLoader(), new ExtractionInput.Table(_folder["link.csv"])));
        Assert.Contains(problem, refusal.Message, StringComparison.Ordinal);
        Assert.Equal("Image,Mask\nabc.nrrd,m\n", Read(target));
    }

    [Fact]
    public void Create_InputNamedAsTheListOfFailures_IsRefused()
    {
        string table = _folder.Write("failures.csv", "Image,Mask\nabc.nrrd,m\n");
        ExtractionException refusal = Assert.Throws<ExtractionException>(() => Extract(new FakeLoader(), new ExtractionInput.Table(table)));
        Assert.Contains("overwritten with the list of failed cases", refusal.Message, StringComparison.Ordinal);
        Assert.True(refusal.IsInputFault);
        Assert.Equal("Image,Mask\nabc.nrrd,m\n", Read("failures.csv"));
    }

    [Fact]
    public void Run_SeveralLabels_ReadsEachMaskOnce()
    {
        Table("ID,Image,Mask,Age", "A,a.nrrd,m,60", "B,b.nrrd,m,61");
        var loader = new FakeLoader();
        Extract(loader, labels: LabelSelection.Of(22, 20));
        Assert.Equal(
            ["ID,Image,Mask,Age,Label", "A,a.nrrd,m,60,22", "A,a.nrrd,m,60,20", "B,b.nrrd,m,61,22", "B,b.nrrd,m,61,20"],
            Read("f.csv").TrimEnd('\n').Split('\n').Select(line => string.Join(',', line.Split(',')[..5])));
        Assert.Equal((2, 4), (loader.Loads, loader.Extractions));
    }

    [Fact]
    public void Run_RowsOfTheSameMask_ReadItOnce()
    {
        Table("ID,Image,Mask,Label", "A,a.nrrd,m,1", "B,b.nrrd,m,1", "A,a.nrrd,m,2");
        var loader = new FakeLoader();
        Extract(loader);
        Assert.Equal((2, 3), (loader.Loads, loader.Extractions));
        Assert.Equal(["A", "B", "A"], Read("f.csv").TrimEnd('\n').Split('\n').Skip(1).Select(line => line[..1]));
    }

    [Fact]
    public void Run_AllLabels_GivesARowForEachThatTheMaskHolds()
    {
        Table("ID,Image,Mask,Label", "A,a.nrrd,m,9", "B,bad.nrrd,m,9");
        ExtractionReport report = Extract(new FakeLoader { Labels = [3, 7] }, labels: LabelSelection.All);
        Assert.Equal(["A,a.nrrd,m,3", "A,a.nrrd,m,7", "B,bad.nrrd,m,9"], Read("f.csv").TrimEnd('\n').Split('\n').Skip(1).Select(line => string.Join(',', line.Split(',')[..4])));
        Assert.Null(Assert.Single(report.Failures).Label);
    }

    [Fact]
    public void Run_AllLabelsOfAnEmptyMask_IsAFailure()
    {
        ExtractionReport report = Extract(new FakeLoader { Labels = [] }, new ExtractionInput.Pair("a.nrrd", "m"), LabelSelection.All);
        Assert.Equal("The mask holds no label: all of its voxels are 0.", Assert.Single(report.Failures).Reason);
    }

    [Fact]
    public void Run_AllFail_WritesNothingAndReplacesNoEarlierOutput()
    {
        Table("Image,Mask", "bad.nrrd,m");
        Assert.False(Extract(new FakeLoader()).IsWritten);
        Assert.False(File.Exists(_folder["f.csv"]));
        Table("Image,Mask", "abc.nrrd,m");
        Extract(new FakeLoader());
        string earlier = Read("f.csv");
        Table("Image,Mask", "bad.nrrd,m");
        Assert.False(Extract(new FakeLoader(), overwrites: true).IsWritten);
        Assert.Equal(earlier, Read("f.csv"));
        Assert.True(File.Exists(_folder["failures.csv"]));
    }

    [Fact]
    public void Run_Json_IsLaidOutAsPythonDoes()
    {
        Table("ID,Image,Mask", "Ü,more.nrrd,m", "B,bad.nrrd,m");
        Extract(new FakeLoader(), output: "f.json");
        Assert.Equal(
            """
            [
              {
                "ID": "\u00dc",
                "Image": "more.nrrd",
                "Mask": "m",
                "diagnostics_Size": [
                  3,
                  4
                ],
                "diagnostics_Settings": {
                  "label": 1,
                  "no": null
                },
                "original_firstorder_Mean": 2.333333333333333,
                "original_firstorder_Energy": NaN,
                "z_last": 1e-05,
                "y_first": 1e+16
              },
              {
                "ID": "B",
                "Image": "bad.nrrd",
                "Mask": "m"
              }
            ]
            """,
            Read("f.json"));
    }

    [Fact]
    public async Task Run_Parquet_HoldsTheSameValues()
    {
        Table("ID,Image,Mask", "A,bad.nrrd,m", "B,abc.nrrd,m");
        Extract(new FakeLoader(), output: "f.parquet");
        using FileStream stream = File.OpenRead(_folder["f.parquet"]);
        await using ParquetReader reader = await ParquetReader.CreateAsync(stream, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(["ID", "Image", "Mask", .. Header.Split(',')], reader.Schema.DataFields.Select(field => field.Name));
        using ParquetRowGroupReader group = reader.OpenRowGroupReader(0);
        var settings = new string?[2];
        var mean = new double?[2];
        var energy = new double?[2];
        await group.ReadAsync(reader.Schema.DataFields[4], settings!, cancellationToken: TestContext.Current.CancellationToken);
        await group.ReadAsync<double>(reader.Schema.DataFields[5], mean, cancellationToken: TestContext.Current.CancellationToken);
        await group.ReadAsync<double>(reader.Schema.DataFields[6], energy, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal([null, "{'label': 1, 'no': None}"], settings);
        Assert.Equal([null, 2.0], mean);
        Assert.Equal([null, double.NaN], energy);
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("json")]
    [InlineData("parquet")]
    public void Run_AnyNumberOfJobs_GivesTheSameBytes(string format)
    {
        Table(["ID,Image,Mask", .. Enumerable.Range(0, 40).Select(i => $"S{i},{(i % 7 == 3 ? "bad" : i % 5 == 1 ? "more" : "abc")}{i}.nrrd,m")]);
        Extract(new FakeLoader(), labels: LabelSelection.All, output: $"one.{format}", jobs: 1);
        Extract(new FakeLoader(), labels: LabelSelection.All, output: $"five.{format}", jobs: 5);
        Assert.Equal(File.ReadAllBytes(_folder[$"one.{format}"]), File.ReadAllBytes(_folder[$"five.{format}"]));
    }

    [Fact]
    public void Run_FolderMissing_IsRefusedBeforeTheWork()
    {
        Table("Image,Mask", "a.nrrd,m");
        var loader = new FakeLoader();
        ExtractionException exception = Assert.Throws<ExtractionException>(() => Extract(loader, output: "none/f.csv"));
        Assert.Equal($"{_folder["none/f.csv"]} cannot be written: the folder does not exist. Create it, or choose another with --out.", exception.Message);
        Assert.False(exception.IsInputFault);
        Assert.Equal(0, loader.Loads);
    }

    [Fact]
    public void Run_OutputIsAFolder_IsRefused()
    {
        Table("Image,Mask", "a.nrrd,m");
        Directory.CreateDirectory(_folder["f.csv"]);
        Assert.Contains("is a folder. Name a file.", Assert.Throws<ExtractionException>(() => Extract(new FakeLoader())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_UnknownFormat_IsRefused() =>
        Assert.Equal(
            $"--out {_folder["f.txt"]}: the name tells no format. End it with .csv, .json or .parquet.",
            Assert.Throws<ExtractionException>(() => Extract(new FakeLoader(), output: "f.txt")).Message);

    [Theory]
    [InlineData("c.csv", "", "this would overwrite an input. Choose another name.")]
    [InlineData("failures.csv", "--out ", "this name is for the list of failed cases. Choose another.")]
    public void Run_OutputOverAnInputOrTheFailures_IsRefused(string output, string start, string problem)
    {
        Table("Image,Mask", "a.nrrd,m");
        ExtractionException exception = Assert.Throws<ExtractionException>(() => Extract(new FakeLoader(), output: output));
        Assert.Equal($"{start}{_folder[output]}: {problem}", exception.Message);
        Assert.Equal("Image,Mask\na.nrrd,m\n", Read("c.csv"));
    }

    private string Read(string name) => File.ReadAllText(_folder[name]);

    private void Table(params IEnumerable<string> lines) => _folder.Write("c.csv", string.Join('\n', lines) + "\n");

    private ExtractionReport Extract(
        FakeLoader loader, ExtractionInput? input = null, LabelSelection? labels = null, string output = "f.csv", int jobs = 1, bool overwrites = false)
    {
        var request = new ExtractionRequest
        {
            Input = input ?? new ExtractionInput.Table(_folder["c.csv"]),
            Output = _folder[output],
            Labels = labels,
            Jobs = jobs,
            Overwrites = overwrites,
        };
        return new FeatureExtraction(request, _ => loader).Run(cancellationToken: TestContext.Current.CancellationToken);
    }
}
