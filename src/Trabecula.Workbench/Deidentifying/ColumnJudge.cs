using System.Globalization;
using System.Text.RegularExpressions;
using Trabecula.Workbench.Tables;

namespace Trabecula.Workbench.Deidentifying;

/// <summary>
/// Decides what is done with each column of a table that nobody has said anything of. What stays is numbers and words that recur; text that differs from row to
/// row, and whatever looks like a name, a number of a person, a day or a path, goes.
/// </summary>
internal sealed partial class ColumnJudge
{
    // With less, a count of something could be meant.
    private const int DigitsOfIdentifier = 6;

    private const int MostLevels = 30, LongestWord = 60;

    private readonly DataTable _table;
    private readonly int _subject;
    private readonly TableDeidentificationRequest _request;
    private readonly HashSet<string> _identities = new(StringComparer.OrdinalIgnoreCase);

    private ColumnJudge(DataTable table, int subject, TableDeidentificationRequest request) => (_table, _subject, _request) = (table, subject, request);

    /// <summary>What is done with each column, in the table's order.</summary>
    /// <param name="table">The table.</param>
    /// <param name="subject">The column of the subjects' numbers.</param>
    /// <param name="request">What the user says of columns.</param>
    /// <param name="problems">Receives what the user must decide.</param>
    public static ColumnTreatment[] Judge(DataTable table, int subject, TableDeidentificationRequest request, ICollection<Finding> problems)
    {
        var judge = new ColumnJudge(table, subject, request);
        ColumnTreatment[] treatments = [.. Enumerable.Range(0, table.Columns.Count).Select(column => judge.First(column, problems))];
        for (int column = 0; column < treatments.Length; column++)
        {
            if (treatments[column] is { Treatment: Treatment.Pseudonyms or Treatment.Dropped })
                judge.Learn(column);
        }
        return [.. treatments.Select((treatment, column) => judge.Repeats(column, treatment))];
    }

    private ColumnTreatment First(int column, ICollection<Finding> problems)
    {
        string name = _table.Columns[column];
        string[] cells = [.. _table.Texts(column).Where(text => text.Length > 0)];
        if (column == _subject)
            return new(name, Treatment.Pseudonyms, "the subject");
        if (_request.Keep.Contains(name))
            return new(name, Treatment.Kept, "asked for");
        if (_request.Drop.Contains(name))
            return new(name, Treatment.Dropped, "asked for");
        if (_request.Dates.Contains(name))
            return Shifted(name, cells, "dates", problems);
        if (ColumnNames.IdentifierOf(name) is { } kind)
            return new(name, Treatment.Dropped, $"by its name, {kind}");
        if (cells.Length == 0)
            return new(name, Treatment.Kept, "empty");
        if (LooksLikeDates(name, cells))
            return Shifted(name, cells, "dates, by its cells", problems);
        if (ColumnNames.TellsOfDays(name))
            return new(name, Treatment.Dropped, "by its name, days or years; a year beside shifted dates tells by how much they are shifted");
        return IsNumbers(column) ? Numbers(name, cells) : Words(name, cells);
    }

