namespace Trabecula.Workbench.Tables;

/// <summary>How a table is written, where its reader should not find out by itself.</summary>
public sealed record TableFormat
{
    /// <summary>The missing markers unless others are given: words that mean a missing value; case does not count.</summary>
    public static IReadOnlyList<string> UsualMissing { get; } = ["", "NA", "NaN", "N/A", "#N/A", "."];

    /// <summary>What stands between cells of a text file: comma, semicolon, tab or bar. Null to find out.</summary>
    public char? Delimiter { get; init; }

    /// <summary>The decimal mark of a text file, <c>.</c> or <c>,</c>. Null to find out.</summary>
    public char? DecimalMark { get; init; }

    /// <summary>The missing markers: words that mean a missing value; case does not count. An empty cell is always missing.</summary>
    public IReadOnlyList<string> Missing { get; init; } = UsualMissing;

    /// <summary>The sheet of an Excel file, by name. Null for the first, where it is the only one that holds cells.</summary>
    public string? Sheet { get; init; }

    internal void Validate(string table)
    {
        var problems = new List<Finding>();
        if (Delimiter is { } delimiter && !DelimiterDetection.Candidates.Contains(delimiter))
            problems.Add(new Finding(Severity.Error, $"the delimiter '{delimiter}' is not known.", "Give comma, semicolon, tab or bar.") { Table = table });
        if (DecimalMark is not (null or '.' or ','))
            problems.Add(new Finding(Severity.Error, $"the decimal mark '{DecimalMark}' is not known.", "Give . or ,") { Table = table });
        if (problems.Count > 0)
            throw new TableException(problems);
    }
}
