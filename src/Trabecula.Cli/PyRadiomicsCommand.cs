using System.CommandLine;
using System.Globalization;
using Trabecula.Workbench.PyRadiomics;

namespace Trabecula.Cli;

/// <summary><c>trabecula pyradiomics</c>: the arguments of PyRadiomics' command, and its files and exit codes.</summary>
internal static class PyRadiomicsCommand
{
    private static readonly string[] Levels = ["NOTSET", "DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"];

    private static readonly Argument<string> Input = new("IMAGE|BATCH.csv") { Description = "Image file (single mode) or CSV batch file (batch mode)" };

    private static readonly Argument<string?> Mask = new("MASK")
    {
        Description = "Mask file identifying the ROI in the Image; only in single mode",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string?> Param = new("--param", "-p") { Description = "Parameter file containing the settings to be used in extraction", HelpName = "FILE" };

    private static readonly Option<string[]> Setting = new("--setting", "-s")
    {
        Description = "Setting that overrides the parameter file; may be given several times",
        HelpName = "NAME:VALUE",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    private static readonly Option<int> Jobs = new("--jobs", "-j") { Description = "Cases worked on at the same time", HelpName = "N", DefaultValueFactory = _ => 1 };

    private static readonly Option<bool> Validate = new("--validate") { Description = "Check that input is valid and that files exist, and do no more" };

    private static readonly Option<string?> Out = new("--out", "-o") { Description = "File to append output to; the standard output without", HelpName = "FILE" };

    private static readonly Option<string?> OutDir = new("--out-dir", "-od") { Description = "Directory for a CSV file of each case, or for feature maps", HelpName = "DIR" };

    private static readonly Option<string> Mode = Choice("--mode", "-m", "MODE", "What to extract: segment (features) or voxel (maps)", "segment", "segment", "voxel");

    private static readonly Option<bool> SkipNans = new("--skip-nans") { Description = "Leave out features that are not a number" };

    private static readonly Option<string> Format = Choice("--format", "-f", "FORMAT", "Format for the output: csv, json or txt", "txt", "csv", "json", "txt");

    private static readonly Option<string> FormatPath = Choice("--format-path", null, "PATHS", "Image and mask in the output: absolute, relative or basename", "absolute", "absolute", "relative", "basename");

    private static readonly Option<bool> UnixPath = new("--unix-path", "-up") { Description = "Unix-style path separators in the output" };

    private static readonly Option<string> LoggingLevel = Choice("--logging-level", null, "LEVEL", $"What the log file captures: {string.Join(", ", Levels)}", "WARNING", Levels);

    private static readonly Option<string?> LogFile = new("--log-file") { Description = "File to append logger output to", HelpName = "FILE" };

    private static readonly Option<int?> Verbosity = new("--verbosity", "-v")
    {
        Description = "Output to stderr: 1 (critical) to 5 (debug), 3 without this option, 4 without a number",
        HelpName = "N",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<int?> Label = new("--label", "-l") { Description = "(DEPRECATED) Value of label in mask to use for feature extraction", HelpName = "N" };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("pyradiomics", "Take the arguments of PyRadiomics' command and write the files that it writes.")
        {
            Input, Mask, Param, Setting, Jobs, Validate, Out, OutDir, Mode, SkipNans, Format, FormatPath, UnixPath, LoggingLevel, LogFile, Verbosity, Label,
        };
        command.SetAction(parsed => Run(command, parsed));
        return command;
    }

    private static Option<string> Choice(string name, string? alias, string helpName, string description, string otherwise, params string[] values)
    {
        var option = new Option<string>(name, alias is null ? [] : [alias]) { Description = description, HelpName = helpName, DefaultValueFactory = _ => otherwise };
        option.AcceptOnlyFromAmong(values);
        return option;
    }

    private static int Run(Command command, ParseResult parsed)
    {
        int verbosity = parsed.GetResult(Verbosity) is null ? 3 : parsed.GetValue(Verbosity) ?? 4;
        if (verbosity is < 1 or > 5)
            return CommandLine.Refuse(command, string.Create(CultureInfo.InvariantCulture, $"--verbosity {verbosity}: expected a whole number from 1 to 5."));
        if (parsed.GetValue(Jobs) < 1)
            return CommandLine.Refuse(command, "--jobs: expected a whole number from 1.");
        var request = new PyRadiomicsRequest
        {
            Input = parsed.GetValue(Input)!,
            Mask = parsed.GetValue(Mask),
            ParameterFile = parsed.GetValue(Param),
            Settings = parsed.GetValue(Setting) ?? [],
            Label = parsed.GetValue(Label),
            Jobs = parsed.GetValue(Jobs),
            Validate = parsed.GetValue(Validate),
            Output = parsed.GetValue(Out),
            OutputFolder = parsed.GetValue(OutDir),
            IsVoxelMode = parsed.GetValue(Mode) == "voxel",
            SkipsNans = parsed.GetValue(SkipNans),
            Format = parsed.GetValue(Format)!,
            PathFormat = parsed.GetValue(FormatPath)!,
            HasUnixPaths = parsed.GetValue(UnixPath),
        };
        string level = parsed.GetValue(LoggingLevel)!;
        using StreamWriter? logFile = OpenLog(parsed.GetValue(LogFile), out string? problem);
        if (problem is not null)
            return CommandLine.Refuse(command, problem);
        var log = new PythonLog((LogLevel)((6 - verbosity) * 10), level == "NOTSET" ? 0 : Enum.Parse<LogLevel>(level, ignoreCase: true), logFile);
        using var interruption = new Interruption();
        try
        {
            return new PyRadiomicsRun(request, log.Write).Run(Console.OpenStandardOutput, interruption.Token);
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine(request.OutputFolder is { } folder
                ? $"Stopped. Finished cases are kept in {folder}: the same command continues." : "Stopped. Nothing was written; with --out-dir finished cases are kept.");
            return ExitCode.Interrupted;
        }
    }

    private static StreamWriter? OpenLog(string? path, out string? problem)
    {
        problem = null;
        try
        {
            return path is null ? null : new StreamWriter(path, append: true) { AutoFlush = true, NewLine = "\n" };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problem = $"--log-file {path}: {exception.Message} Name a file in a folder that can be written.";
            return null;
        }
    }

    /// <summary>Messages in the form of Python's logging, on the terminal and in a file.</summary>
    private sealed class PythonLog(LogLevel console, LogLevel file, StreamWriter? logFile)
    {
        private readonly Lock _writing = new();

        public void Write(LogLevel level, string message)
        {
            string line = string.Create(CultureInfo.InvariantCulture,
                $"[{TimeProvider.System.GetLocalNow():yyyy-MM-dd HH:mm:ss}] {level.ToString()[..1]}: radiomics.script: {message}");
            lock (_writing)
            {
                if (level >= console)
                    Console.Error.WriteLine(line);
                if (level >= file)
                    logFile?.WriteLine(line);
            }
        }
    }
}
