using System.CommandLine;
using Trabecula.Workbench.Studies;

namespace Trabecula.Cli;

/// <summary><c>trabecula study init</c>: a commented plan to begin with.</summary>
internal static class StudyInitCommand
{
    private static readonly Option<string?> Example = new("--example")
    {
        Description = "Write a synthetic study with two plans into this folder",
        HelpName = "DIR",
    };

    private static readonly Option<bool> Force = new("--force") { Description = "Replace files that are there" };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("init", "Write a commented plan to begin with, or a worked example.") { Example, Force };
        command.SetAction(parsed => parsed.GetValue(Example) is { } folder
            ? WriteExample(command, folder, parsed.GetValue(Force))
            : CommandLine.Refuse(command, "Give --example DIR."));
        return command;
    }

    private static int WriteExample(Command command, string folder, bool force)
    {
        if (string.IsNullOrWhiteSpace(folder))
            return CommandLine.Refuse(command, "--example is empty: name a folder.");
        if (!force && Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
            return CommandLine.Refuse(command, $"'{folder}' is not empty: name another folder, or add --force to replace the example's files in it.");
        return StudyErrors.Guard(() =>
        {
            StudyExample.Write(folder);
            Console.Out.WriteLine($"A synthetic study is in {folder}: no line of it is from a person.");
            Console.Out.WriteLine($"Next: trabecula study run {Path.Combine(folder, StudyExample.SoundPlan)}");
            Console.Out.WriteLine($"The published order, which leaks: trabecula study run {Path.Combine(folder, StudyExample.PaperPlan)}");
            return ExitCode.Success;
        });
    }
}
