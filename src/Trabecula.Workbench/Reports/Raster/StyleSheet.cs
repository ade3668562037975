using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Trabecula.Workbench.Reports.Raster;

/// <summary>
/// As much of CSS as the styles of figures need: rules by class, by two classes, and by a tag within a class; variables; the style attribute. The more
/// particular rule wins, and of two alike the later one.
/// </summary>
internal sealed partial class StyleSheet
{
    private readonly List<Rule> _rules = [];
    private readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal);

    /// <summary>Reads rules; those within @media are passed over, so that a figure is light.</summary>
    internal StyleSheet(string css)
    {
        foreach (Match match in RulePattern().Matches(MediaPattern().Replace(css, "")))
        {
            KeyValuePair<string, string>[] properties = [.. Properties(match.Groups[2].Value)];
            foreach (string selector in match.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                if (selector == ":root")
                {
                    foreach ((string name, string value) in properties)
                        _variables[name] = value;
                }
                else if (Rule.Of(selector, properties) is { } rule)
                    _rules.Add(rule);
            }
        }
        _rules = [.. _rules.OrderBy(rule => rule.Weight)];
    }

    /// <summary>The properties of an element, on top of those that it inherits.</summary>
    internal Dictionary<string, string> Of(XElement element, IReadOnlyDictionary<string, string> inherited)
    {
        var found = new Dictionary<string, string>(inherited, StringComparer.Ordinal);
        // Opacity is of the element itself.
        found.Remove("opacity");
        foreach (XAttribute attribute in element.Attributes())
            found[attribute.Name.LocalName] = attribute.Value;
        IEnumerable<KeyValuePair<string, string>> rules = _rules.Where(rule => rule.Meets(element)).SelectMany(rule => rule.Properties);
        foreach ((string name, string value) in rules.Concat(Properties(element.Attribute("style")?.Value ?? "")))
            found[name] = Resolve(value);
        if (found.Remove("font", out string? font) && SizePattern().Match(font) is { Success: true } size)
            found["font-size"] = size.Value;
        return found;
    }

    /// <summary>Rules and variables that the classes of a figure need, for a file of its own.</summary>
    internal string For(IEnumerable<XElement> elements)
    {
        XElement[] all = [.. elements];
        return string.Concat(_rules.Where(rule => all.Any(rule.Meets)).Select(rule =>
            $"{rule.Selector}{{{string.Join(';', rule.Properties.Select(property => $"{property.Key}:{Resolve(property.Value)}"))}}}\n"));
    }

    /// <summary>A value with its variables put in.</summary>
    internal string Resolve(string value) => VariablePattern().Replace(value, match =>
        _variables.TryGetValue(match.Groups[1].Value, out string? known) ? known : match.Groups[2].Success ? match.Groups[2].Value : "currentColor");

    private static IEnumerable<KeyValuePair<string, string>> Properties(string text) =>
        from part in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        let colon = part.IndexOf(':', StringComparison.Ordinal)
        where colon > 0
        select KeyValuePair.Create(part[..colon].Trim(), part[(colon + 1)..].Trim());

    [GeneratedRegex(@"([^{}]+)\{([^{}]*)\}", RegexOptions.CultureInvariant)]
    private static partial Regex RulePattern();

    [GeneratedRegex(@"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", RegexOptions.CultureInvariant)]
    private static partial Regex MediaPattern();

    [GeneratedRegex(@"var\((--[\w-]+)(?:,([^()]*))?\)", RegexOptions.CultureInvariant)]
    private static partial Regex VariablePattern();

    [GeneratedRegex(@"[0-9.]+px", RegexOptions.CultureInvariant)]
    private static partial Regex SizePattern();

    private sealed record Rule(string Selector, string? Within, string[] Classes, string? Tag, IReadOnlyList<KeyValuePair<string, string>> Properties)
    {
        internal int Weight => 10 * (Classes.Length + (Within is null ? 0 : 1)) + (Tag is null ? 0 : 1);

        internal static Rule? Of(string selector, IReadOnlyList<KeyValuePair<string, string>> properties)
        {
            string[] parts = selector.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (parts.Length > 2 || !parts[0].StartsWith('.') || selector.Contains(':', StringComparison.Ordinal))
                return null;
            string last = parts[^1], tag = last.Split('.')[0];
            return new Rule(selector, parts.Length == 2 ? parts[0][1..] : null, last.Split('.')[1..], tag.Length == 0 ? null : tag, properties);
        }

        internal bool Meets(XElement element) =>
            (Tag is null || element.Name.LocalName == Tag) && Classes.All(name => Has(element, name)) &&
            (Within is null || element.Ancestors().Any(ancestor => Has(ancestor, Within)));

        private static bool Has(XElement element, string name) => element.Attribute("class")?.Value.Split(' ').Contains(name) == true;
    }
}
