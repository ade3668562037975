using System.Text;
using Trabecula.Radiomics.Descriptions;
using Trabecula.Workbench.Extraction;

namespace Trabecula.Workbench.Explanations;

/// <summary>The pages of <c>docs/features</c>: an index, and one for each class, in Markdown.</summary>
public static class FeaturePages
{
    /// <summary>Every page by its file name.</summary>
    public static IReadOnlyDictionary<string, string> All()
    {
        var pages = FeatureCatalogue.Classes.ToDictionary(each => $"{each.Name}.md", Page);
        pages["README.md"] = Index();
        return pages;
    }

    /// <summary>Writes every page into a folder.</summary>
    /// <returns>How many there are.</returns>
    /// <exception cref="ExtractionException">One cannot be written.</exception>
    public static int Write(string folder)
    {
        IReadOnlyDictionary<string, string> pages = All();
        ExtractionException.Guard(folder, () =>
        {
            Directory.CreateDirectory(folder);
            foreach ((string name, string text) in pages)
                AtomicFile.Write(Path.Combine(folder, name), stream => stream.Write(Encoding.UTF8.GetBytes(text)));
        });
        return pages.Count;
    }

    private static string Index()
    {
        var text = new StringBuilder("# Features\n\n");
        text.Append("Every feature with its definition, formula, source and what it is in small and odd regions. Made by\n`trabecula explain --pages docs/features` from the descriptions that `trabecula explain FEATURE` prints; do not edit.\n\n");
        text.Append("| class | | features |\n|---|---|---|\n");
        foreach (ClassDescription each in FeatureCatalogue.Classes)
            text.Append($"| [{each.Name}]({each.Name}.md) | {each.Title} | {string.Join(", ", each.Features.Select(feature => $"[{feature.Name}]({each.Name}.md#{feature.Name.ToLowerInvariant()})"))} |\n");
        return text.ToString();
    }

    private static string Page(ClassDescription named)
    {
        var text = new StringBuilder($"# {named.Name}: {named.Title}\n\n{Escaped(named.About)}\n\n");
        text.Append($"NaN: {named.Undefined}. Source: {named.Source}.\n");
        foreach (FeatureDescription feature in named.Features)
        {
            text.Append($"\n## {feature.Name}\n\n{Escaped(feature.Definition)}\n\n```\n{feature.Formula}\n```\n");
            foreach (string remark in feature.Remarks)
                text.Append($"\n{Escaped(remark)}\n");
            if (feature.IbsiCode is not null)
                text.Append($"\nIBSI: {feature.IbsiCode}.\n");
        }
        AppendEdgeCases(text, named);
        return text.ToString();
    }

    private static void AppendEdgeCases(StringBuilder text, ClassDescription named)
    {
        EdgeCase[][] cases = [.. named.Features.Select(feature => ExampleRegions.Of(feature).ToArray())];
        int[] computed = [.. Enumerable.Range(0, cases[0].Length).Where(k => cases.Any(of => !of[k].Outcome.StartsWith("none", StringComparison.Ordinal)))];
        text.Append("\n## Small and odd regions\n\nOf one example image of 9 x 8 x 7 voxels of 1 mm, with a `binWidth` of 25 (1000 for one grey level).\n\n");
        foreach (int k in Enumerable.Range(0, cases[0].Length).Except(computed))
            text.Append($"- {cases[0][k].Region}: {cases[0][k].Outcome}\n");
        if (computed.Length == 0)
            return;
        text.Append($"\n| feature | {string.Join(" | ", computed.Select(k => cases[0][k].Region))} |\n|{string.Concat(Enumerable.Repeat("---|", computed.Length + 1))}\n");
        foreach ((int row, FeatureDescription feature) in named.Features.Index())
            text.Append($"| {feature.Name} | {string.Join(" | ", computed.Select(k => cases[row][k].Outcome.Split(':')[0]))} |\n");
    }

    // Stars and bars would be taken for Markdown's own.
    private static string Escaped(string text) => text.Replace("*", "\\*", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal);
}
