using Xunit;

namespace Trabecula.Cli.Tests;

/// <summary>Help screens and messages, word for word.</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly TrabeculaProcess _trabecula = new();

    public void Dispose() => _trabecula.Dispose();

    [Fact]
    public void Version_Asked_IsOneLine()
    {
        TrabeculaProcess.Result result = _trabecula.Run("--version");
        Assert.Matches(@"^trabecula \d+\.\d+\.\d+\S*\n$", result.Output);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
    }

    [Fact]
    public void Root_NoArguments_ShowsWhatTheProgramIsAndItsCommands()
    {
        TrabeculaProcess.Result result = _trabecula.Run();
        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith(
            """
            Description:
              Trabecula goes from CT and mask to radiomic features equal to PyRadiomics', and from tables to risk models evaluated without leakage.
              Research software, not a medical device.

            Usage:
              trabecula [command] [options]
            """, result.Output, StringComparison.Ordinal);
        Assert.Matches(@"\n  extract +Extract radiomic features", result.Output);
        Assert.Matches(@"\n  pyradiomics +Take the arguments of PyRadiomics' command", result.Output);
        Assert.Equal(result.Output, _trabecula.Run("--help").Output);
    }

    [Theory]
    [InlineData("")]
    [InlineData("study")]
    public void Help_OfCommandsAndTheirParts_FitsIntoEightyColumns(string group)
    {
        string[] parents = group.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string[] commands = [.. Names(_trabecula.Run([.. parents, "--help"]).Output, "Commands:")];
        Assert.True(commands.Length >= 5);
        foreach (string command in commands)
        {
            // The arguments of a part stand in its own help, with those in brackets that may be left out.
            Assert.Matches("^[a-z]+$", command);
            string help = _trabecula.Run([.. parents, command, "--help"]).Output;
            // The text beside must be left half of the width.
            Assert.All([.. Names(help, "Arguments:"), .. Names(help, "Options:")], name => Assert.InRange(name.Length, 1, 38));
        }
    }

    /// <summary>What stands on the left side of a part of a help screen.</summary>
    private static IEnumerable<string> Names(string help, string part) => help.Split('\n').SkipWhile(line => line != part).Skip(1)
        .TakeWhile(line => line.Length > 0).Select(line => line.TrimStart().Split("  ")[0]);

    [Fact]
    public void Extract_Help_ShowsEveryOption()
    {
        TrabeculaProcess.Result result = _trabecula.Run("extract", "--help");
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(
            """
            Description:
              Extract radiomic features of one case or of a table of cases. A run that was stopped continues when it is started again.

            Usage:
              trabecula extract <IMAGE|CASES.csv> [<MASK>] [options]

            Arguments:
              <IMAGE|CASES.csv>  Image (NIfTI, NRRD, a DICOM file or a folder of DICOM slices), or a table with the columns Image and Mask, where wanted ID and Label
              <MASK>             Mask of the image (NIfTI, NRRD, .seg.nrrd, DICOM SEG or RT structure set); not with a table

            Options:
              -p, --param <FILE>       PyRadiomics parameter file (.yaml or .json); PyRadiomics' defaults without
              -o, --out <FILE>         File to write: .csv, .json or .parquet [default: features.csv]
              -l, --label <LABELS>     Labels or names of segments to extract, as in 20,21,22, or all; overrides table and parameter file
              -j, --jobs <N>           Cases worked on at the same time, by default one per processor; memory grows with it, results stay the same
              --voxel <DIR>            Write feature maps, one image a feature, into this folder instead of a table
              --save-images <DIR>      Also write what features are computed on into this folder: image and mask after preparation, and every filtered image
              --image-format <FORMAT>  Format of the images of --voxel and --save-images: nrrd or nifti [default: nrrd]
              --overlays <DIR>         Also paint each mask on its image, a PNG a case and one contact sheet, into this folder
              --overwrite              Replace what is there
              -?, -h, --help           Show help and usage information


            """, result.Output);
    }

    [Theory]
    [InlineData("extrac", "'extrac' is not a command. Did you mean extract?\nRun 'trabecula --help' for the options.\n")]
    [InlineData("--verbose", "'--verbose' is not an option.\nRun 'trabecula --help' for the options.\n")]
    [InlineData("extract", "Required argument 'IMAGE|CASES.csv' missing for command: 'extract'.\nRun 'trabecula extract --help' for the options.\n")]
    [InlineData("extract a b --lable 3", "'--lable' is not an option. Did you mean --label?\nRun 'trabecula extract --help' for the options.\n")]
    [InlineData("extract a b c", "'c' is one argument too many.\nRun 'trabecula extract --help' for the options.\n")]
    [InlineData("extract a b --jobs 0", "--jobs 0: expected a whole number from 1.\nRun 'trabecula extract --help' for the options.\n")]
    [InlineData("extract a.nrrd", "'a.nrrd' is not a table (.csv, .tsv): a MASK must follow it.\nRun 'trabecula extract --help' for the options.\n")]
    [InlineData("extract a.csv b", "'b' follows a table, but a table names its masks itself.\nRun 'trabecula extract --help' for the options.\n")]
    [InlineData("extract a b --label 3,-1", "--label 3,-1: '-1' is not a label. Give whole numbers from 1 or names of segments with commas between them, as in 20,21,22, or all.\n")]
    [InlineData("extract a b --voxel maps --image-format dicom", "--image-format dicom: expected nrrd or nifti.\nRun 'trabecula extract --help' for the options.\n")]
    [InlineData("explain glcm_Contrst", "'glcm_Contrst' is not a feature. The nearest names: glcm_Contrast, ngtdm_Contrast, glcm_Idn.\nRun 'trabecula explain --help' for the options.\n")]
    [InlineData("extract a b -o --overwrite", "--out has no value: '--overwrite', which follows, looks like an option.\nRun 'trabecula extract --help' for the options.\n")]
    [InlineData("extract a b --label --jobs 2", "--label has no value: '--jobs', which follows, looks like an option.\nRun 'trabecula extract --help' for the options.\n")]
    [InlineData("measure a b -o t.csv --pictures --lable 3", "--pictures has no value: '--lable', which follows, looks like an option.\nRun 'trabecula measure --help' for the options.\n")]
    [InlineData("extract a b -o f.txt", "--out f.txt: the name tells no format. End it with .csv, .json or .parquet.\n")]
    [InlineData("extract a b -p none.yaml", "none.yaml: The parameter file does not exist. Check the path and the file's permissions.\n")]
    [InlineData("pyradiomics a b -f xml", "Argument 'xml' not recognized. Must be one of:\n\t'csv'\n\t'json'\n\t'txt'\nRun 'trabecula pyradiomics --help' for the options.\n")]
    [InlineData("pyradiomics a b -v 6", "--verbosity 6: expected a whole number from 1 to 5.\nRun 'trabecula pyradiomics --help' for the options.\n")]
    [InlineData("extract none.csv", "none.csv: the table does not exist. Check the path.\n")]
    public void Arguments_Faulty_AreRefusedInFewLines(string arguments, string message)
    {
        TrabeculaProcess.Result result = _trabecula.Run(arguments.Split(' '));
        Assert.Equal((2, message, ""), (result.ExitCode, result.Error, result.Output));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_trabecula.Folder));
    }

    [Theory]
    [InlineData("study init --example --help", "study init")]
    [InlineData("study init --example -h", "study init")]
    [InlineData("extract a b --jobs --help", "extract")]
    [InlineData("measure a b -o --help", "measure")]
    public void Help_AfterAnOptionWithoutItsValue_IsShown(string arguments, string command)
    {
        TrabeculaProcess.Result result = _trabecula.Run(arguments.Split(' '));
        Assert.Equal((0, "", _trabecula.Run([.. command.Split(' '), "--help"]).Output), (result.ExitCode, result.Error, result.Output));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_trabecula.Folder));
    }

    [Fact]
    public void Extract_ParameterProblems_AreAllShown()
    {
        _trabecula.Write("p.yaml", "setting:\n  binwidth: 25\n  force2D: 1\n");
        TrabeculaProcess.Result result = _trabecula.Run("extract", "a", "b", "-p", "p.yaml");
        Assert.Equal(
            """
            p.yaml: 2 problems.
              line 2: setting.binwidth: Not a setting. Did you mean binWidth?
              line 3: setting.force2D = 1: Expected true or false. Correct the value.

            """, result.Error);
        Assert.Equal(2, result.ExitCode);
    }

    [Fact]
    public void Extract_EmptyArguments_AreAllNamed()
    {
        TrabeculaProcess.Result result = _trabecula.Run("extract", "", "", "-p", "", "-o", "");
        Assert.Equal(
            """
            IMAGE|CASES.csv is empty: give it a value.
            MASK is empty: give it a value.
            --param is empty: give it a value.
            --out is empty: give it a value.
            Run 'trabecula extract --help' for the options.

            """, result.Error);
        Assert.Equal(2, result.ExitCode);
    }

    [Theory]
    [InlineData(">/dev/full")]
    [InlineData(">&-")]
    public void Version_OutputCannotBeWritten_IsAtMostOneLine(string redirection)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs /dev/full.");
        TrabeculaProcess.Result result = _trabecula.RunShell(redirection, "--version");
        Assert.Equal(1, result.ExitCode);
        Assert.Matches("^The terminal, or the file in its place, cannot be written: [^\n]+\n$", result.Error);
    }

    [Fact]
    public void Extract_OutputFolderMissing_IsOneLine()
    {
        TrabeculaProcess.Result result = _trabecula.Run("extract", "a", "b", "-o", "none/f.csv");
        Assert.Equal((1, "none/f.csv cannot be written: the folder does not exist. Create it, or choose another with --out.\n"), (result.ExitCode, result.Error));
    }
}
