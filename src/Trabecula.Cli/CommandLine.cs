using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Reflection;
using System.Text.RegularExpressions;
using Trabecula.Workbench;

namespace Trabecula.Cli;

/// <summary>Runs a command line: errors are short and go to stderr, the exit code says what happened.</summary>
internal static partial class CommandLine
{
    private static readonly string[] s_help = ["--help", "-h", "-?"];

    /// <summary>Parses the arguments and runs the command they name.</summary>
    public static int Run(RootCommand root, string[] args)
    {
        try
        {
            int code = RunUnguarded(root, args);
            Console.Out.Flush();
            return code;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Faults of the files that a command works on have messages of their own: what is left is the console's.
            return Report($"The terminal, or the file in its place, cannot be written: {OneLine(exception.Message)}");
        }
        catch (Exception exception)
        {
            return Report($"Unexpected {exception.GetType().Name}: {OneLine(exception.Message)} Please report this.");
        }
    }

    private static int Report(string message)
    {
        try
        {
            Console.Error.WriteLine(message);
        }
        catch (IOException)
        {
            // Nobody can be told; the exit code remains.
        }
        return ExitCode.NotWritten;
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ").TrimEnd('.') + ".";

    private static int RunUnguarded(RootCommand root, string[] args)
    {
        if (args is ["--version"])
        {
            Console.Out.WriteLine(Version());
            return ExitCode.Success;
        }
        ParseResult parsed = root.Parse(args.Length == 0 ? ["--help"] : args);
        (string Option, string Next)[] without = [.. WithoutValue(parsed.CommandResult)];
        if (without.Any(each => s_help.Contains(each.Next)))
            parsed = root.Parse([.. PathOf(parsed.CommandResult.Command).Split(' ')[1..], s_help[0]]);
        else if (without.Length > 0)
            return Refuse(parsed.CommandResult.Command, string.Join('\n', without.Select(each => $"{each.Option} has no value: '{each.Next}', which follows, looks like an option.")));
        if (parsed.Action is ParseErrorAction)
            return Refuse(parsed);
        string[] empty = [.. EmptyOnes(parsed.CommandResult)];
        if (empty.Length > 0)
            return Refuse(parsed.CommandResult.Command, string.Join('\n', empty.Select(name => $"{name} is empty: give it a value.")));
        if (parsed.Action is HelpAction)
            LeaveToTheirOwnHelp(parsed.CommandResult.Command.Subcommands);
        try
        {
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (Exception exception)
        {
            // Only a fault of the program itself comes this far.
            Console.Error.WriteLine($"{exception.GetType().Name}: {exception.Message.ReplaceLineEndings(" ")} This is a fault of Trabecula: report it with the command.");
            return ExitCode.NotWritten;
        }
    }

    /// <summary>Options whose value the library took from the name of the next option.</summary>
    private static IEnumerable<(string Option, string Next)> WithoutValue(CommandResult command) =>
        from option in command.Children.OfType<OptionResult>()
        from token in option.Tokens
        where token.Value.StartsWith("--", StringComparison.Ordinal) || s_help.Contains(token.Value)
            || command.Command.Options.Any(other => other.Aliases.Contains(token.Value))
        select (option.Option.Name, token.Value);

    /// <summary>Arguments and options whose value is an empty text, as of a variable of a script that was not set.</summary>
    private static IEnumerable<string> EmptyOnes(CommandResult command) =>
        from child in command.Children
        where child.Tokens.Any(token => string.IsNullOrWhiteSpace(token.Value))
        select child is OptionResult option ? option.Option.Name : ((ArgumentResult)child).Argument.Name;

    /// <summary>In a list of commands each argument would look as if it had to be given.</summary>
    private static void LeaveToTheirOwnHelp(IEnumerable<Command> commands)
    {
        foreach (Argument argument in commands.SelectMany(command => command.Arguments))
            argument.Hidden = true;
    }

    /// <summary>A message about the arguments: what is wrong, and where help is.</summary>
    public static int Refuse(Command command, string message)
    {
        Console.Error.WriteLine(message);
        Console.Error.WriteLine($"Run '{PathOf(command)} --help' for the options.");
        return ExitCode.Usage;
    }

    private static int Refuse(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        string[] unknown = [.. parsed.UnmatchedTokens];
        if (unknown.Length == 0)
            return Refuse(command, string.Join('\n', parsed.Errors.Select(error => InWords(error.Message)).Distinct(StringComparer.Ordinal)));
        // What follows an unknown option is most likely its value, and not worth a message of its own.
        string[] options = [.. unknown.Where(token => token.StartsWith('-'))];
        return Refuse(command, string.Join('\n', (options.Length > 0 ? options : unknown).Select(token => Unknown(token, command))));
    }

    /// <summary>The library's message with a kind of number in words in place of a type of .NET.</summary>
    private static string InWords(string message) => NotANumber().Replace(message,
        found => $"{found.Groups["option"].Value} {found.Groups["value"].Value}: expected a {(found.Groups["type"].Value == "Double" ? "number" : "whole number")}.");

    [GeneratedRegex(@"^Cannot parse argument '(?<value>.*)' for (?:option|command) '(?<option>.*)' as expected type '(?:System\.Nullable`1\[)?System\.(?<type>Double|Int32)\]?'\.$")]
    private static partial Regex NotANumber();

    private static string Unknown(string token, Command command)
    {
        (string kind, IEnumerable<string> known) = token.StartsWith('-') ? ("not an option", command.Options.Select(option => option.Name))
            : command.Subcommands.Count > 0 ? ("not a command", command.Subcommands.Select(sub => sub.Name))
            : ("one argument too many", Array.Empty<string>());
        string? nearest = Spelling.Nearest(token, known);
        return $"'{token}' is {kind}.{(nearest is null ? "" : $" Did you mean {nearest}?")}";
    }

    private static string PathOf(Command command) =>
        command is RootCommand ? "trabecula" : $"{PathOf((Command)command.Parents.First())} {command.Name}";

    private static string Version()
    {
        string version = typeof(CommandLine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
        return $"trabecula {version.Split('+')[0]}";
    }
}
