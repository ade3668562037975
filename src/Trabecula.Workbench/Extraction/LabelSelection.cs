using System.Globalization;

namespace Trabecula.Workbench.Extraction;

/// <summary>The labels of each mask to extract features of.</summary>
public sealed record LabelSelection
{
    private LabelSelection(IReadOnlyList<uint>? labels, IReadOnlyList<string>? names = null) => (Labels, Names) = (labels, names);

    /// <summary>All labels of a mask but 0.</summary>
    public static LabelSelection All { get; } = new((IReadOnlyList<uint>?)null);

    /// <summary>The labels in the order asked for; null for all that a mask holds, and where names are asked for.</summary>
    public IReadOnlyList<uint>? Labels { get; }

    /// <summary>Names of segments in the order asked for, numbers among them as text; null where only numbers are asked for.</summary>
    public IReadOnlyList<string>? Names { get; }

    /// <summary>These labels.</summary>
    public static LabelSelection Of(params IReadOnlyList<uint> labels) => new(labels);

    /// <summary>Reads <c>all</c>, or labels and names of segments with commas between them.</summary>
    /// <exception cref="ExtractionException">A label is neither a whole number above 0 nor a name, or stands twice.</exception>
    public static LabelSelection Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Equals("all", StringComparison.OrdinalIgnoreCase))
            return All;
        string[] parts = text.Split(',', StringSplitOptions.TrimEntries);
        if (Array.Exists(parts, IsName) && Array.TrueForAll(parts, part => IsName(part) || TryParse(part, out _)))
        {
            return parts.Distinct(StringComparer.Ordinal).Count() == parts.Length
                ? new LabelSelection(null, parts) : throw ExtractionException.Input($"--label {text}: a name stands twice. Name each segment once.");
        }
        var labels = new List<uint>();
        foreach (string part in text.Split(','))
        {
            if (!TryParse(part, out uint label))
            {
                throw ExtractionException.Input($"--label {text}: '{part.Trim()}' is not a label. " +
                    "Give whole numbers from 1 or names of segments with commas between them, as in 20,21,22, or all.");
            }
            if (labels.Contains(label))
                throw ExtractionException.Input($"--label {text}: label {part.Trim()} stands twice. Name each label once.");
            labels.Add(label);
        }
        return new LabelSelection(labels);
    }

    /// <summary>Whether a text is the name of a segment: it has a letter.</summary>
    internal static bool IsName(string text) => text.Any(char.IsLetter);

    /// <summary>Reads one label: a whole number from 1, also as <c>1.0</c>, which spreadsheets and pandas make of it.</summary>
    internal static bool TryParse(string text, out uint label) =>
        uint.TryParse(text.Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out label) && label > 0;
}
