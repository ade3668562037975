using Xunit;

namespace Trabecula.Cli.Tests;

/// <summary>The help screens of <c>trabecula study</c>, word for word.</summary>
public sealed class StudyHelpTests : IDisposable
{
    private static readonly Dictionary<string, string> s_screens = new()
    {
        ["study"] = """
            Description:
              Compare models of a binary outcome without leakage: from a plan and its tables to a report.

            Usage:
              trabecula study [command] [options]

            Options:
              -?, -h, --help  Show help and usage information

            Commands:
              init      Write a commented plan from a table of subjects, or a worked example.
              check     Read a plan and its tables, and report every problem at once or what a run would do.
              run       Run a study. A run that was stopped continues when it is started again.
              report    Make the report of a finished study again: page, pictures and tables.
              validate  Judge the frozen models of a finished study on new subjects: nothing is fitted but the recalibration that is offered apart.


            """,
        ["study init"] = """
            Description:
              Write a commented plan from a table of subjects, or a worked example.

            Usage:
              trabecula study init [<TABLE>] [options]

            Arguments:
              <TABLE>  Table of subjects: .csv, .tsv, .parquet or .xlsx

            Options:
              -o, --out <FILE>  Plan to write [default: study.yaml]
              --example <DIR>   Write a synthetic study with two plans into this folder, in place of a plan for a table
              --overwrite       Replace what is there
              -?, -h, --help    Show help and usage information


            """,
        ["study check"] = """
            Description:
              Read a plan and its tables, and report every problem at once or what a run would do.

            Usage:
              trabecula study check <study.yaml> [options]

            Arguments:
              <study.yaml>  The plan

            Options:
              -?, -h, --help  Show help and usage information


            """,
        ["study run"] = """
            Description:
              Run a study. A run that was stopped continues when it is started again.

            Usage:
              trabecula study run <study.yaml> [options]

            Arguments:
              <study.yaml>  The plan

            Options:
              -o, --out <DIR>  Folder to write; by default that of the plan's name with -run, beside the plan
              -j, --jobs <N>   Fits at the same time, by default one per processor; results stay the same
              -?, -h, --help   Show help and usage information


            """,
        ["study report"] = """
            Description:
              Make the report of a finished study again: page, pictures and tables.

            Usage:
              trabecula study report <DIR> [options]

            Arguments:
              <DIR>  Folder of a finished study

            Options:
              --beside <DIR>  Folder of another finished study of the same models, to be compared in a table
              -?, -h, --help  Show help and usage information


            """,
        ["study validate"] = """
            Description:
              Judge the frozen models of a finished study on new subjects: nothing is fitted but the recalibration that is offered apart.

            Usage:
              trabecula study validate <DIR> [options]

            Arguments:
              <DIR>  Folder of a finished study

            Options:
              --cohort <TABLE> (REQUIRED)  Table of the new subjects, with the columns that the study's plan names
              --features <TABLE>           Table of their features of images, extracted with the study's parameters
              --centre <COLUMN>            Column with each subject's centre, by default the plan's: results by centre and pooled
              -o, --out <DIR>              Folder to write; by default beside the study's, named by study and table
              -?, -h, --help               Show help and usage information


            """,
    };

    private readonly TrabeculaProcess _trabecula = new();

    public static TheoryData<string> Commands => [.. s_screens.Keys];

    public void Dispose() => _trabecula.Dispose();

    [Theory]
    [MemberData(nameof(Commands))]
    public void Help_OfStudyAndItsSubcommands_ShowsEveryOption(string command)
    {
        TrabeculaProcess.Result result = _trabecula.Run([.. command.Split(' '), "--help"]);
        Assert.Equal((0, s_screens[command]), (result.ExitCode, result.Output));
    }
}
