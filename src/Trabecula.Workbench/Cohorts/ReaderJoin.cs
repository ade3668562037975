using System.Globalization;
using Trabecula.Imaging;
using Trabecula.Workbench.Tables;

namespace Trabecula.Workbench.Cohorts;

/// <summary>The readers' rows and columns that belong to the subjects of a clinical table.</summary>
internal sealed class ReaderJoin
{
    private readonly int[][] _rows;
    private readonly int[][] _columns;

    private ReaderJoin(IReadOnlyList<RadiomicTable> readers, int[][] rows, int[][] columns) => (Readers, _rows, _columns) = (readers, rows, columns);

    public IReadOnlyList<RadiomicTable> Readers { get; }

    /// <summary>A reader's row for each subject, -1 where there is none.</summary>
    public IReadOnlyList<int> RowsOf(int reader) => _rows[reader];

    /// <summary>A reader's column for each feature of the first reader, -1 where there is none.</summary>
    public IReadOnlyList<int> ColumnsOf(int reader) => _columns[reader];

    /// <summary>The join of some of the subjects.</summary>
    public ReaderJoin Take(int[] subjects) => new(Readers, Array.ConvertAll(_rows, rows => Array.ConvertAll(subjects, i => rows[i])), _columns);

    /// <summary>Joins, and reports what does not fit: rows on either side without a partner, subjects twice, readers' columns and subjects that differ.</summary>
    /// <param name="clinical">The clinical table.</param>
    /// <param name="subjectColumn">Its column of ids.</param>
    /// <param name="rows">The rows wanted.</param>
    /// <param name="readers">The readers' tables.</param>
    /// <param name="findings">Receives what does not fit.</param>
    public static ReaderJoin Of(
        DataTable clinical, int subjectColumn, IReadOnlyList<int> rows, IReadOnlyList<RadiomicTable> readers, ICollection<Finding> findings)
    {
        var known = Enumerable.Range(0, clinical.RowCount).Select(row => clinical.Text(row, subjectColumn)).ToHashSet(StringComparer.Ordinal);
        string[] subjects = [.. rows.Select(row => clinical.Text(row, subjectColumn))];
        var joined = new int[readers.Count][];
        var columns = new int[readers.Count][];
        for (int reader = 0; reader < readers.Count; reader++)
        {
            RadiomicTable table = readers[reader];
            OrderedDictionary<string, int> byId = SubjectRows.ById(table.Table, table.SubjectColumn, findings);
            joined[reader] = Array.ConvertAll(subjects, id => byId.GetValueOrDefault(id, -1));
            ReportStrangers(table, byId, known, findings);
            ReportAbsent(clinical, subjectColumn, rows, table, joined[reader], joined[0], reader, findings);
            if (table.FailedCases.Count > 0)
                Add(Severity.Warning, "failed-cases", table, $"{Count(table.FailedCases, "case has", "cases have")} no features, because their extraction failed: {PlainText.List(table.FailedCases)}.", "Look into the list of failures.");
            columns[reader] = MatchColumns(readers[0], table, findings);
        }
        return new ReaderJoin(readers, joined, columns);

        void Add(Severity severity, string code, RadiomicTable table, string problem, string cure) =>
            findings.Add(new Finding(severity, problem, cure) { Code = code, Table = table.Table.Name });
    }

    private static void ReportStrangers(RadiomicTable table, OrderedDictionary<string, int> byId, HashSet<string> known, ICollection<Finding> findings)
    {
        (string Id, int Row)[] strangers = [.. byId.Where(pair => !known.Contains(pair.Key)).Select(pair => (pair.Key, table.Table.RowNumber(pair.Value)))];
        if (strangers.Length == 0)
            return;
        findings.Add(new Finding(
            Severity.Warning, $"{Count(strangers, "subject is", "subjects are")} not in the clinical table: {PlainText.List([.. strangers.Select(s => s.Id)])}.",
            "Write ids alike in all tables, leading zeros and capitals included.")
        { Code = "unmatched-features", Table = table.Table.Name, Rows = [.. strangers.Select(s => s.Row)] });
    }

    private static void ReportAbsent(
        DataTable clinical, int subjectColumn, IReadOnlyList<int> rows, RadiomicTable table, int[] joined, int[] first, int reader, ICollection<Finding> findings)
    {
        // Where the first reader has no row either, that is said once.
        int[] absent = [.. Enumerable.Range(0, rows.Count).Where(i => joined[i] < 0 && (reader == 0 || first[i] >= 0))];
        if (absent.Length == 0)
            return;
        string ids = PlainText.List([.. absent.Select(i => clinical.Text(rows[i], subjectColumn))]);
        findings.Add(new Finding(
            Severity.Warning,
            reader == 0
                ? $"{Count(absent, "eligible subject has", "eligible subjects have")} no row in {table.Table.Name}, and cannot be analysed: {ids}."
                : $"{Count(absent, "subject", "subjects")} of the first reader {(absent.Length == 1 ? "has" : "have")} no row in {table.Table.Name}; agreement is computed on the others: {ids}.",
            "Write ids alike in all tables, leading zeros and capitals included, or extract these subjects too.")
        { Code = reader == 0 ? "unmatched-clinical" : "reader-subjects", Table = clinical.Name, Rows = [.. absent.Select(i => clinical.RowNumber(rows[i]))] });
    }

    private static int[] MatchColumns(RadiomicTable first, RadiomicTable table, ICollection<Finding> findings)
    {
        string[] names = [.. first.FeatureColumns.Select(c => first.Table.Columns[c])];
        Dictionary<string, int> places = table.FeatureColumns.ToDictionary(c => table.Table.Columns[c], c => c, StringComparer.Ordinal);
        string[] lacking = [.. names.Where(name => !places.ContainsKey(name))];
        string[] extra = [.. places.Keys.Except(names, StringComparer.Ordinal)];
        if (lacking.Length > 0)
        {
            findings.Add(new Finding(
                Severity.Error, $"{Count(lacking, "feature", "features")} of {first.Table.Name} {(lacking.Length == 1 ? "is" : "are")} lacking: {PlainText.List(lacking)}.",
                "Extract with the same parameters for all readers.")
            { Code = "reader-columns", Table = table.Table.Name });
        }
        if (extra.Length > 0)
        {
            findings.Add(new Finding(
                Severity.Error, $"{Count(extra, "feature is", "features are")} not in {first.Table.Name}: {PlainText.List(extra)}.",
                "Extract with the same parameters for all readers.")
            { Code = "reader-columns", Table = table.Table.Name });
        }
        return Array.ConvertAll(names, name => places.GetValueOrDefault(name, -1));
    }

    private static string Count<T>(IReadOnlyCollection<T> items, string one, string many) =>
        string.Create(CultureInfo.InvariantCulture, $"{items.Count} {(items.Count == 1 ? one : many)}");
}
