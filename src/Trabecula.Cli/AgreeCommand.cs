using System.CommandLine;
using System.Globalization;
using Trabecula.Workbench;
using Trabecula.Workbench.Extraction;
using Trabecula.Workbench.Readers;
using Trabecula.Workbench.Tables;

namespace Trabecula.Cli;

/// <summary><c>trabecula agree</c>: how far readers agree, on masks or on features.</summary>
internal static class AgreeCommand
{
    private static readonly Argument<string[]> Tables = new("CASES.csv|FEATURES.csv")
    {
        Description = "A table of cases with the columns Image, Mask and Mask2; a table of features with a column Reader; or a table of features for each reader",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string> Output = new("--out", "-o") { Description = "Folder to write", HelpName = "DIR", DefaultValueFactory = _ => "agreement" };

    private static readonly Option<string?> Labels = new("--label", "-l") { Description = "Labels or names of segments to compare, as in 20,21, or all", HelpName = "LABELS" };

    private static readonly Option<string> Tolerance = new("--tolerance")
    {
        Description = "Distances in mm that do not count in the surface Dice",
        HelpName = "MM",
        DefaultValueFactory = _ => "1,2",
    };

    private static readonly Option<string> Id = new("--id") { Description = "Column of the subjects' ids in tables of features", HelpName = "COLUMN", DefaultValueFactory = _ => "ID" };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("agree", "Compare readers: their masks (Dice, distances) or their features (concordance, intraclass correlation, limits of agreement).")
        {
            Tables, Output, Labels, Tolerance, Id, Overwriting.Option,
        };
        command.SetAction(parsed => Overwriting.Guard([ExistingOutput.FolderRefusal(parsed.GetValue(Output)!, Overwriting.IsAllowed(parsed))],
            () => ExtractionErrors.Guard(() => Run(command, parsed))));
        return command;
    }

    private static int Run(Command command, ParseResult parsed)
    {
        var tolerances = new List<double>();
        foreach (string word in parsed.GetValue(Tolerance)!.Split(','))
        {
            if (!double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double mm) || !(mm >= 0) || !double.IsFinite(mm))
                return CommandLine.Refuse(command, $"--tolerance {parsed.GetValue(Tolerance)}: expected distances in millimetres from 0, as in 1,2.");
            tolerances.Add(mm);
        }
        try
        {
            AgreementResult result = ReaderComparison.Run(new AgreementRequest
            {
                Tables = parsed.GetValue(Tables)!,
                Output = parsed.GetValue(Output)!,
                Labels = parsed.GetValue(Labels) is { } labels ? LabelSelection.Parse(labels) : null,
                TolerancesMm = tolerances,
                IdColumn = parsed.GetValue(Id)!,
            }, Console.Error.WriteLine);
            foreach (string failure in result.Failures)
                Console.Error.WriteLine(failure);
            foreach (string line in result.Summary)
                Console.Out.WriteLine(line);
            foreach (string file in result.Files)
                Console.Out.WriteLine(file);
            return result.Failures.Count == 0 ? ExitCode.Success : ExitCode.SomeFailed;
        }
        catch (TableException exception)
        {
            Console.Error.WriteLine(exception.Message);
            return ExitCode.Usage;
        }
    }
}
