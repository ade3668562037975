using System.Globalization;
using System.Text.RegularExpressions;
using Trabecula.Learning;
using Trabecula.Workbench.Cohorts;
using Trabecula.Workbench.Tables;

namespace Trabecula.Workbench.Studies;

/// <summary>What a table of subjects seems to hold, from its names and cells alone: a beginning that a person must check.</summary>
/// <param name="Id">The column of the subjects' ids.</param>
/// <param name="Outcome">The column of the outcome.</param>
/// <param name="Predictors">Columns that may be predictors, with their kinds.</param>
/// <param name="LeftOut">Other columns, with the reason.</param>
internal sealed partial record TableGuess(
    string Id, string Outcome, IReadOnlyList<(string Column, ColumnKind Kind)> Predictors, IReadOnlyList<(string Column, string Reason)> LeftOut)
{
    private const int MostLevels = 20;

    /// <summary>Other columns of 0 and 1, any of which may be the outcome.</summary>
    public IReadOnlyList<string> OtherOutcomes { get; init; } = [];

    /// <summary>Whether any predictor has a missing cell.</summary>
    public bool HasMissing { get; init; }

    /// <summary>Looks at a table.</summary>
    /// <exception cref="TableException">No column can be the id, or none the outcome.</exception>
    public static TableGuess Of(DataTable table)
    {
        string[][] texts = [.. Enumerable.Range(0, table.Columns.Count).Select(table.Texts)];
        string[][] values = Array.ConvertAll(texts, column => column.Where(text => text.Length > 0).Distinct(StringComparer.Ordinal).ToArray());
        int[] unique = [.. Enumerable.Range(0, texts.Length).Where(c => values[c].Length == table.RowCount && !Array.Exists(values[c], text => text.AsSpan().ContainsAny('.', ',')))];
        int id = Array.FindIndex([.. table.Columns], column => IdName().IsMatch(column));
        if (id < 0)
            id = unique.Length > 0 ? unique[0] : throw new TableException(
                table.Name, "no column has a different value in each row, as the subjects' ids would.", "Add a column with each subject's id.");
        int[] zeroOne = [.. Enumerable.Range(0, texts.Length).Where(c => c != id && values[c].Length == 2 && Array.TrueForAll(values[c], text => text is "0" or "1"))];
        if (zeroOne.Length == 0)
            throw new TableException(table.Name, "no column holds 0 and 1, as the outcome would.", "Add a column of the outcome: 1 for the event, 0 for none.");
        // Tables mostly end with what happened last.
        int outcome = Array.Find(zeroOne, c => OutcomeName().IsMatch(table.Columns[c])) is var named && zeroOne.Contains(named) && OutcomeName().IsMatch(table.Columns[named])
            ? named : zeroOne[^1];

        var predictors = new List<(string, ColumnKind)>();
        var leftOut = new List<(string, string)>();
        bool hasMissing = false;
        for (int c = 0; c < texts.Length; c++)
        {
            if (c == id || c == outcome)
                continue;
            (ColumnKind kind, string? reason) = Judge(table, c, values[c]);
            if (reason is null)
            {
                predictors.Add((table.Columns[c], kind));
                hasMissing |= Array.Exists(texts[c], text => text.Length == 0);
            }
            else
                leftOut.Add((table.Columns[c], reason));
        }
        return new TableGuess(table.Columns[id], table.Columns[outcome], predictors, leftOut)
        {
            OtherOutcomes = [.. zeroOne.Where(c => c != outcome).Select(c => table.Columns[c])],
            HasMissing = hasMissing,
        };
    }

    private static (ColumnKind Kind, string? Reason) Judge(DataTable table, int column, string[] values)
    {
        if (values.Length < 2)
            return (default, values.Length == 0 ? "no value" : "the same value in all rows");
        if (LeakageChecks.SoundsLater(table.Columns[column]))
            return (default, "its name says that it is recorded later");
        if (Array.TrueForAll(values, text => DateOnly.TryParseExact(text, ["yyyy-MM-dd", "dd.MM.yyyy", "dd/MM/yyyy", "MM/dd/yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None, out _)))
            return (default, "dates");
        var problems = new List<Finding>();
        table.Numbers(column, problems);
        if (values.Length == 2)
            return (ColumnKind.Binary, null);
        if (problems.Count == 0)
            return (ColumnKind.Continuous, null);
        return values.Length > MostLevels || values.Length * 2 > table.RowCount
            ? (default, string.Create(CultureInfo.InvariantCulture, $"text of {values.Length} different values"))
            : (ColumnKind.Categorical, null);
    }

    [GeneratedRegex("^((subject|patient|case|study|participant|person)[-_ ]?)?(id|no|nr|number|identifier)$|^(pid|mrn|subject|patient)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex IdName();

    [GeneratedRegex("(^|[-_ ])(outcome|target|event|endpoint|y|died|death)($|[-_ ])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OutcomeName();
}
