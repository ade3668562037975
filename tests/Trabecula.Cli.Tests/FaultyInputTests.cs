using System.Text;
using Xunit;

namespace Trabecula.Cli.Tests;

/// <summary>Whatever a command is given, it says in a few words what is wrong where, with the exit code of its kind, and never shows its insides.</summary>
public sealed class FaultyInputTests : IDisposable
{
    private const int NotWritten = 1, Usage = 2, SomeFailed = 3;

    private readonly TrabeculaProcess _trabecula = new();

    public FaultyInputTests()
    {
        File.Copy(TrabeculaProcess.Image("v06_27voxels_image.nrrd"), InFolder("ct.nrrd"));
        File.Copy(TrabeculaProcess.Image("v06_27voxels_mask.nrrd"), InFolder("mask.nrrd"));
        Directory.CreateDirectory(InFolder("folder"));
        File.CreateSymbolicLink(InFolder("circle"), "circle");
        File.CreateSymbolicLink(InFolder("circle.csv"), "circle.csv");
        _trabecula.Write("p.yaml", "imageType: {Original: {}}\nfeatureClass: {firstorder: [Mean]}\n");
        _trabecula.Write("protocol.yaml", "require: {matrix: [512, 512]}\n");
        _trabecula.Write("cases.csv", "ID,Image,Mask,Mask2\nA,ct.nrrd,mask.nrrd,mask.nrrd\n");
        _trabecula.Write("features.csv", "ID,original_firstorder_Mean\n" + string.Concat(Enumerable.Range(0, 12).Select(i => $"s{i},{i}.5\n")));
        _trabecula.Write("study.json", "{ \"schemaVersion\": 1, \"flow\": [] }");
        _trabecula.Write("empty.csv", "");
        _trabecula.Write("header.csv", "ID,Image,Mask\n");
        _trabecula.Write("columns.csv", "ID,Bild,Maske\nA,ct.nrrd,mask.nrrd\n");
        _trabecula.Write("twice.csv", "ID,Image,Mask,Mask2\nA,ct.nrrd,mask.nrrd,mask.nrrd\nA,ct.nrrd,mask.nrrd,mask.nrrd\n");
        _trabecula.Write("quote.csv", "ID,Image,Mask\n\"A,ct.nrrd,mask.nrrd\n");
        _trabecula.Write("ragged.csv", "ID,Image,Mask\nA,ct.nrrd\n");
        _trabecula.Write("control.csv", "ID,Image,Mask\nA\u0001,ct.nrrd,mask.nrrd\n");
        _trabecula.Write("long-cell.csv", $"ID,Image,Mask\nA,{new string('x', 1_000_000)},mask.nrrd\n");
        _trabecula.Write("long-header.csv", new string('x', 1_000_000) + "\nA\n");
        _trabecula.Write("spreadsheet.csv", "\ufeffID;Image;Mask;Mask2\r\nA;ct.nrrd;mask.nrrd;mask.nrrd\r\n");
        File.WriteAllBytes(InFolder("latin.csv"), Encoding.Latin1.GetBytes("ID,Image,Mask\nMüller,ct.nrrd,mask.nrrd\n"));
        File.WriteAllBytes(InFolder("binary.csv"), [.. Enumerable.Range(0, 4096).Select(i => (byte)(i * 7))]);
        _trabecula.Write("text.nrrd", "hello\n");
        _trabecula.Write("empty.nii.gz", "");
        _trabecula.Write("list.yaml", "- a\n- b\n");
        _trabecula.Write("broken.yaml", "a: [1, 2\n");
        _trabecula.Write("deep.yaml", new string('[', 5000));
        _trabecula.Write("unknown.yaml", "imageTypes: {Original: {}}\n");
    }

    public void Dispose() => _trabecula.Dispose();

