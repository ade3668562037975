using System.CommandLine;
using Trabecula.Workbench;
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

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("init", "Write a commented plan from a table of subjects, or a worked example.") { Table, Output, Example, Overwriting.Option };
        command.SetAction(parsed => (parsed.GetValue(Table), parsed.GetValue(Example)) switch
        {
            ({ } table, null) => WritePlan(table, parsed.GetValue(Output)!, Overwriting.IsAllowed(parsed)),
            (null, { } folder) => WriteExample(folder, Overwriting.IsAllowed(parsed)),
            _ => CommandLine.Refuse(command, "Give either a TABLE or --example DIR."),
        });
        return command;
    }

    private static int WritePlan(string table, string plan, bool overwrites)
    {
        return Overwriting.Guard([ExistingOutput.FileRefusal(plan, overwrites, table)], () => StudyErrors.Guard(() =>
        {
            foreach (string guess in StudyDraft.Write(table, plan).Guesses)
                Console.Out.WriteLine(guess);
            Console.Out.WriteLine($"Plan: {Path.GetFullPath(plan)}. All of it is guessed: read it, then run trabecula study check {plan}");
            return ExitCode.Success;
        }));
    }

    private static int WriteExample(string folder, bool overwrites)
    {
        return Overwriting.Guard([ExistingOutput.FolderRefusal(folder, overwrites)], () => StudyErrors.Guard(() =>
        {
            StudyExample.Write(folder);
            Console.Out.WriteLine($"A synthetic study is in {Path.GetFullPath(folder)}: no line of it is from a person.");
            Console.Out.WriteLine($"What a run would do: trabecula study check {Path.Combine(folder, StudyExample.SoundPlan)}");
            Console.Out.WriteLine($"Next: trabecula study run {Path.Combine(folder, StudyExample.SoundPlan)} (100 configurations of each model: some 3 minutes on 2 processors)");
            Console.Out.WriteLine($"The published order, which leaks: trabecula study run {Path.Combine(folder, StudyExample.PaperPlan)} (some 10 minutes)");
            return ExitCode.Success;
        }));
    }
}
