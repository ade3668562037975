using System.CommandLine;
using Trabecula.Workbench.Audits;

namespace Trabecula.Cli;

/// <summary><c>trabecula audit</c>: whether reported results can be true together.</summary>
internal static class AuditCommand
{
    private static readonly Argument<string?> Reported = new("REPORTED.yaml")
    {
        Description = "Numbers that a study printed",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string?> Example = new("--example")
    {
        Description = "Write a file of reported results to begin with, that of the published study",
        HelpName = "FILE",
    };

    private static readonly Option<bool> Force = new("--force") { Description = "Replace the file that is there" };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("audit", "Check reported results for numbers that do not fit together, each finding with its arithmetic.") { Reported, Example, Force };
        command.SetAction(parsed => (parsed.GetValue(Reported), parsed.GetValue(Example)) switch
        {
            ({ Length: > 0 } file, null) => StudyErrors.Guard(() => Audit(file)),
            (null, { Length: > 0 } file) => WriteExample(command, file, parsed.GetValue(Force)),
            _ => CommandLine.Refuse(command, "Give either REPORTED.yaml or --example FILE."),
        });
        return command;
    }

    private static int Audit(string file)
    {
        ReportedResults report = ReportedFile.Read(file);
        IReadOnlyList<AuditFinding> findings = ResultsAudit.Of(report);
        if (report.Title.Length > 0)
            Console.Out.WriteLine(report.Title);
        foreach (AuditFinding finding in findings)
        {
            Console.Out.WriteLine();
            Console.Out.WriteLine($"{Word(finding.Verdict),-13}{finding.Place}");
            Console.Out.WriteLine($"    {finding.Statement}");
            if (finding.Arithmetic.Length > 0)
                Console.Out.WriteLine($"    {finding.Arithmetic}");
        }
        int misfits = findings.Count(finding => finding.Verdict == AuditVerdict.DoesNotFit);
        Console.Out.WriteLine();
        Console.Out.WriteLine(FormattableString.Invariant(
            $"{findings.Count} checked: {misfits} do not fit, {findings.Count(finding => finding.Verdict == AuditVerdict.Notable)} to look at."));
        Console.Out.WriteLine("The findings are about numbers as they were entered: a misprint, here or there, gives them too.");
        return misfits == 0 ? ExitCode.Success : ExitCode.Findings;
    }

    private static string Word(AuditVerdict verdict) => verdict switch
    {
        AuditVerdict.Fits => "fits",
        AuditVerdict.Notable => "look at",
        AuditVerdict.DoesNotFit => "does not fit",
        _ => "not checked",
    };

    private static int WriteExample(Command command, string file, bool force)
    {
        if (!force && File.Exists(file))
            return CommandLine.Refuse(command, $"'{file}' exists: name another file, or add --force to replace it.");
        ReportedFile.WriteExample(file);
        Console.Out.WriteLine($"Reported results of the published study: {file}");
        Console.Out.WriteLine($"Next: trabecula audit {file}");
        return ExitCode.Success;
    }
}
