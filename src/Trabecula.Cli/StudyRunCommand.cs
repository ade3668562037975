using System.CommandLine;
using System.Globalization;
using Trabecula.Workbench.Studies;

namespace Trabecula.Cli;

/// <summary><c>trabecula study run</c>: the whole study.</summary>
internal static class StudyRunCommand
{
    private static readonly Argument<string> Plan = new("study.yaml") { Description = "The plan" };

    private static readonly Option<string?> Output = new("--out", "-o")
    {
        Description = "Folder to write; by default that of the plan's name with -run, beside the plan",
        HelpName = "DIR",
    };

    private static readonly Option<string?> Jobs = new("--jobs", "-j")
    {
        Description = "Fits at the same time, by default one per processor; results stay the same",
        HelpName = "N",
    };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("run", "Run a study. A run that was stopped continues when it is started again.") { Plan, Output, Jobs };
        command.SetAction(parsed =>
        {
            int jobs = Environment.ProcessorCount;
            if (parsed.GetValue(Jobs) is { } text && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out jobs) || jobs < 1))
                return CommandLine.Refuse(command, $"--jobs {text}: expected a whole number from 1.");
            string plan = parsed.GetValue(Plan)!;
            return StudyErrors.Guard(() => Execute(plan, parsed.GetValue(Output) ?? StudyRun.DefaultFolder(plan), jobs));
        });
        return command;
    }

    private static int Execute(string plan, string folder, int jobs)
    {
        using var interruption = new Interruption();
        StudySummary summary = StudyRun.Run(plan, folder, jobs, new StageLines(), interruption.Token);
        foreach (string warning in summary.Warnings)
            Console.Error.WriteLine($"Warning: {warning}");
        foreach (string line in summary.Lines())
            Console.Out.WriteLine(line);
        if (summary.SyntheticData)
            Console.Out.WriteLine("The data is synthetic: no patient stands behind these numbers.");
        if (summary.Leaks)
            Console.Out.WriteLine("Profile paper: steps saw the held-out subjects, so these numbers are optimistic.");
        Console.Out.WriteLine($"Report: {Path.Combine(folder, "report.html")}");
        return ExitCode.Success;
    }
}
