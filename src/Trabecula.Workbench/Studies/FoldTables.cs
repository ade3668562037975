using System.Globalization;
using Trabecula.Imaging;
using Trabecula.Workbench.Cohorts;
using Trabecula.Workbench.Studies.Plans;
using Trabecula.Workbench.Tables;

namespace Trabecula.Workbench.Studies;

/// <summary>Folds that a plan takes from files of their own: for each column of each file the text of each subject.</summary>
internal sealed class FoldTables
{
    private readonly Dictionary<(string File, string Column), IReadOnlyDictionary<string, string>> _folds = [];

    /// <summary>The fold of each subject; those whose problems were found have none.</summary>
    internal IReadOnlyDictionary<string, string> this[string file, string column] => _folds[(file, column)];

    /// <summary>Reads the columns of a plan's folds.</summary>
    /// <param name="given">The file and its columns.</param>
    /// <param name="table">The file as a table.</param>
    /// <param name="id">The column with the subject of each row.</param>
    /// <param name="subjects">The subjects of the study.</param>
    /// <param name="findings">Receives columns that do not exist, and subjects who stand twice, have no fold or no row.</param>
    internal void Add(SplitPlan.Given given, DataTable table, string id, IEnumerable<string> subjects, ICollection<Finding> findings)
    {
        int idColumn = ColumnSearch.Require(table, id, "the table of folds", findings);
        OrderedDictionary<string, int> rows = idColumn < 0 ? [] : SubjectRows.ById(table, idColumn, findings);
        string[] wanted = idColumn < 0 ? [] : [.. subjects.Distinct(StringComparer.Ordinal)], absent = [.. wanted.Where(subject => !rows.ContainsKey(subject))];
        foreach (string column in given.Columns)
        {
            int place = ColumnSearch.Require(table, column, "the given split", findings);
            int[] blank = place < 0 ? [] : [.. wanted.Where(rows.ContainsKey).Select(subject => rows[subject]).Where(row => table.IsMissing(row, place)).Order()];
            if (blank.Length > 0)
            {
                findings.Add(new Finding(Severity.Error, "the fold of the subject is missing.", "Fill it, or leave the subject out of the study.")
                { Code = "no-fold", Table = table.Name, Column = column, Rows = [.. blank.Select(table.RowNumber)] });
            }
            _folds[(given.Table!, column)] = place < 0 ? new Dictionary<string, string>() : rows.Where(row => !table.IsMissing(row.Value, place))
                .ToDictionary(row => row.Key, row => table.Text(row.Value, place), StringComparer.Ordinal);
        }
        if (absent.Length > 0)
        {
            findings.Add(new Finding(
                Severity.Error, string.Create(CultureInfo.InvariantCulture,
                    $"{absent.Length} of the subjects {(absent.Length == 1 ? "has" : "have")} no row: {PlainText.List(absent)}."),
                absent.Length == 1 ? "Add it." : "Add them.")
            { Code = "no-fold", Table = table.Name, Column = id });
        }
    }
}
