using System.Globalization;
using System.Text.RegularExpressions;

namespace Trabecula.Workbench.Deidentifying;

/// <summary>How the dates of a column are written: a pattern of day, month and year, after which a time may follow. Times of day stay as they are.</summary>
/// <param name="Pattern">As .NET has it, such as <c>dd.MM.yyyy</c>.</param>
internal sealed partial record DateFormat(string Pattern)
{
    // Padded forms first: a column is written as it was. Two digits of a year may mean two centuries, and are taken only where the user gives the pattern.
    private static readonly string[] s_patterns =
    [
        "yyyy-MM-dd", "yyyy/MM/dd", "yyyy.MM.dd", "yyyyMMdd", "dd.MM.yyyy", "d.M.yyyy", "dd/MM/yyyy", "d/M/yyyy", "MM/dd/yyyy", "M/d/yyyy", "dd-MM-yyyy", "d-M-yyyy",
        "MM-dd-yyyy", "M-d-yyyy", "dd-MMM-yyyy", "d-MMM-yyyy", "d MMM yyyy", "MMM d, yyyy",
    ];

    /// <summary>Whether a text can be a pattern: day, month and year once each.</summary>
    public static bool IsPattern(string text) =>
        PatternForm().IsMatch(text) && text.Contains('d', StringComparison.Ordinal) && text.Contains('M', StringComparison.Ordinal) && text.Contains("yy", StringComparison.Ordinal);

    /// <summary>The formats that read the most cells, all of them equally many: more than one only where day and month cannot be told apart.</summary>
    /// <param name="cells">Cells that are not missing.</param>
    public static IReadOnlyList<DateFormat> Of(IReadOnlyList<string> cells)
    {
        (DateFormat Format, int Count)[] counts = [.. s_patterns.Select(pattern => new DateFormat(pattern)).Select(format => (format, cells.Count(cell => format.Read(cell) is not null)))];
        int most = counts.Max(each => each.Count);
        if (2 * most <= cells.Count)
            return [];
        DateFormat[] best = [.. counts.Where(each => each.Count == most).Select(each => each.Format)];
        // dd.MM.yyyy and d.M.yyyy read the same days; 03/04/2020 has two meanings.
        return [.. best.DistinctBy(format => string.Join('|', cells.Select(cell => format.Read(cell)?.DayNumber ?? 0)))];
    }

    /// <summary>The day of a cell; null where it is none.</summary>
    public DateOnly? Read(string cell) =>
        DateOnly.TryParseExact(cell[..^Time(cell).Length], Pattern, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day) && day.Year is >= 1850 and <= 2150 ? day : null;

    /// <summary>The cell with its day made earlier, written alike; null where it is no date.</summary>
    public string? Earlier(string cell, int days) => Read(cell)?.AddDays(-days).ToString(Pattern, CultureInfo.InvariantCulture) + (Read(cell) is null ? null : Time(cell));

    private static string Time(string cell) => TimeOfDay().Match(cell).Value;

    [GeneratedRegex(@"(?<=\d)([ T]|, )\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?( ?[AaPp][Mm])?(Z|[+-]\d{2}:?\d{2})?$", RegexOptions.CultureInvariant)]
    private static partial Regex TimeOfDay();

    [GeneratedRegex(@"^(d{1,2}|M{1,4}|yy|yyyy)[-/. ,]*(d{1,2}|M{1,4}|yy|yyyy)[-/. ,]*(d{1,2}|M{1,4}|yy|yyyy)$", RegexOptions.CultureInvariant)]
    private static partial Regex PatternForm();
}
