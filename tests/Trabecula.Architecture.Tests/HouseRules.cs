using System.Text.RegularExpressions;

namespace Trabecula.Architecture.Tests;

/// <summary>Rules of the house that a machine can see. Each gives what breaks it, as text for the reader of a failed test.</summary>
internal static partial class HouseRules
{
    public const int MostLines = 400;

    // Put together so that this file does not break its own rule.
    private static readonly string[] Unfinished = ["TO" + "DO", "FIX" + "ME", "HA" + "CK:", "NotImplemented" + "Exception"];
    private static readonly string[] EmptyNames = ["Helper", "Manager", "Utils", "Utilities", "Utility"];

    public static IEnumerable<string> TooLong(SourceText text) =>
        text.Lines.Count > MostLines ? [$"{text.Path}: {text.Lines.Count} lines, at most {MostLines}"] : [];

    public static IEnumerable<string> LeftUnfinished(SourceText text) =>
        LinesWhere(text, line => Unfinished.Any(word => line.Contains(word, StringComparison.Ordinal)));

    /// <summary>Type names that say what a type is not, instead of the field's term for what it is.</summary>
    public static IEnumerable<string> NamedForNothing(CompiledAssembly assembly) =>
        assembly.TypeNames
            .Where(name => EmptyNames.Any(word => name.Contains(word, StringComparison.Ordinal)))
            .Select(name => $"{assembly.Name}: {name}");

    /// <summary>Paths of one machine and addresses of a package registry: a checkout must work anywhere.</summary>
    public static IEnumerable<string> TiedToAMachine(SourceText text) =>
        LinesWhere(text, line => MachinePath().IsMatch(line) || RegistryAddress().IsMatch(line));

    private static IEnumerable<string> LinesWhere(SourceText text, Func<string, bool> breaks) =>
        text.Lines.Index().Where(line => breaks(line.Item)).Select(line => $"{text.Path}({line.Index + 1}): {line.Item.Trim()}");

    [GeneratedRegex(@"(^|[^A-Za-z0-9_.~$}])/(home|root|work|mnt|media|Users)/|\b[A-Z]:\\Users\\")]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"https?://[a-z0-9.-]*(npm|nuget|pypi)[a-z0-9.-]*/")]
    private static partial Regex RegistryAddress();
}
