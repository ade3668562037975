using System.CommandLine;
using Trabecula.Workbench.Studies;

namespace Trabecula.Cli;

/// <summary><c>trabecula study init</c>: a commented plan to begin with.</summary>
internal static class StudyInitCommand
{
    private static readonly Argument<string?> Table = new("TABLE")
    {
        Description = "Table of subjects: .csv, .tsv, .parquet or .xlsx",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string> Output = new("--out", "-o")
    {
        Description = "Plan to write",
        HelpName = "FILE",
        DefaultValueFactory = _ => StudyExample.SoundPlan,
    };

    private static readonly Option<string?> Example = new("--example")
    {
        Description = "Write a synthetic study with two plans into this folder, in place of a plan for a table",
        HelpName = "DIR",
    };

    private static readonly Option<bool> Force = new("--force") { Description = "Replace files that are there" };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("init", "Write a commented plan from a table of subjects, or a worked example.") { Table, Output, Example, Force };
        command.SetAction(parsed => (parsed.GetValue(Table), parsed.GetValue(Example)) switch
        {
            ({ } table, null) => WritePlan(command, table, parsed.GetValue(Output)!, parsed.GetValue(Force)),
            (null, { } folder) => WriteExample(command, folder, parsed.GetValue(Force)),
            _ => CommandLine.Refuse(command, "Give either a TABLE or --example DIR."),
        });
        return command;
    }

    private static int WritePlan(Command command, string table, string plan, bool force)
    {
        if (string.IsNullOrWhiteSpace(table) || string.IsNullOrWhiteSpace(plan))
            return CommandLine.Refuse(command, "TABLE and --out must name files.");
        if (Path.GetFullPath(table) == Path.GetFullPath(plan))
            return CommandLine.Refuse(command, $"--out {plan} is the table itself: name another file.");
        if (!force && File.Exists(plan))
            return CommandLine.Refuse(command, $"'{plan}' exists: name another file with --out, or add --force to replace it.");
        return StudyErrors.Guard(() =>
        {
            foreach (string guess in StudyDraft.Write(table, plan).Guesses)
                Console.Out.WriteLine(guess);
            Console.Out.WriteLine($"Plan: {plan}. All of it is guessed: read it, then run trabecula study check {plan}");
            return ExitCode.Success;
        });
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
            Console.Out.WriteLine($"What a run would do: trabecula study check {Path.Combine(folder, StudyExample.SoundPlan)}");
            Console.Out.WriteLine($"Next: trabecula study run {Path.Combine(folder, StudyExample.SoundPlan)}");
            Console.Out.WriteLine($"The published order, which leaks: trabecula study run {Path.Combine(folder, StudyExample.PaperPlan)}");
            return ExitCode.Success;
        });
    }
}
