using System.CommandLine;
using Trabecula.Workbench.Deidentifying;

namespace Trabecula.Cli;

/// <summary><c>trabecula deidentify</c>: DICOM files and clinical tables without what tells who the patient is.</summary>
internal static class DeidentifyCommand
{
    private static readonly Argument<string> Input = new("IN") { Description = "DICOM file or folder, or a clinical table (.csv, .tsv, .xlsx, .parquet)" };

    private static readonly Argument<string> Output = new("OUT") { Description = "New folder to write, or new table" };

    private static readonly Option<string> Key = new("--key")
    {
        Description = "File of the secret by which identifiers are replaced and dates shifted, the same in all runs with it; made where there is none, never overwritten",
        HelpName = "FILE",
        Required = true,
    };

    private static readonly Option<string?> Subject = new("--subject") { Description = "DICOM: the study's name of the subject, for all files; else pseudonyms from the patients' numbers", HelpName = "ID" };

    private static readonly Option<bool> ShiftDates = new("--shift-dates") { Description = "DICOM: keep the dates of study and series, shifted by the subject's days (113107); else they are left out" };

    private static readonly Option<string?> Id = new("--id") { Description = "Table: the column of the patients' numbers", HelpName = "COLUMN" };

    private static readonly Option<string[]> Drop = Columns("--drop", "Table: leave this column out");

    private static readonly Option<string[]> Keep = Columns("--keep", "Table: keep this column as it is, whatever it seems to hold");

    private static readonly Option<string[]> Dates = Columns("--date", "Table: this column holds dates");

    private static readonly Option<string?> Format = new("--date-format") { Description = "Table: how dates are written, as in dd/MM/yyyy, where it cannot be told", HelpName = "FORMAT" };

    private static readonly Option<string?> Linkage = new("--linkage") { Description = "Table: new file that says which pseudonym stands for whom, to keep with the key", HelpName = "FILE" };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("deidentify",
            "Write DICOM files (PS3.15 basic profile) or a clinical table anew without what tells who the patient is. Only what is known or judged harmless stays; "
            + "of a table, what was done with each column is reported. One key gives one subject one pseudonym and one shift of days in both.")
        {
            Input, Output, Key, Subject, ShiftDates, Id, Drop, Keep, Dates, Format, Linkage,
        };
        command.SetAction(parsed => Run(command, parsed));
        return command;
    }

    private static Option<string[]> Columns(string name, string description) =>
        new(name) { Description = description + " (may stand several times)", HelpName = "COLUMN", DefaultValueFactory = _ => [] };

    private static int Run(Command command, ParseResult parsed)
    {
        string input = parsed.GetValue(Input)!, output = parsed.GetValue(Output)!.TrimEnd('/', '\\');
        if (output.Length == 0)
            return CommandLine.Refuse(command, "OUT is empty: name a new folder or table.");
        bool table = TableDeidentification.IsTable(input);
        foreach (Option option in (Option[])(table ? [Subject, ShiftDates] : [Id, Drop, Keep, Dates, Format, Linkage]))
        {
            if (parsed.GetResult(option) is { Implicit: false })
                return CommandLine.Refuse(command, $"{option.Name} is for {(table ? "DICOM" : "tables")}, and IN is {(table ? "a table" : "none")}.");
        }
        return table ? RunTable(command, parsed, input, output) : RunDicom(command, parsed, input, output);
    }

    private static int RunDicom(Command command, ParseResult parsed, string input, string output)
    {
        if (parsed.GetValue(Subject) is { } subject && (subject.Length is 0 or > 64 || subject.AsSpan().ContainsAny("\\^=\r\n")))
            return CommandLine.Refuse(command, "--subject: expected 1 to 64 letters without \\, ^ and =.");
        using var progress = new SlowStages();
        return ExtractionErrors.Guard(cancellationToken =>
        {
            (IReadOnlyList<string> summary, IReadOnlyList<string> failures) = DeidentificationRun.Run(
                input, output, parsed.GetValue(Key)!, parsed.GetValue(Subject), parsed.GetValue(ShiftDates), progress, cancellationToken);
            foreach (string failure in failures)
                Console.Error.WriteLine(failure);
            foreach (string line in summary)
                Console.Out.WriteLine(line);
            return failures.Count == 0 ? ExitCode.Success : ExitCode.SomeFailed;
        });
    }

    private static int RunTable(Command command, ParseResult parsed, string input, string output)
    {
        if (parsed.GetValue(Format) is { } format && !TableDeidentification.IsDateFormat(format))
            return CommandLine.Refuse(command, "--date-format: expected day, month and year, as in dd.MM.yyyy or M/d/yy.");
        return ExtractionErrors.Guard(cancellationToken =>
        {
            (IReadOnlyList<ColumnTreatment> columns, IReadOnlyList<string> summary) = TableDeidentification.Run(new TableDeidentificationRequest
            {
                Input = input,
                Output = output,
                Key = parsed.GetValue(Key)!,
                Subject = parsed.GetValue(Id),
                Drop = parsed.GetValue(Drop)!,
                Keep = parsed.GetValue(Keep)!,
                Dates = parsed.GetValue(Dates)!,
                DateFormat = parsed.GetValue(Format),
                Linkage = parsed.GetValue(Linkage),
            }, cancellationToken);
            int width = Math.Min(40, columns.Max(column => column.Column.Length));
            foreach (ColumnTreatment column in columns)
                Console.Out.WriteLine(column.Line(width));
            foreach (string line in summary)
                Console.Out.WriteLine(line);
            return ExitCode.Success;
        });
    }
}
