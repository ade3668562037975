using System.CommandLine;
using System.Globalization;
using Trabecula.Workbench.Demos;

namespace Trabecula.Cli;

/// <summary><c>trabecula demo</c>: a synthetic study from volumes to its evidence.</summary>
internal static class DemoCommand
{
    private static readonly Option<string> Output = new("--out", "-o")
    {
        Description = "Folder to write",
        HelpName = "DIR",
        DefaultValueFactory = _ => "trabecula-demo",
    };

    private static readonly Option<string?> Seed = new("--seed")
    {
        Description = "Origin of all random choices; the same seed gives the same files (default 2026)",
        HelpName = "N",
    };

    private static readonly Option<string?> Subjects = new("--subjects")
    {
        Description = $"Subjects of the imaging cohort, from {DemoRequest.FewestSubjects} (default 120); the study has 856",
        HelpName = "N",
    };

    private static readonly Option<bool> Full = new("--full")
    {
        Description = $"Try the paper's {DemoRequest.Many} configurations of each model in place of {DemoRequest.Few}: takes about five times as long",
    };

    private static readonly Option<string?> Jobs = new("--jobs", "-j")
    {
        Description = "Cases worked on at the same time, by default one per processor; results stay the same",
        HelpName = "N",
    };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("demo",
            "Make synthetic images and patients of known risk, run a whole study on them in a sound and in the published order, and report what it found.")
        {
            Output, Seed, Subjects, Full, Jobs,
        };
        command.SetAction(parsed => Run(command, parsed));
        return command;
    }

    private static int Run(Command command, ParseResult parsed)
    {
        var request = new DemoRequest { OutputFolder = parsed.GetValue(Output)!, Full = parsed.GetValue(Full) };
        var problems = new List<string>();
        if (parsed.GetValue(Seed) is { } seedText)
        {
            if (ulong.TryParse(seedText, NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed))
                request = request with { Seed = seed };
            else
                problems.Add($"--seed {seedText}: expected a whole number from 0.");
        }
        request = request with
        {
            Subjects = WholeNumber("--subjects", parsed.GetValue(Subjects), request.Subjects, problems),
            Jobs = WholeNumber("--jobs", parsed.GetValue(Jobs), request.Jobs, problems),
        };
        if (problems.Count == 0)
            problems.AddRange(request.Validate());
        return problems.Count > 0 ? CommandLine.Refuse(command, string.Join('\n', problems)) : Execute(request);
    }

    private static int WholeNumber(string option, string? text, int unset, List<string> problems)
    {
        if (text is null)
            return unset;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
            problems.Add($"{option} {text}: expected a whole number.");
        return number;
    }

    private static int Execute(DemoRequest request)
    {
        using var interruption = new Interruption();
        try
        {
            DemoSummary summary = Demo.Run(request, new StageLines(), interruption.Token);
            foreach (string line in summary.Lines())
                Console.Out.WriteLine(line);
            Console.Out.WriteLine($"Report: {summary.ReportPath}");
            return summary.Imaging.Failed == 0 ? ExitCode.Success : ExitCode.SomeFailed;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("Stopped before the report. Run the same command again.");
            return ExitCode.Interrupted;
        }
        catch (DemoException exception)
        {
            Console.Error.WriteLine(exception.Message);
            return exception.GetBaseException() is IOException or UnauthorizedAccessException ? ExitCode.NotWritten : ExitCode.Usage;
        }
    }
}