    private ColumnTreatment Shifted(string name, string[] cells, string reason, ICollection<Finding> problems)
    {
        IReadOnlyList<DateFormat> formats = _request.DateFormat is { } pattern ? [new DateFormat(pattern)] : DateFormat.Of(cells);
        if (formats.Count != 1)
        {
            problems.Add(new Finding(Severity.Error,
                formats.Count == 0 ? "most cells are no dates that are known." : $"its dates may be {string.Join(" or ", formats.Select(format => format.Pattern))}, which differ in what lies between them.",
                formats.Count == 0 ? "Say how they are written with --date-format, as in dd.MM.yy, or leave the column out with --drop." : "Say which with --date-format.")
            { Code = "date-format", Table = _table.Name, Column = name });
            return new(name, Treatment.Dropped, "dates of an unknown form");
        }
        int others = cells.Count(cell => formats[0].Read(cell) is null);
        return new(name, Treatment.Shifted, $"{reason} ({formats[0].Pattern})" + (others == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"; {others} other {(others == 1 ? "cell was" : "cells were")} emptied")))
        { Dates = formats[0] };
    }

    private bool LooksLikeDates(string name, string[] cells)
    {
        if (_request.DateFormat is { } pattern && 2 * cells.Count(cell => new DateFormat(pattern).Read(cell) is not null) > cells.Length)
            return true;
        // Eight digits are a date only where the name says so as well.
        return DateFormat.Of(cells) is [var format, ..] && (format.Pattern.Any(letter => !char.IsLetter(letter)) || ColumnNames.TellsOfDays(name));
    }

    private bool IsNumbers(int column)
    {
        var problems = new List<Finding>();
        _table.Numbers(column, problems);
        return problems.Count == 0;
    }

    private static ColumnTreatment Numbers(string name, string[] cells)
    {
        bool whole = Array.TrueForAll(cells, cell => cell.All(char.IsAsciiDigit)), distinct = cells.Distinct(StringComparer.Ordinal).Count() == cells.Length;
        if (whole && distinct && cells.Length > 2 && Array.TrueForAll(cells, cell => cell.Length == cells[0].Length) && cells[0].Length >= DigitsOfIdentifier)
            return new(name, Treatment.Dropped, string.Create(CultureInfo.InvariantCulture, $"whole numbers of {cells[0].Length} digits, another in each row: of a person or a case"));
        if (distinct && cells.Length > 2 && ColumnNames.EndsAsNumber(name))
            return new(name, Treatment.Dropped, "by its name a number of a case, another in each row");
        if (whole && cells.Length > 2 && cells.Select((cell, i) => int.TryParse(cell, CultureInfo.InvariantCulture, out int number) ? number - i : int.MinValue).Distinct().Count() == 1)
            return new(name, Treatment.Dropped, "it counts the rows, whose order tells of the time or the names");
        if (ColumnNames.TellsOfAges(name) && cells.Any(cell => double.TryParse(cell, CultureInfo.InvariantCulture, out double age) && age is > 89 and < 130))
            return new(name, Treatment.Kept, "numbers; some ages are above 89, which some rules (45 CFR 164.514) want as one class");
        return new(name, Treatment.Kept, "numbers");
    }

    private static ColumnTreatment Words(string name, string[] cells)
    {
        string[] levels = [.. cells.Distinct(StringComparer.OrdinalIgnoreCase)];
        if (ColumnNames.TellsOfRemarks(name) && !Array.TrueForAll(levels, level => Harmless().IsMatch(level)))
            return new(name, Treatment.Dropped, "by its name, free text");
        if (Array.Exists(levels, level => level.Contains('\\', StringComparison.Ordinal) || FilePath().IsMatch(level)))
            return new(name, Treatment.Dropped, "paths of files, which may hold names");
        if (Array.Exists(levels, level => Contact().IsMatch(level)))
            return new(name, Treatment.Dropped, "addresses of electronic mail or the web");
        if (Array.Exists(levels, level => Day().IsMatch(level)))
            return new(name, Treatment.Dropped, "some cells hold dates");
        if (Array.Exists(levels, level => LongNumber().IsMatch(level)))
            return new(name, Treatment.Dropped, "some cells hold long numbers");
        bool recurring = levels.Length <= MostLevels && 2 * levels.Length <= cells.Length && Array.TrueForAll(levels, level => level.Length <= LongestWord);
        return recurring || Array.TrueForAll(levels, level => Harmless().IsMatch(level))
            ? new(name, Treatment.Kept, string.Create(CultureInfo.InvariantCulture, $"{levels.Length} {(levels.Length == 1 ? "word" : "words")}"))
            : new(name, Treatment.Dropped, string.Create(CultureInfo.InvariantCulture, $"text of {levels.Length} different values in {cells.Length} cells"));
    }

    private void Learn(int column)
    {
        // Remarks are of common words; who is named in them is named in a column of names as well.
        if (column != _subject && ColumnNames.IdentifierOf(_table.Columns[column]) is null)
            return;
        foreach (string cell in _table.Texts(column))
        {
            _identities.UnionWith(Token().Matches(cell).Select(match => match.Value).Where(word => word.Length >= 3));
            if (column == _subject && cell.Length > 0)
                _identities.Add(cell);
        }
    }

    /// <summary>A column that would stay, but for what it repeats of columns that do not.</summary>
    private ColumnTreatment Repeats(int column, ColumnTreatment treatment)
    {
        if (treatment.Treatment != Treatment.Kept || _request.Keep.Contains(treatment.Column))
            return treatment;
        if (IsNumbers(column))
            return Enumerable.Range(0, _table.RowCount).Count(row => _table.Cell(row, column).SequenceEqual(_table.Cell(row, _subject))) * 2 > _table.RowCount
                ? treatment with { Treatment = Treatment.Dropped, Reason = "it repeats the subjects' numbers" } : treatment;
        return _table.Texts(column).Any(cell => _identities.Contains(cell) || Token().Matches(cell).Any(match => match.Value.Length >= 3 && _identities.Contains(match.Value)))
            ? treatment with { Treatment = Treatment.Dropped, Reason = "it repeats words of a column that identifies" } : treatment;
    }

    // Words that tables of patients hold in so few rows that they do not recur: sex, answers, sides, grades, levels of the spine.
    [GeneratedRegex("^(m|f|w|d|male|female|yes|no|y|n|true|false|ja|nein|left|right|both|none|unknown|positive|negative|low|high|medium|mild|moderate|severe|never|former|current|i{1,3}v?|iv|v|[a-e][0-9]?|grade ?[0-9]|[ctls][0-9]{1,2}|[<>]?=? ?[0-9.]+|[+-]{1,3})$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Harmless();

    [GeneratedRegex(@"^\.{0,2}/|/.*/|\.(nii|nrrd|dcm|gz|csv|xlsx|pdf|jpe?g|png)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex FilePath();

    [GeneratedRegex(@"@|https?:|www\.", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Contact();

    [GeneratedRegex(@"\d{1,4}[-./]\d{1,2}[-./]\d{2,4}", RegexOptions.CultureInvariant)]
    private static partial Regex Day();

    [GeneratedRegex(@"\d[\d .-]{4,}\d", RegexOptions.CultureInvariant)]
    private static partial Regex LongNumber();

    [GeneratedRegex(@"[\p{L}\p{N}]+", RegexOptions.CultureInvariant)]
    private static partial Regex Token();
}
