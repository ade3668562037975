using System.Globalization;
using Trabecula.Imaging;
using Trabecula.Learning;
using Trabecula.Workbench.Tables;

namespace Trabecula.Workbench.Cohorts;

/// <summary>A clinical column as numbers.</summary>
/// <param name="Column">What the numbers mean.</param>
/// <param name="Values">A number for each row, NaN where it is missing or wrong.</param>
/// <param name="Coding">The predictor with what was found out about it: another table is coded alike by it.</param>
internal sealed record CodedColumn(FeatureColumn Column, double[] Values, PredictorColumn Coding);

/// <summary>Turns clinical columns into numbers.</summary>
internal static class ClinicalCoding
{
    public static CodedColumn? Code(DataTable table, IReadOnlyList<int> rows, PredictorColumn predictor, ICollection<Finding> findings)
    {
        int column = ColumnSearch.Require(table, predictor.Column, "the predictors", findings);
        if (column < 0)
            return null;
        string[] occurring = [.. rows.Select(row => table.Text(row, column)).Where(text => text.Length > 0).Distinct(StringComparer.Ordinal)];
        double[] numbers = [.. occurring.Select(text => Number(table, text)).Distinct()];
        bool zeroOne = numbers.All(number => number is 0 or 1) && predictor.Levels.Count == 0;
        ColumnKind kind = predictor.Kind ?? Guess(predictor, occurring, numbers);
        switch (kind)
        {
            case ColumnKind.Continuous:
                return new CodedColumn(Describe([]), [.. rows.Select(row => table.Number(row, column, findings))], Coding([]));
            case ColumnKind.Binary when zeroOne:
                return new CodedColumn(Describe([]), [.. rows.Select(row => table.IsMissing(row, column) ? double.NaN : table.Number(row, column, findings))], Coding(["0", "1"]));
            case ColumnKind.Binary when predictor.Levels.Count == 0 && occurring.Length > 2:
                findings.Add(new Finding(
                    Severity.Error, string.Create(CultureInfo.InvariantCulture, $"a binary column has two values, but there are {occurring.Length}: {PlainText.List(occurring, 5)}."),
                    "Correct the cells, or call it categorical or continuous.")
                { Code = "not-binary", Table = table.Name, Column = predictor.Column });
                return null;
        }
        foreach (IGrouping<string, string> same in occurring.GroupBy(text => text, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1 && predictor.Levels.Count == 0))
        {
            findings.Add(new Finding(Severity.Warning, $"{string.Join(" and ", same.Select(text => $"'{text}'"))} differ in capitals alone and count as different values.", "Write them alike.")
            { Code = "case-of-levels", Table = table.Name, Column = predictor.Column });
        }
        string[] levels = predictor.Levels.Count > 0 ? [.. predictor.Levels] : Sort(table, occurring);
        if (kind == ColumnKind.Binary && levels.Length == 2)
        {
            findings.Add(new Finding(Severity.Notice, $"'{levels[0]}' is 0 and '{levels[1]}' is 1.", "")
            { Code = "binary-coding", Table = table.Name, Column = predictor.Column });
        }
        return new CodedColumn(Describe(kind == ColumnKind.Categorical ? levels : []), [.. rows.Select(row => Place(table, row, column, levels, findings))], Coding(levels));

        FeatureColumn Describe(string[] categories) => new(predictor.Column, kind, ColumnSource.Clinical) { Levels = categories };

        PredictorColumn Coding(string[] values) => predictor with { Kind = kind, Levels = values };
    }

    private static ColumnKind Guess(PredictorColumn predictor, string[] occurring, double[] numbers) =>
        predictor.Levels.Count == 2 || (predictor.Levels.Count == 0 && occurring.Length == 2) || (numbers.Length > 0 && numbers.All(n => n is 0 or 1)) ? ColumnKind.Binary
        : predictor.Levels.Count > 2 || (occurring.Length > 0 && Array.TrueForAll(numbers, double.IsNaN)) ? ColumnKind.Categorical
        : ColumnKind.Continuous;

    private static double Place(DataTable table, int row, int column, string[] levels, ICollection<Finding> findings)
    {
        if (table.IsMissing(row, column))
            return double.NaN;
        int place = Array.FindIndex(levels, level => CellText.AreEqual(table, row, column, level));
        if (place >= 0)
            return place;
        findings.Add(table.At(
            row, column, $"'{table.Cell(row, column)}' is none of the values {PlainText.List(levels)}.", "Correct it, or name it among the column's values in the plan; a frozen study keeps its own.", "unknown-level"));
        return double.NaN;
    }

    // Numbers by their size, so that 10 follows 9; texts by their letters.
    private static string[] Sort(DataTable table, string[] texts) => Array.TrueForAll(texts, text => !double.IsNaN(Number(table, text)))
        ? [.. texts.GroupBy(text => Number(table, text)).OrderBy(same => same.Key).Select(same => same.First())]
        : [.. texts.Order(StringComparer.Ordinal)];

    private static double Number(DataTable table, string text) =>
        NumberCell.Parse(text, table.DecimalMark, out double value) == NumberFault.None ? value : double.NaN;
}
