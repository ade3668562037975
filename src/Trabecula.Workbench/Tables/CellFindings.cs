using System.Globalization;

namespace Trabecula.Workbench.Tables;

/// <summary>Findings at single cells of one column, told together where there are many: a column of words that was called numbers is one mistake and not one for each row.</summary>
internal static class CellFindings
{
    /// <summary>Cells that are named; of more, one finding says how many there are.</summary>
    internal const int Shown = 3;

    /// <summary>The findings, those of many cells of a column and a kind as one in place of the first of them.</summary>
    /// <param name="findings">Findings in any order.</param>
    /// <param name="cure">A further cure for cells of a column that are no numbers; null or empty for none.</param>
    internal static IReadOnlyList<Finding> Merged(IReadOnlyList<Finding> findings, Func<string, string>? cure = null)
    {
        ILookup<(string Code, string Table, string Column, Severity Severity), Finding> kinds = findings.Where(IsOfCells).ToLookup(KindOf);
        var told = new HashSet<(string, string, string, Severity)>();
        var merged = new List<Finding>();
        foreach (Finding finding in findings)
        {
            Finding[] same = IsOfCells(finding) ? [.. kinds[KindOf(finding)].DistinctBy(each => each.Rows[0])] : [];
            if (same.Sum(each => each.Rows.Count) <= Shown)
                merged.Add(finding);
            else if (told.Add(KindOf(finding)))
                merged.Add(Together(same, finding.Code == "not-a-number" ? cure?.Invoke(finding.Column) ?? "" : ""));
        }
        return merged;
    }

    private static Finding Together(Finding[] same, string more) => same[0] with
    {
        Problem = string.Create(CultureInfo.InvariantCulture, $"{same.Sum(each => each.Rows.Count)} cells, of which these are the first: {string.Join(" ", same.Take(Shown).Select(finding => finding.Problem).Distinct())}"),
        Cure = more.Length == 0 ? same[0].Cure : $"{same[0].Cure} {more}",
        Rows = [.. same.Take(Shown).Select(finding => finding.Rows[0])],
    };

    // A table that was asked for a column of numbers has put the last of many cells together already.
    private static bool IsOfCells(Finding finding) => finding is { Rows.Count: 1, Column.Length: > 0, Code.Length: > 0 } or { Rows.Count: > 1, Column.Length: > 0, Code: "not-a-number" };

    private static (string, string, string, Severity) KindOf(Finding finding) => (finding.Code, finding.Table, finding.Column, finding.Severity);
}
