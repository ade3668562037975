using System.CommandLine;
using Trabecula.Workbench.Deidentifying;

namespace Trabecula.Cli;

/// <summary><c>trabecula deidentify</c>: DICOM without what tells who the patient is.</summary>
internal static class DeidentifyCommand
{
    private static readonly Argument<string> Input = new("IN") { Description = "DICOM file or folder" };

    private static readonly Argument<string> Output = new("OUT") { Description = "New folder to write" };

    private static readonly Option<string?> Key = new("--key") { Description = "File of the secret by which identifiers are replaced; made where there is none (default: OUT.key)", HelpName = "FILE" };

    private static readonly Option<string?> Subject = new("--subject") { Description = "The study's name of the subject, for all files; else pseudonyms from the patients' numbers", HelpName = "ID" };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("deidentify",
            "Write DICOM files anew without what tells who the patient is (PS3.15 basic profile): only attributes that are known not to.") { Input, Output, Key, Subject };
        command.SetAction(parsed => Run(command, parsed));
        return command;
    }

    private static int Run(Command command, ParseResult parsed)
    {
        string output = parsed.GetValue(Output)!.TrimEnd('/', '\\');
        if (parsed.GetValue(Subject) is { } subject && (subject.Length is 0 or > 64 || subject.AsSpan().ContainsAny("\\^=\r\n")))
            return CommandLine.Refuse(command, "--subject: expected 1 to 64 letters without \\, ^ and =.");
        if (output.Length == 0)
            return CommandLine.Refuse(command, "OUT is empty: name a new folder.");
        using var progress = new SlowStages();
        return ExtractionErrors.Guard(cancellationToken =>
        {
            (IReadOnlyList<string> summary, IReadOnlyList<string> failures) = DeidentificationRun.Run(
                parsed.GetValue(Input)!, output, parsed.GetValue(Key) ?? output + ".key", parsed.GetValue(Subject), progress, cancellationToken);
            foreach (string failure in failures)
                Console.Error.WriteLine(failure);
            foreach (string line in summary)
                Console.Out.WriteLine(line);
            return failures.Count == 0 ? ExitCode.Success : ExitCode.SomeFailed;
        });
    }
}
