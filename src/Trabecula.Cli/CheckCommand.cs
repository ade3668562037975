using System.CommandLine;
using Trabecula.Workbench;
using Trabecula.Workbench.Conformance;
using Trabecula.Workbench.Studies.Plans;

namespace Trabecula.Cli;

/// <summary><c>trabecula check</c>: whether every case was acquired as a protocol asks.</summary>
internal static class CheckCommand
{
    private static readonly Argument<string> Cases = new("CASES.csv") { Description = "Table of cases with the columns Image and Mask, where wanted ID" };

    private static readonly Option<string> Protocol = new("--protocol", "-p") { Description = "Protocol of acquisition (.yaml)", HelpName = "FILE", Required = true };

    private static readonly Option<string> Output = new("--out", "-o")
    {
        Description = "Table to write: a row a case, a column a criterion",
        HelpName = "FILE.csv",
        DefaultValueFactory = _ => "conformance.csv",
    };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("check", "Check the images of a table of cases against a protocol of acquisition: voltage, slices, matrix, scanner, tube current, rotation.")
        {
            Cases, Protocol, Output, Overwriting.Option,
        };
        command.SetAction(parsed =>
        {
            string cases = parsed.GetValue(Cases)!, protocol = parsed.GetValue(Protocol)!, output = parsed.GetValue(Output)!;
            return Overwriting.Guard([ExistingOutput.FileRefusal(output, Overwriting.IsAllowed(parsed), cases, protocol)],
                () => ExtractionErrors.Guard(() => Run(cases, protocol, output)));
        });
        return command;
    }

    private static int Run(string cases, string protocol, string output)
    {
        try
        {
            ConformanceResult result = ConformanceCheck.Run(cases, protocol, output);
            foreach (string failure in result.Failures)
                Console.Error.WriteLine(failure);
            foreach (string line in result.Lines)
                Console.Out.WriteLine(line);
            Console.Out.WriteLine(output);
            return result.Failures.Count > 0 ? ExitCode.SomeFailed : result.NotMet > 0 ? ExitCode.Findings : ExitCode.Success;
        }
        catch (PlanException exception)
        {
            Console.Error.WriteLine(exception.Message);
            return ExitCode.Usage;
        }
    }
}
