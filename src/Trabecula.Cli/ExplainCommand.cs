using System.CommandLine;
using Trabecula.Workbench;
using Trabecula.Workbench.Explanations;

namespace Trabecula.Cli;

/// <summary><c>trabecula explain</c>: what a feature means.</summary>
internal static class ExplainCommand
{
    private static readonly Argument<string?> Feature = new("FEATURE")
    {
        Description = "A feature (Contrast, glcm_Contrast, or a column such as wavelet-LLH_glcm_Contrast) or a class (glcm); all names without",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string?> Pages = new("--pages")
    {
        Description = "Write a page of every class into this folder instead",
        HelpName = "DIR",
    };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("explain", "Print a feature's definition, formula, edge cases and source.") { Feature, Pages, Overwriting.Option };
        command.SetAction(parsed => Run(command, parsed));
        return command;
    }

    private static int Run(Command command, ParseResult parsed)
    {
        if (parsed.GetValue(Pages) is string folder)
            return Overwriting.Guard([ExistingOutput.FolderRefusal(folder, Overwriting.IsAllowed(parsed))], () => ExtractionErrors.Guard(() => WritePages(folder)));
        string? name = parsed.GetValue(Feature);
        string? text = name is null ? FeatureExplanation.Overview() : FeatureExplanation.Of(name);
        if (text is null)
            return CommandLine.Refuse(command, FeatureExplanation.Unknown(name!));
        Console.Out.Write(text);
        return ExitCode.Success;
    }

    private static int WritePages(string folder)
    {
        Console.Out.WriteLine($"{folder}: {FeaturePages.Write(folder)} pages.");
        return ExitCode.Success;
    }
}
