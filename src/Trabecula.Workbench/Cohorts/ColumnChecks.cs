using System.Globalization;
using System.Runtime.InteropServices;
using Trabecula.Imaging;
using Trabecula.Learning;
using Trabecula.Workbench.Tables;

namespace Trabecula.Workbench.Cohorts;

/// <summary>Looks for columns without information, columns that name the subject, and subjects that stand twice under different ids.</summary>
internal static class ColumnChecks
{
    private const int LeastRows = 20, FewOfALevel = 2;

    private const double Largest = 1e100;

    // Two subjects can well share age, sex and a few scores.
    private const int LeastColumnsOfDuplicates = 8;

    public static void Run(FeatureTable features, ICollection<Finding> findings)
    {
        List<string> empty = [], constant = [];
        for (int column = 0; column < features.ColumnCount; column++)
        {
            double[] values = features.Column(column);
            double[] known = [.. values.Where(value => !double.IsNaN(value))];
            LookForHugeNumbers(features, column, values, findings);
            if (features.Schema[column].Kind == ColumnKind.Categorical)
                LookForRareLevels(features, column, values, findings);
            // Where every cell is wrong, that is the one problem.
            if (known.Length == 0 && findings.Any(finding => finding.Severity == Severity.Error && finding.Column == features.Columns[column]))
                continue;
            if (known.Length == 0)
                empty.Add(features.Columns[column]);
            else if (Array.TrueForAll(known, value => value == known[0]))
                constant.Add(features.Columns[column]);
            if (features.Schema[column].Source == ColumnSource.Clinical)
                LookForIds(features.Schema[column], values, known, findings);
        }
        Report(Severity.Error, "all-missing", empty, "has no value at all", "have no value at all", "Take off the predictors what was not measured.");
        Report(Severity.Warning, "constant", constant, "has the same value for all subjects", "have the same value for all subjects", "They cannot predict anything.");
        LookForDuplicates(features, findings);

        void Report(Severity severity, string code, List<string> columns, string one, string many, string cure)
        {
            if (columns.Count == 0)
                return;
            findings.Add(columns.Count == 1
                ? new Finding(severity, $"this predictor {one}.", cure) { Code = code, Column = columns[0] }
                : new Finding(severity, string.Create(CultureInfo.InvariantCulture,
                    $"{columns.Count} predictors {many}: {PlainText.List(columns)}."), cure)
                { Code = code });
        }
    }

    private static void LookForHugeNumbers(FeatureTable features, int column, double[] values, ICollection<Finding> findings)
    {
        int row = Array.FindIndex(values, value => Math.Abs(value) > Largest);
        if (row >= 0)
        {
            findings.Add(new Finding(
                Severity.Error, string.Create(CultureInfo.InvariantCulture, $"the value of {features.Subjects[row]} is {values[row]:0.###e+0}, which nothing measured is; its powers are no numbers."),
                "Correct it, leave the cell empty, or take the column off the predictors.")
            { Code = "too-large", Column = features.Columns[column] });
        }
    }

    // A fold or a held-out part may hold such a level alone, so that the training rows lack it.
    private static void LookForRareLevels(FeatureTable features, int column, double[] values, ICollection<Finding> findings)
    {
        IReadOnlyList<string> levels = features.Schema[column].Levels;
        (string Level, string[] Subjects)[] rare =
        [
            .. levels.Select((level, place) => (level, Enumerable.Range(0, values.Length).Where(row => values[row] == place).Select(row => features.Subjects[row]).ToArray()))
                .Where(each => each.Item2.Length is > 0 and <= FewOfALevel),
        ];
        if (rare.Length > 0)
        {
            findings.Add(new Finding(
                Severity.Warning, string.Create(CultureInfo.InvariantCulture,
                    $"{rare.Length} {(rare.Length == 1 ? "value occurs" : "values occur")} only once or twice, so that training rows may lack {(rare.Length == 1 ? "it" : "them")}: ") +
                PlainText.List([.. rare.Select(each => $"'{each.Level}' of {string.Join(" and ", each.Subjects)}")], separator: "; ") + ".",
                "Join such values with others, or write unseen: allZero in oneHotEncoding.")
            { Code = "rare-level", Column = features.Columns[column] });
        }
    }

    private static void LookForIds(FeatureColumn schema, double[] values, double[] known, ICollection<Finding> findings)
    {
        if (known.Length < LeastRows)
            return;
        int distinct = known.Distinct().Count();
        bool rising = schema.Kind == ColumnKind.Continuous && known.Length == values.Length && Array.TrueForAll(known, value => value == Math.Floor(value)) &&
            Enumerable.Range(1, known.Length - 1).All(i => known[i] > known[i - 1]);
        if (rising)
            Add("rises from row to row in whole numbers, as ids do.");
        else if (schema.Kind == ColumnKind.Categorical && 2 * distinct > known.Length)
            Add(string.Create(CultureInfo.InvariantCulture, $"has {distinct} different texts in {known.Length} rows, as ids and remarks do."));

        void Add(string problem) => findings.Add(new Finding(Severity.Error, "this predictor " + problem, "Take it off the predictors.") { Code = "id-like", Column = schema.Name });
    }

    private static void LookForDuplicates(FeatureTable features, ICollection<Finding> findings)
    {
        // The image tells subjects apart; without images the clinical columns must.
        int[] radiomic = [.. Enumerable.Range(0, features.ColumnCount).Where(c => features.Schema[c].Source == ColumnSource.Radiomic)];
        int[] columns = radiomic.Length > 0 ? radiomic : [.. Enumerable.Range(0, features.ColumnCount)];
        if (columns.Length < LeastColumnsOfDuplicates)
            return;
        foreach (IGrouping<string, string> same in Enumerable.Range(0, features.RowCount).GroupBy(row => Key(features.Row(row), columns), row => features.Subjects[row], StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            findings.Add(new Finding(
                radiomic.Length > 0 ? Severity.Error : Severity.Warning, string.Create(CultureInfo.InvariantCulture,
                    $"{same.Count()} subjects have the same value in every {(radiomic.Length > 0 ? "feature" : "predictor")}: {PlainText.List([.. same])}."),
                "Check whether one image or patient stands under several ids.")
            { Code = "duplicate-rows" });
        }
    }

    private static string Key(ReadOnlySpan<double> row, int[] columns)
    {
        var values = new double[columns.Length];
        for (int i = 0; i < columns.Length; i++)
            values[i] = row[columns[i]] + 0.0; // -0 is 0
        return new string(MemoryMarshal.Cast<double, char>(values));
    }
}
