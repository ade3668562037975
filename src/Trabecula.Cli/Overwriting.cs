using System.CommandLine;
using Trabecula.Workbench;

namespace Trabecula.Cli;

/// <summary>The option of all commands that write: what is there is replaced only with it.</summary>
internal static class Overwriting
{
    /// <summary><c>--overwrite</c>.</summary>
    public static readonly Option<bool> Option = new(ExistingOutput.Option) { Description = "Replace what is there" };

    /// <summary>Whether it is given.</summary>
    public static bool IsAllowed(ParseResult parsed) => parsed.GetValue(Option);

    /// <summary>Does the work, unless a refusal of an output speaks against it.</summary>
    public static int Guard(string?[] refusals, Func<int> work)
    {
        string[] problems = [.. refusals.OfType<string>()];
        if (problems.Length == 0)
            return work();
        foreach (string problem in problems)
            Console.Error.WriteLine(problem);
        return ExitCode.Usage;
    }
}
