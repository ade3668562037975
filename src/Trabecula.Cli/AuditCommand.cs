using System.CommandLine;
using Trabecula.Workbench;
using Trabecula.Workbench.Audits;

namespace Trabecula.Cli;

/// <summary><c>trabecula audit</c>: whether reported results can be true together.</summary>
internal static class AuditCommand
{
    private static readonly Argument<string?> Reported = new("REPORTED.yaml|STUDY")
    {
        Description = "Numbers that a study printed, or the folder of a study that Trabecula ran",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string?> Example = new("--example")
    {
        Description = "Write a file of reported results to begin with, that of the published study",
        HelpName = "FILE",
    };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("audit", "Check reported results for numbers that do not fit together, or prove from a study's folder that nothing leaked.") { Reported, Example, Overwriting.Option };
        command.SetAction(parsed => (parsed.GetValue(Reported), parsed.GetValue(Example)) switch
        {
            ({ Length: > 0 } file, null) => StudyErrors.Guard(() => Directory.Exists(file) ? AuditStudy(file) : AuditReport(file)),
            (null, { Length: > 0 } file) => Overwriting.Guard([ExistingOutput.FileRefusal(file, Overwriting.IsAllowed(parsed))], () => StudyErrors.Guard(() => WriteExample(file))),
            _ => CommandLine.Refuse(command, "Give REPORTED.yaml, the folder of a study, or --example FILE."),
        });
        return command;
    }

    private static int AuditReport(string file)
    {
        ReportedResults report = ReportedFile.Read(file);
        if (report.Title.Length > 0)
            Console.Out.WriteLine(report.Title);
        int code = Print(ResultsAudit.Of(report));
        Console.Out.WriteLine("The findings are about numbers as they were entered: a misprint, here or there, gives them too.");
        return code;
    }

    private static int AuditStudy(string folder)
    {
        Console.Out.WriteLine($"{folder}: what every fit has seen, by the classes of leakage of Kapoor and Narayanan (2023)");
        return Print(StudyAudit.Of(folder));
    }

    private static int Print(IReadOnlyList<AuditFinding> findings)
    {
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
        return misfits == 0 ? ExitCode.Success : ExitCode.Findings;
    }

    private static string Word(AuditVerdict verdict) => verdict switch
    {
        AuditVerdict.Fits => "fits",
        AuditVerdict.Notable => "look at",
        AuditVerdict.DoesNotFit => "does not fit",
        _ => "not checked",
    };

    private static int WriteExample(string file)
    {
        ReportedFile.WriteExample(file);
        Console.Out.WriteLine($"Reported results of the published study: {file}");
        Console.Out.WriteLine($"Next: trabecula audit {file}");
        return ExitCode.Success;
    }
}
