using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;

namespace Trabecula.Cli.Tests;

/// <summary>
/// Compares an output with PyRadiomics' own: the same text but for the versions, which are ours, and the last digits of features.
/// </summary>
internal static partial class LayoutComparison
{
    private const double Relative = 1e-6;
    private const double Absolute = 1e-9;

    public static void AssertSame(string expected, string actual, bool json)
    {
        if (json)
        {
            string[] expectedLines = Lines(expected), actualLines = Lines(actual);
            Assert.Equal(expectedLines.Length, actualLines.Length);
            Assert.All(expectedLines.Zip(actualLines), pair => AssertSameText(pair.First, pair.Second));
            return;
        }
        List<string[]> expectedRows = Rows(expected), actualRows = Rows(actual);
        Assert.Equal(expectedRows.Count, actualRows.Count);
        Assert.Equal(expectedRows[0], actualRows[0]);
        for (int row = 1; row < expectedRows.Count; row++)
        {
            Assert.Equal(expectedRows[row].Length, actualRows[row].Length);
            Assert.All(expectedRows[row].Zip(actualRows[row]), pair => AssertSameText(pair.First, pair.Second));
        }
    }

    // Everything between the numbers is equal, and the numbers are near.
    private static void AssertSameText(string expected, string actual)
    {
        Assert.Equal(Number().Replace(expected, "#"), Number().Replace(actual, "#"));
        foreach ((Match one, Match other) in Number().Matches(expected).Zip(Number().Matches(actual)))
        {
            double x = double.Parse(one.Value, CultureInfo.InvariantCulture), y = double.Parse(other.Value, CultureInfo.InvariantCulture);
            Assert.True(Math.Abs(x - y) <= Absolute + Relative * Math.Abs(x), $"{expected} is not {actual}");
        }
    }

    private static string[] Lines(string text) => [.. text.Split('\n').Where(line => !line.Contains("diagnostics_Versions_", StringComparison.Ordinal))];

    private static List<string[]> Rows(string text)
    {
        List<string[]> rows = [.. text.TrimEnd('\n').Split('\n').Select(line => Cell().Matches(line).Select(match => match.Value.TrimStart(',')).ToArray())];
        bool[] kept = [.. rows[0].Select(name => !name.StartsWith("diagnostics_Versions_", StringComparison.Ordinal))];
        return [.. rows.Select(row => row.Where((_, column) => kept[column]).ToArray())];
    }

    [GeneratedRegex("""(?<![\w-])-?\d+(\.\d+)?(e[+-]\d+)?(?![\w])""")]
    private static partial Regex Number();

    [GeneratedRegex("""(^|,)("[^"]*"|[^,"]*)""")]
    private static partial Regex Cell();
}
