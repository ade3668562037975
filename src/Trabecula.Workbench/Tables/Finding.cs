using System.Globalization;
using Trabecula.Imaging;

namespace Trabecula.Workbench.Tables;

/// <summary>What a finding means for the work that goes on.</summary>
public enum Severity
{
    /// <summary>Said once, for the record.</summary>
    Notice,

    /// <summary>To be looked at; the work goes on.</summary>
    Warning,

    /// <summary>The work cannot go on, or its result would be wrong.</summary>
    Error,
}

/// <summary>Something found in a table, with its place. Findings are collected and shown together.</summary>
/// <param name="Severity">What it means for the work that goes on.</param>
/// <param name="Problem">What was found and what was expected, without the place.</param>
/// <param name="Cure">What the user can do.</param>
public sealed record Finding(Severity Severity, string Problem, string Cure)
{
    // The longest messages of ours list some dozen keys.
    private const int LettersShown = 2000;

    /// <summary>What kind of finding it is, as in <c>duplicate-subject</c>: a name for programs and tests.</summary>
    public string Code { get; init; } = "";

    /// <summary>The table's name, or empty where it concerns no single table.</summary>
    public string Table { get; init; } = "";

    /// <summary>The rows as a spreadsheet counts them, the header being 1; empty where it concerns a whole column or table.</summary>
    public IReadOnlyList<int> Rows { get; init; } = [];

    /// <summary>The column, or empty.</summary>
    public string Column { get; init; } = "";

    /// <summary>Place, problem and cure in a line.</summary>
    public override string ToString()
    {
        var place = new List<string>();
        if (Table.Length > 0)
            place.Add(Table);
        if (Rows.Count > 0)
            place.Add((Rows.Count == 1 ? "row " : "rows ") + RowList(Rows));
        if (Column.Length > 0)
            place.Add("column " + Column);
        string cure = Cure.Length == 0 ? "" : " " + Cure;
        return PlainText.Of(PlainText.Excerpt(place.Count == 0 ? Problem + cure : $"{string.Join(", ", place)}: {Problem}{cure}", LettersShown));
    }

    private static string RowList(IReadOnlyList<int> rows) =>
        PlainText.List([.. rows.Select(row => row.ToString(CultureInfo.InvariantCulture))]);
}
