using Xunit;

namespace Trabecula.Cli.Tests;

/// <summary>No command replaces what is there, unless it is told to; inputs are never replaced.</summary>
public sealed class OverwritingTests : IDisposable
{
    private readonly TrabeculaProcess _trabecula = new();

    public OverwritingTests()
    {
        string image = TrabeculaProcess.Image("v06_27voxels_image.nrrd"), mask = TrabeculaProcess.Image("v06_27voxels_mask.nrrd");
        File.Copy(image, Path.Combine(_trabecula.Folder, "ct.nrrd"));
        File.Copy(mask, Path.Combine(_trabecula.Folder, "mask.nrrd"));
        _trabecula.Write("p.yaml", "imageType: {Original: {}}\nfeatureClass: {firstorder: [Mean]}\n");
        _trabecula.Write("cases.csv", "ID,Image,Mask,Mask2\nA,ct.nrrd,mask.nrrd,mask.nrrd\n");
        _trabecula.Write("t.csv", "id,age,pain\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"s{i},{50 + i % 7},{i % 2}\n")));
        _trabecula.Write("protocol.yaml", "require: {matrix: [512, 512]}\n");
        _trabecula.Write("there.csv", "of another run");
        _trabecula.Write("there.nrrd", "corrected by hand");
        _trabecula.Write("there.yaml", "a plan");
        Directory.CreateDirectory(Path.Combine(_trabecula.Folder, "full"));
        _trabecula.Write(Path.Combine("full", "notes.txt"), "somebody's");
    }

    public void Dispose() => _trabecula.Dispose();

    public static TheoryData<string, string> OutputsThatAreThere() => new()
    {
        { "extract ct.nrrd mask.nrrd -p p.yaml -o there.csv", "there.csv" },
        { "extract cases.csv -p p.yaml -o there.csv", "there.csv" },
        { "extract ct.nrrd mask.nrrd -p p.yaml --voxel full", "full" },
        { "extract ct.nrrd mask.nrrd -p p.yaml -o new.csv --save-images full", "full" },
        { "extract ct.nrrd mask.nrrd -p p.yaml -o new.csv --overlays full", "full" },
        { "check cases.csv --protocol protocol.yaml -o there.csv", "there.csv" },
        { "segment ct.nrrd -o there.nrrd --range 0", "there.nrrd" },
        { "measure ct.nrrd mask.nrrd -o there.csv", "there.csv" },
        { "measure ct.nrrd mask.nrrd -o new.csv --pictures full", "full" },
        { "agree cases.csv -o full", "full" },
        { "explain --pages full", "full" },
        { "study init t.csv -o there.yaml", "there.yaml" },
        { "study init --example full", "full" },
        { "audit --example there.yaml", "there.yaml" },
    };

    [Theory]
    [MemberData(nameof(OutputsThatAreThere))]
    public void Run_OutputIsThere_IsRefusedWithTheCureAndKept(string arguments, string output)
    {
        string[] before = Content();
        TrabeculaProcess.Result result = _trabecula.Run(arguments.Split(' '));
        string problem = output == "full" ? "full is not empty. Name another folder, or add --overwrite to replace files in it that have the names of new ones."
            : $"{output} exists. Name another file, or add --overwrite to replace it.";
        Assert.Equal((2, "", problem + "\n"), (result.ExitCode, result.Output, result.Error));
        Assert.Equal(before, Content());
    }

    [Theory]
    [InlineData("extract ct.nrrd mask.nrrd -p p.yaml -o there.csv", "there.csv")]
    [InlineData("check cases.csv --protocol protocol.yaml -o there.csv", "there.csv")]
    [InlineData("segment ct.nrrd -o there.nrrd --range=-3000", "there.nrrd")]
    [InlineData("study init t.csv -o there.yaml", "there.yaml")]
    public void Run_WithOverwrite_ReplacesIt(string arguments, string output)
    {
        string before = _trabecula.Read(output);
        TrabeculaProcess.Result result = _trabecula.Run([.. arguments.Split(' '), "--overwrite"]);
        Assert.True(result.ExitCode is 0 or 4, result.Error);
        Assert.NotEqual(before, _trabecula.Read(output));
    }

    [Fact]
    public void Run_WithOverwriteIntoAFolder_KeepsOtherFiles()
    {
        Assert.Equal(0, _trabecula.Run("agree", "cases.csv", "-o", "full", "--overwrite").ExitCode);
        Assert.Equal("somebody's", _trabecula.Read(Path.Combine("full", "notes.txt")));
        Assert.True(File.Exists(Path.Combine(_trabecula.Folder, "full", "report.html")));
    }

    [Theory]
    [InlineData("extract cases.csv -p p.yaml -o cases.csv", "cases.csv")]
    [InlineData("check cases.csv --protocol protocol.yaml -o cases.csv", "cases.csv")]
    [InlineData("segment ct.nrrd -o ./ct.nrrd --range 0", "./ct.nrrd")]
    [InlineData("measure ct.nrrd mask.nrrd -o mask.nrrd", "mask.nrrd")]
    [InlineData("study init t.csv -o t.csv", "t.csv")]
    public void Run_OutputIsAnInput_IsRefusedWithOverwriteToo(string arguments, string output)
    {
        string[] before = Content();
        TrabeculaProcess.Result result = _trabecula.Run([.. arguments.Split(' '), "--overwrite"]);
        Assert.Equal((2, $"{output}: this would overwrite an input. Choose another name.\n"), (result.ExitCode, result.Error));
        Assert.Equal(before, Content());
    }

    private string[] Content() =>
        [.. Directory.EnumerateFiles(_trabecula.Folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(path => $"{path}: {Convert.ToHexString(File.ReadAllBytes(path))}")];
}
