using System.Text;
using Trabecula.Radiomics.Descriptions;

namespace Trabecula.Workbench.Explanations;

/// <summary>What <c>trabecula explain</c> says of a feature or a class.</summary>
public static class FeatureExplanation
{
    private const int Width = 100;
    private const int LabelWidth = 10;

    /// <summary>The explanation of every feature, or the class, that a name stands for; null where there is none.</summary>
    /// <param name="name">A feature, a class and feature, a column of a table, or a class.</param>
    public static string? Of(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (FeatureCatalogue.Classes.FirstOrDefault(each => string.Equals(each.Name, name.Trim(), StringComparison.OrdinalIgnoreCase)) is { } named)
            return OfClass(named);
        IReadOnlyList<FeatureDescription> features = FeatureCatalogue.Find(name);
        return features.Count == 0 ? null : string.Join('\n', features.Select(OfFeature));
    }

    /// <summary>A message about a name that is no feature, with the likest ones.</summary>
    public static string Unknown(string name) =>
        $"'{name}' is not a feature. The nearest names: {string.Join(", ", FeatureCatalogue.Nearest(name))}.";

    /// <summary>The classes and their features, by name.</summary>
    public static string Overview()
    {
        var text = new StringBuilder();
        foreach (ClassDescription each in FeatureCatalogue.Classes)
        {
            text.Append(each.Name).Append(": ").Append(each.Title).Append('\n');
            AppendWrapped(text, "", string.Join(", ", each.Features.Select(feature => feature.Name)));
            text.Append('\n');
        }
        return text.ToString();
    }

    private static string OfClass(ClassDescription named)
    {
        var text = new StringBuilder();
        text.Append(named.Name).Append(": ").Append(named.Title).Append("\n\n");
        AppendWrapped(text, "", named.About);
        text.Append('\n');
        AppendWrapped(text, "Features", string.Join(", ", named.Features.Select(feature => feature.Name)));
        AppendWrapped(text, "NaN", named.Undefined);
        AppendWrapped(text, "Source", named.Source);
        return text.ToString();
    }

    private static string OfFeature(FeatureDescription feature)
    {
        ClassDescription named = FeatureCatalogue.Classes.First(each => each.Class == feature.Class);
        var text = new StringBuilder();
        text.Append(feature.FullName).Append(" (").Append(named.Title).Append(")\n\n");
        AppendWrapped(text, "", feature.Definition);
        text.Append('\n');
        AppendWrapped(text, "Formula", feature.Formula);
        AppendWrapped(text, "Symbols", named.About);
        foreach (string remark in feature.Remarks)
            AppendWrapped(text, "Remark", remark);
        AppendWrapped(text, "NaN", named.Undefined);
        AppendWrapped(text, "Source", named.Source + (feature.IbsiCode is null ? "" : $", feature {feature.IbsiCode}"));
        text.Append("\n  In small and odd regions of an example image:\n");
        foreach (EdgeCase each in ExampleRegions.Of(feature))
            text.Append("    ").Append(each.Region.PadRight(34)).Append(each.Outcome).Append('\n');
        return text.ToString();
    }

    private static void AppendWrapped(StringBuilder text, string label, string content)
    {
        string indent = new(' ', label.Length == 0 ? 2 : 2 + LabelWidth);
        string line = label.Length == 0 ? indent : "  " + label.PadRight(LabelWidth);
        bool isEmpty = true;
        foreach (string word in content.Split(' '))
        {
            if (!isEmpty && line.Length + 1 + word.Length > Width)
            {
                text.Append(line).Append('\n');
                (line, isEmpty) = (indent, true);
            }
            line += isEmpty ? word : " " + word;
            isEmpty = false;
        }
        text.Append(line).Append('\n');
    }
}
