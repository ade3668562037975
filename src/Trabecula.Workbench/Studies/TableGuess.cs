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
    /// <summary>From so many columns on a table holds an extraction's features; a single column may only be called like one.</summary>
    internal const int FewestFeatures = 10;

    private const int MostLevels = 20;

    private static readonly (string No, string Yes)[] s_events = [("0", "1"), ("no", "yes"), ("n", "y"), ("false", "true")];

    /// <summary>The cell of the outcome that means the event.</summary>
    public string Event { get; init; } = "1";

    /// <summary>Other columns of 0 and 1, or of yes and no, any of which may be the outcome.</summary>
    public IReadOnlyList<string> OtherOutcomes { get; init; } = [];

    /// <summary>Cells of predictors that are no numbers among numbers, to be corrected before a run.</summary>
    public IReadOnlyList<string> Doubts { get; init; } = [];

    /// <summary>Columns named as features of images.</summary>
    public IReadOnlyList<string> Features { get; init; } = [];

    /// <summary>Whether any predictor has a missing cell, or one that will be once it is corrected.</summary>
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
        int[] zeroOne = [.. Enumerable.Range(0, texts.Length).Where(c => c != id && EventOf(values[c]) is not null)];
        if (zeroOne.Length == 0)
            throw new TableException(table.Name, "no column holds 0 and 1, or yes and no, as the outcome would.", "Add a column of the outcome: 1 for the event, 0 for none.");
        // Tables mostly end with what happened last.
        int[] named = [.. zeroOne.Where(c => OutcomeName().IsMatch(table.Columns[c]))], numbers = [.. zeroOne.Where(c => EventOf(values[c]) == "1")];
        int outcome = named.Length > 0 ? named[0] : numbers.Length > 0 ? numbers[^1] : zeroOne[^1];

        string[] alike = [.. table.Columns.Where(RadiomicTable.HasFeatureName)], features = alike.Length < FewestFeatures ? [] : alike;
        var predictors = new List<(string, ColumnKind)>();
        var leftOut = new List<(string, string)>();
        var doubts = new List<Finding>();
        bool hasMissing = false;
        for (int c = 0; c < texts.Length; c++)
        {
            if (c == id || c == outcome || features.Contains(table.Columns[c]))
                continue;
            (ColumnKind kind, string? reason) = features.Length > 0 && RadiomicTable.DescribesCase(table.Columns[c])
                ? (default, "written by the extraction") : Judge(table, c, values[c], doubts);
            if (reason is null)
            {
                predictors.Add((table.Columns[c], kind));
                hasMissing |= Array.Exists(texts[c], text => text.Length == 0) || doubts.Exists(doubt => doubt.Column == table.Columns[c]);
            }
            else
                leftOut.Add((table.Columns[c], reason));
        }
        return new TableGuess(table.Columns[id], table.Columns[outcome], predictors, leftOut)
        {
            Features = features,
            OtherOutcomes = [.. zeroOne.Where(c => c != outcome).Select(c => table.Columns[c])],
            Event = EventOf(values[outcome])!,
            Doubts = [.. doubts.Select(doubt => doubt.ToString())],
            HasMissing = hasMissing,
        };
    }

    /// <summary>Which of two values means that something happened; null where they are no such pair.</summary>
    private static string? EventOf(string[] values) => values.Length != 2 ? null
        : s_events.Select(pair => Array.Exists(values, text => Is(text, pair.No)) ? Array.Find(values, text => Is(text, pair.Yes)) : null).FirstOrDefault(found => found is not null);

    private static bool Is(string text, string word) => text.Equals(word, StringComparison.OrdinalIgnoreCase);

    private static (ColumnKind Kind, string? Reason) Judge(DataTable table, int column, string[] values, List<Finding> doubts)
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
        if (MostlyNumbers(values, problems))
        {
            doubts.AddRange(problems);
            return (ColumnKind.Continuous, null);
        }
        return values.Length > MostLevels || values.Length * 2 > table.RowCount
            ? (default, string.Create(CultureInfo.InvariantCulture, $"text of {values.Length} different values"))
            : (ColumnKind.Categorical, null);
    }

    // A remark between the numbers of a column, as in 'ca. 70', makes no text of it; the check of the plan then names each such cell.
    private static bool MostlyNumbers(string[] values, List<Finding> problems) =>
        problems.Count == 0 || (values.Length > MostLevels && problems.Sum(problem => Math.Max(1, problem.Rows.Count)) * 5 <= values.Length);

    [GeneratedRegex("^((subject|patient|case|study|participant|person)[-_ ]?)?(id|no|nr|number|identifier)$|^(pid|mrn|subject|patient)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex IdName();

    [GeneratedRegex("(^|[-_ ])(outcome|target|event|endpoint|y|died|death)($|[-_ ])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OutcomeName();
}
