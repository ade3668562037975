using System.Text.RegularExpressions;
using Xunit;

namespace Trabecula.Radiomics.Tests.Conformance;

/// <summary>
/// Holds the tables of <c>docs/conformance.md</c> to what the code does now. <c>docs/conformance.sh</c> runs these tests with
/// TRABECULA_WRITE_CONFORMANCE set, and then they write the tables instead.
/// </summary>
public sealed class ConformanceDocumentTests
{
    private static readonly string DocumentPath = Path.Combine(RepositoryPaths.Root, "docs", "conformance.md");

    [Fact]
    public void SyntheticTable_Document_IsCurrent() => Check(
        "synthetic", ConformanceTable.Rows(GoldenCase.Synthetic().Select(c => GoldenCase.ReadSynthetic(c.Name, c.Settings))));

    [Fact]
    public void RealTable_Document_IsCurrent()
    {
        (string Name, string Settings)[] cases = [.. GoldenCase.Real()];
        Assert.SkipWhen(cases.Length == 0, "The open data is not there (../shared/data or TRABECULA_TEST_DATA); its rows stay as last measured.");
        Check("real", ConformanceTable.Rows(cases.Select(c => GoldenCase.ReadReal(c.Name, c.Settings))));
    }

    private static void Check(string table, string rows)
    {
        string document = File.ReadAllText(DocumentPath);
        string current = Block(table).Match(document).Groups["rows"].Value;
        if (Environment.GetEnvironmentVariable("TRABECULA_WRITE_CONFORMANCE") is string date)
        {
            document = Block(table).Replace(document, match => match.Groups["head"].Value + rows + match.Groups["tail"].Value);
            document = Regex.Replace(document, $"(<!-- {table} date -->).*", $"$1 Measured on {date}.");
            File.WriteAllText(DocumentPath, document);
            return;
        }
        // Without the shared references only the settings that this repository holds are measured.
        string[] measured = [.. rows.Split('\n').Select(SettingsOf).Distinct()];
        Assert.Equal(rows, string.Concat(current.Split('\n').Where(row => row.Length > 0 && measured.Contains(SettingsOf(row))).Select(row => row + "\n")));
    }

    private static string SettingsOf(string row) => row.Split(' ').ElementAtOrDefault(1) ?? "";

    /// <summary>The rows between the table's head line and the comment that ends it.</summary>
    private static Regex Block(string table) =>
        new($@"(?<head><!-- {table} table -->\n\|[^\n]*\n\|[^\n]*\n)(?<rows>(\|[^\n]*\n)*)(?<tail><!-- end of {table} table -->)");
}
