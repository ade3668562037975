using System.Globalization;

namespace Trabecula.Workbench.Extraction;

/// <summary>The labels of each mask to extract features of.</summary>
public sealed record LabelSelection
{
    private LabelSelection(IReadOnlyList<uint>? labels) => Labels = labels;

    /// <summary>All labels of a mask but 0.</summary>
    public static LabelSelection All { get; } = new((IReadOnlyList<uint>?)null);

    /// <summary>The labels in the order asked for; null for all that a mask holds.</summary>
    public IReadOnlyList<uint>? Labels { get; }

    /// <summary>These labels.</summary>
    public static LabelSelection Of(params IReadOnlyList<uint> labels) => new(labels);

    /// <summary>Reads <c>all</c>, a label, or labels with commas between them.</summary>
    /// <exception cref="ExtractionException">A label is not a whole number above 0, or stands twice.</exception>
    public static LabelSelection Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Equals("all", StringComparison.OrdinalIgnoreCase))
            return All;
        var labels = new List<uint>();
        foreach (string part in text.Split(','))
        {
            if (!TryParse(part, out uint label))
            {
                throw ExtractionException.Input($"--label {text}: '{part.Trim()}' is not a label. " +
                    "Give whole numbers from 1 with commas between them, as in 20,21,22, or all.");
            }
            if (labels.Contains(label))
                throw ExtractionException.Input($"--label {text}: label {part.Trim()} stands twice. Name each label once.");
            labels.Add(label);
        }
        return new LabelSelection(labels);
    }

    /// <summary>Reads one label: a whole number from 1, also as <c>1.0</c>, which spreadsheets and pandas make of it.</summary>
    internal static bool TryParse(string text, out uint label) =>
        uint.TryParse(text.Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out label) && label > 0;
}