    public static TheoryData<string, int, string> Faults()
    {
        var faults = new TheoryData<string, int, string>();
        foreach ((string table, string word) in (ReadOnlySpan<(string, string)>)
            [
                ("none.csv", "none.csv: the table does not exist"), ("empty.csv", "empty.csv: the table is empty"), ("header.csv", "header.csv: the table holds no case"),
                ("columns.csv", "no column 'Image'; the columns are ID, Bild, Maske"), ("twice.csv", "rows 2, 3, column ID: 'A' stands 2 times"), ("quote.csv", "quote.csv: row 3"),
                ("ragged.csv", "row 2: 2 cells, but the header has 3"), ("control.csv", "row 2, column ID"), ("latin.csv", "latin.csv: the table is not in UTF-8"),
                ("binary.csv", "binary.csv: the table is not in UTF-8"), ("long-cell.csv", "row 2, column Image: the cell has 1000000 letters"),
                ("long-header.csv", "... (1000000 letters)"), ("circle.csv", "circle.csv: the table cannot be read"),
            ])
        {
            faults.Add($"extract {table} -p p.yaml -o out.csv", Usage, word);
        }
        faults.Add("check twice.csv -p protocol.yaml -o out.csv", Usage, "column ID: 'A' stands 2 times");
        faults.Add("agree none.csv -o out", Usage, "none.csv: the file does not exist");
        faults.Add("agree folder -o out", Usage, "folder: this is a folder");
        faults.Add("agree binary.csv -o out", Usage, "binary.csv: the file holds binary data");
        faults.Add("agree columns.csv -o out", Usage, "columns.csv: the table has neither a column Mask2 nor a column Reader");
        faults.Add("agree features.csv features.csv --id no -o out", Usage, "there is no column 'no'");
        faults.Add("study init none.csv", Usage, "none.csv: the file does not exist");
        faults.Add("study init long-header.csv", Usage, "long-header.csv");
        faults.Add("inspect none.nrrd", Usage, "none.nrrd: there is no such file");
        faults.Add("inspect folder", Usage, "folder: the folder holds no DICOM file");
        faults.Add("segment text.nrrd -o out.nrrd --range 0", Usage, "text.nrrd: the file begins like none of");
        faults.Add("segment ct.nrrd -o out.nrrd --range 30000", Usage, "ct.nrrd: no voxel is left");
        faults.Add("measure ct.nrrd empty.nii.gz -o out.csv", Usage, "empty.nii.gz: the file is empty");
        faults.Add("measure ct.nrrd mask.nrrd -o out.csv", Usage, "mask.nrrd: the region has no two endplates");
        faults.Add("measure ct.nrrd mask.nrrd -o out.csv --core x", Usage, "--core x: expected a number.");
        faults.Add("extract circle mask.nrrd -p p.yaml -o out.csv", SomeFailed, "circle: the file cannot be opened");
        faults.Add("extract ct.nrrd text.nrrd -p p.yaml -o out.csv", SomeFailed, "text.nrrd: the file begins like none of");
        faults.Add("extract ct.nrrd folder -p p.yaml --voxel out", SomeFailed, "folder: the folder holds no DICOM file");
        foreach (string file in (string[])["list.yaml", "broken.yaml", "deep.yaml", "unknown.yaml"])
        {
            faults.Add($"extract ct.nrrd mask.nrrd -p {file} -o out.csv", Usage, $"{file}: line ");
            faults.Add($"study check {file}", Usage, file);
        }
        faults.Add("check cases.csv -p broken.yaml -o out.csv", Usage, "broken.yaml: line 2");
        faults.Add("study check folder", Usage, "folder: This is a folder. Name the plan in it");
        faults.Add("demo -o .", Usage, "holds files that no earlier demo made");
        faults.Add("audit study.json", Usage, "Give the study's folder in place of it");
        faults.Add("audit deep.yaml", Usage, "deep.yaml: line 1");
        faults.Add("study report folder", Usage, "the folder holds no finished study");
        faults.Add("study report circle", Usage, "circle/study.json cannot be read");
        faults.Add("study validate folder --cohort features.csv", Usage, "the folder holds no finished study");
        faults.Add("extract ct.nrrd mask.nrrd -p p.yaml -o none/out.csv", NotWritten, "none/out.csv cannot be written: the folder does not exist");
        faults.Add("check cases.csv -p protocol.yaml -o folder", Usage, "folder is a folder. Name a file.");
        faults.Add("study init features.csv -o folder", Usage, "folder is a folder. Name a file.");
        faults.Add("audit --example folder", Usage, "folder is a folder. Name a file.");
        faults.Add("audit --example none/out.yaml", NotWritten, "none/out.yaml cannot be written: the folder does not exist");
        faults.Add("explain --pages p.yaml", Usage, "p.yaml is a file. Name a folder.");
        return faults;
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void Run_FaultyInput_SaysWhatIsWrongWhere(string arguments, int exitCode, string message)
    {
        TrabeculaProcess.Result result = _trabecula.Run(arguments.Split(' '));
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
        Assert.Equal(exitCode, result.ExitCode);
        Assert.DoesNotMatch(@"(?m)^ +at |Exception|fault of Trabecula|System\.", result.Error);
        Assert.InRange(result.Error.Length, 1, 3000);
        Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(_trabecula.Folder), path => Path.GetFileName(path) is "out.csv" or "out.nrrd" or "study.yaml");
    }

    [Theory]
    [InlineData("extract", "ct.nrrd", "mask.nrrd", "-o", "")]
    [InlineData("inspect", "")]
    [InlineData("check", "", "-p", "protocol.yaml")]
    [InlineData("agree", "features.csv", "")]
    [InlineData("segment", "ct.nrrd", "-o", "", "--range", "0")]
    [InlineData("measure", "ct.nrrd", "", "-o", "out.csv")]
    [InlineData("pyradiomics", "", "mask.nrrd")]
    [InlineData("pyradiomics", "ct.nrrd", "mask.nrrd", "-o", "")]
    [InlineData("explain", "--pages", "")]
    [InlineData("study", "check", " ")]
    [InlineData("study", "run", "p.yaml", "-o", "")]
    [InlineData("audit", "")]
    [InlineData("demo", "-o", "")]
    public void Run_EmptyValue_IsNamed(params string[] arguments)
    {
        TrabeculaProcess.Result result = _trabecula.Run(arguments);
        Assert.Matches(@"^\S+ is empty: give it a value\.\nRun 'trabecula [a-z ]+ --help' for the options\.\n$", result.Error);
        Assert.Equal(Usage, result.ExitCode);
    }

    [Theory]
    [InlineData("extract spreadsheet.csv -p p.yaml -o out.csv")]
    [InlineData("agree spreadsheet.csv -o out")]
    public void Run_TableAsSpreadsheetsSaveIt_IsRead(string arguments) => Assert.Equal(0, _trabecula.Run(arguments.Split(' ')).ExitCode);

    private string InFolder(string name) => Path.Combine(_trabecula.Folder, name);
}
