using YamlDotNet.Core;

namespace Trabecula.Radiomics.Parameters;

/// <summary>Why a text cannot be read as YAML, in words for whoever wrote it: a parser's own are about its tokens.</summary>
public static class YamlFault
{
    private const string AtThisPlace = "Correct the indentation, quotes or brackets at this place.";

    /// <summary>What a message of YamlDotNet, or of a reader of its events, has in it; what that means (the message itself where null); the cure. The first that fits.</summary>
    private static readonly (string Part, string? Meaning, string Cure)[] s_faults =
    [
        ("stands as a key", null, "Write a word and a colon; a text with braces, brackets or * in it goes in quotes."),
        ("nested more than", null, AtThisPlace), ("aliases written out", null, "Write what is meant without aliases."), ("has no anchor", null, "Write the value itself."),
        (" tab ", "a tab stands where only spaces indent", "Indent with spaces."),
        ("cannot start any token", "a value begins with a sign that it must not begin with, such as @, %, ` or a tab", "Put the value in quotes, and indent with spaces."),
        ("escape", "a backslash in double quotes begins no known sign", "Write the text in single quotes."),
        ("hexadecimal", "a backslash in double quotes begins no known sign", "Write the text in single quotes."),
        ("quoted scalar", "a quote is opened and not closed", "Close it; within single quotes an apostrophe is written twice."),
        ("flow", "a list in brackets or a block in braces lacks a comma or its end", "Part its items by commas, and close it."),
        ("invalid mapping", "a value has a colon in it, as only a key has", "Put the value in quotes, or indent the key as those beside it."),
        ("Mapping values", "a value has a colon in it, as only a key has", "Put the value in quotes, or indent the key as those beside it."),
        ("'-' indicator", "a line stands among the items of a list and is none", "Begin each item with - and a space, and indent all alike."),
        ("sequence entries", "an item of a list stands beside a key", "Begin each item on a line of its own, with - and a space."),
        ("expected key", "expected a key, indented as those beside it, and a colon and a space after it", "Correct the line; a text with quotes, brackets or * in it goes in quotes."),
        ("simple key", "expected a key, indented as those beside it, and a colon and a space after it", "Correct the line; a text with quotes, brackets or * in it goes in quotes."),
        ("block scalar", "a value begins with | or >, which begin a text of several lines", "Put the value in quotes."),
        ("anchor", "a value begins with & or *, which mark what is written once and meant twice", "Put the value in quotes."),
        (" tag", "a value begins with !, which marks a type", "Put the value in quotes."),
        ("parsing a node", "expected a value, and found a comma or the end of a list", "Write the value; a text of such signs goes in quotes."),
    ];

    /// <summary>Where a text cannot be read: the line, its key or that before, what is wrong without a full stop, and what to do.</summary>
    /// <param name="fault">What the parser threw.</param>
    /// <param name="lastLine">The line that was read last.</param>
    /// <param name="lastKey">The key that was read last; line 0 before any.</param>
    /// <returns>Path is empty where no key stands in the line; After then names the one before it.</returns>
    public static (int Line, string Path, string After, string Problem, string Cure) Of(Exception fault, int lastLine, (int Line, string Path) lastKey)
    {
        ArgumentNullException.ThrowIfNull(fault);
        int line = fault is YamlException placed ? (int)placed.Start.Line : lastLine;
        (string problem, string cure) = Words(fault);
        return line == lastKey.Line ? (line, lastKey.Path, "", problem, cure) : (line, "", lastKey.Line == 0 ? "" : $" after the key {lastKey.Path}", problem, cure);
    }

    private static (string Problem, string Cure) Words(Exception fault)
    {
        // YamlDotNet's way to meet a mapping in braces that ends without a comma and a brace.
        if (fault is InvalidOperationException)
            return ("a comma, brace or bracket is missing after this line", "Close what is open, or part it by commas.");
        (string? part, string? meaning, string cure) = Array.Find(s_faults, each => fault.Message.Contains(each.Part, StringComparison.Ordinal));
        return part is null ? ("expected keys, values and lists", AtThisPlace) : (meaning ?? fault.Message, cure);
    }
}
