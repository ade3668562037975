using System.Globalization;
using Trabecula.Learning;
using Trabecula.Workbench.Tables;

namespace Trabecula.Workbench.Cohorts;

/// <summary>Puts clinical and radiomic columns side by side.</summary>
internal static class FeatureAssembly
{
    /// <summary>The clinical columns as numbers; those that cannot be are left out and reported.</summary>
    public static CodedColumn[] Code(CohortDesign design, DataTable clinical, IReadOnlyList<int> rows, List<Finding> findings) =>
        [.. design.Clinical.Select(predictor => ClinicalCoding.Code(clinical, rows, predictor, findings)).OfType<CodedColumn>()];

    /// <summary>The table of features, or null where errors leave nothing to build.</summary>
    public static FeatureTable? Build(
        CodedColumn[] coded, DataTable clinical, IReadOnlyList<int> rows, string[] subjects, bool[] outcomes, ReaderJoin? join, List<Finding> findings)
    {
        int features = join?.Readers[0].FeatureColumns.Count ?? 0, width = coded.Length + features;
        if (!Fits(rows.Count, width, join?.Readers.Count ?? 1, findings))
            return null;
        FeatureColumn[] schema =
        [
            .. coded.Select(column => column.Column),
            .. join?.Readers[0].FeatureColumns.Select(c => new FeatureColumn(join.Readers[0].Table.Columns[c])) ?? [],
        ];
        foreach (IGrouping<string, FeatureColumn> same in schema.GroupBy(column => column.Name, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            findings.Add(new Finding(Severity.Error, "the predictor stands in more than one place.", "Name it once.")
            { Code = "duplicate-predictor", Column = same.Key });
        }
        var readings = new List<double[]>();
        for (int reader = 0; reader < (join?.Readers.Count ?? 1); reader++)
        {
            var values = new double[(long)rows.Count * width];
            // Clinical columns are not read again.
            for (int c = 0; c < coded.Length; c++)
                Place(values, c, width, reader == 0 ? coded[c].Values : Enumerable.Repeat(double.NaN, rows.Count));
            for (int f = 0; f < features; f++)
                Place(values, coded.Length + f, width, Feature(join!, reader, f, rows.Count, findings));
            readings.Add(values);
        }
        if (findings.Exists(finding => finding.Severity == Severity.Error) || rows.Count == 0 || width == 0)
        {
            if (rows.Count == 0)
                findings.Add(new Finding(Severity.Error, "no subject is left.", "Look at the counts of the criteria.") { Code = "no-subjects", Table = clinical.Name });
            if (width == 0)
                findings.Add(new Finding(Severity.Error, "there is no predictor.", "Name clinical columns or readers' tables.") { Code = "no-predictors" });
            // Checks of single columns still tell something where only some cells or names are wrong.
            if (rows.Count == 0 || width == 0 || findings.Exists(finding => finding.Code == "duplicate-predictor"))
                return null;
        }
        return new FeatureTable(schema, subjects, outcomes, readings[0], readings[1..]);
    }

    private static void Place(double[] values, int column, int width, IEnumerable<double> cells)
    {
        long at = column;
        foreach (double cell in cells)
        {
            values[at] = cell;
            at += width;
        }
    }

    private static IEnumerable<double> Feature(ReaderJoin join, int reader, int feature, int count, List<Finding> findings)
    {
        int column = join.ColumnsOf(reader)[feature];
        if (column < 0)
            return Enumerable.Repeat(double.NaN, count);
        double[] numbers = join.Readers[reader].Table.Numbers(column, findings);
        return join.RowsOf(reader).Select(row => row < 0 ? double.NaN : numbers[row]);
    }

    private static bool Fits(int rows, int columns, int readers, List<Finding> findings)
    {
        // Each fold of a study needs the values again, so half of the memory is not too little.
        long bytes = (long)rows * columns * readers * sizeof(double);
        long memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if ((long)rows * columns <= Array.MaxLength && bytes <= memory / 2)
            return true;
        findings.Add(new Finding(
            Severity.Error, string.Create(CultureInfo.InvariantCulture,
                $"{rows} subjects with {columns} predictors by {readers} readers need {bytes >> 20} MiB, more than half of the {memory >> 20} MiB of memory."),
            "Leave features out.")
        { Code = "too-large" });
        return false;
    }
}
