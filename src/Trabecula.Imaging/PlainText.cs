using System.Globalization;

namespace Trabecula.Imaging;

/// <summary>Text of files as it may be shown: a name with an escape sequence in it would otherwise move a terminal's cursor, and one with a line break forge a line of a report.</summary>
public static class PlainText
{
    private const char Replacement = '\uFFFD';

    /// <summary>The text with each control character, line break and mark of writing direction replaced by U+FFFD.</summary>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Any(IsHidden) ? string.Concat(text.Select(letter => IsHidden(letter) ? Replacement : letter)) : text;
    }

    /// <summary>The text, or its beginning with its length where it is longer: a cell of a megabyte would bury the message that it stands in.</summary>
    /// <param name="text">The text.</param>
    /// <param name="most">How many letters are shown.</param>
    public static string Excerpt(string text, int most)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length <= most ? text : string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, most)}... ({text.Length} letters)");
    }

    /// <summary>Names in a message, or the first of them and how many more there are: hundreds would bury what the message says of them.</summary>
    /// <param name="names">The names.</param>
    /// <param name="most">How many are shown.</param>
    /// <param name="separator">What stands between them.</param>
    public static string List(IReadOnlyCollection<string> names, int most = 10, string separator = ", ")
    {
        ArgumentNullException.ThrowIfNull(names);
        return string.Join(separator, names.Take(most)) + (names.Count > most ? string.Create(CultureInfo.InvariantCulture, $" and {names.Count - most} more") : "");
    }

    // Joiners stay, without which some scripts cannot be written.
    private static bool IsHidden(char letter) => letter is not ('\u200C' or '\u200D') && char.GetUnicodeCategory(letter)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
