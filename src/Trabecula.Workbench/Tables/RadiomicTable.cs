using System.Globalization;
using System.IO.Enumeration;

namespace Trabecula.Workbench.Tables;

/// <summary>One reader's radiomic features by subject, from <c>trabecula extract</c> or any other table of numbers.</summary>
/// <param name="Reader">A name that messages can use.</param>
/// <param name="Table">The table, without the rows of cases that failed.</param>
/// <param name="SubjectColumn">Place of the subjects' ids.</param>
/// <param name="FeatureColumns">Places of the features.</param>
public sealed record RadiomicTable(string Reader, DataTable Table, int SubjectColumn, IReadOnlyList<int> FeatureColumns)
{
    // The image types of PyRadiomics, as they begin a feature's name.
    private static readonly string[] FeaturePrefixes =
        ["original_", "log-sigma-", "wavelet-", "wavelet2-", "gradient_", "square_", "squareroot_", "logarithm_", "exponential_", "lbp-"];

    private static readonly string[] ClassNames = ["_firstorder_", "_shape_", "_shape2D_", "_glcm_", "_glrlm_", "_glszm_", "_gldm_", "_ngtdm_"];

    // As they begin, be it behind the name of a sequence; PyRadiomics 1 called them general_info.
    private static readonly string[] DiagnosticNames = ["diagnostics_Versions_", "diagnostics_Configuration_", "diagnostics_Image-", "diagnostics_Mask-", "general_info_"];

    private static readonly string[] CaseColumns = ["Image", "Mask", "Label", "Segment", "Reader"];

    /// <summary>Ids of cases without any feature, which were left out: their extraction had failed.</summary>
    public IReadOnlyList<string> FailedCases { get; init; } = [];

    /// <summary>Columns that are neither the id nor features, which were left out.</summary>
    public IReadOnlyList<string> OtherColumns { get; init; } = [];

    /// <summary>
    /// Finds the features of a table. Where any column has a name as PyRadiomics gives, those are the features; else all columns but the id,
    /// <c>Image</c>, <c>Mask</c>, <c>Label</c>, <c>Segment</c>, <c>Reader</c> and <c>diagnostics_…</c>.
    /// </summary>
    /// <param name="reader">A name that messages can use.</param>
    /// <param name="table">The table.</param>
    /// <param name="subjectColumn">The column of the subjects' ids.</param>
    /// <param name="include">Names of the features wanted, in which * stands for any letters; null for all.</param>
    /// <param name="exclude">Names of features to leave out, likewise; null for none.</param>
    /// <exception cref="TableException">There is no such column, or no feature.</exception>
    public static RadiomicTable Of(
        string reader, DataTable table, string subjectColumn, IReadOnlyList<string>? include = null, IReadOnlyList<string>? exclude = null)
    {
        int subject = table.Find(subjectColumn);
        if (subject < 0)
        {
            string? near = Spelling.Nearest(subjectColumn, table.Columns);
            throw new TableException(table.Name, $"there is no column '{subjectColumn}' with the subjects' ids.",
                near is null ? "Name the column that holds them." : $"Did you mean '{near}'?");
        }
        int[] named = [.. Enumerable.Range(0, table.Columns.Count).Where(c => c != subject && HasFeatureName(table.Columns[c]))];
        int[] features = named.Length > 0 ? named : [.. Enumerable.Range(0, table.Columns.Count).Where(c => c != subject && !DescribesCase(table.Columns[c]))];
        features = [.. features.Where(c => include?.Any(p => Matches(table.Columns[c], p)) != false && exclude?.Any(p => Matches(table.Columns[c], p)) != true)];
        if (features.Length == 0)
            throw new TableException(table.Name, "the table has no column of features that are wanted.", "Give a table with a column for each feature.");

        var present = new List<int>();
        var failed = new List<string>();
        for (int row = 0; row < table.RowCount; row++)
        {
            int at = row;
            if (Array.Exists(features, c => !table.IsMissing(at, c)))
                present.Add(row);
            else
                failed.Add(table.Text(row, subject) is { Length: > 0 } id ? id : string.Create(CultureInfo.InvariantCulture, $"row {table.RowNumber(row)}"));
        }
        return new RadiomicTable(reader, failed.Count == 0 ? table : table.TakeRows(present), subject, features)
        {
            FailedCases = failed,
            OtherColumns = [.. Enumerable.Range(0, table.Columns.Count).Except(features).Where(c => c != subject).Select(c => table.Columns[c])],
        };
    }

    /// <summary>Whether a column is named as PyRadiomics names features, be it behind the name of a sequence as in <c>ADC_original_glcm_Contrast</c>.</summary>
    internal static bool HasFeatureName(string column) =>
        Array.Exists(FeaturePrefixes, prefix => column.StartsWith(prefix, StringComparison.Ordinal)) ||
        (Array.Exists(ClassNames, name => column.Contains(name, StringComparison.Ordinal)) && Array.Exists(FeaturePrefixes, prefix => column.Contains($"_{prefix}", StringComparison.Ordinal)));

    private static bool Matches(string column, string pattern) => FileSystemName.MatchesSimpleExpression(pattern, column, ignoreCase: false);

    /// <summary>Whether a column is one of those that an extraction writes beside the features.</summary>
    internal static bool DescribesCase(string column) =>
        column.StartsWith("diagnostics_", StringComparison.Ordinal) || Array.Exists(DiagnosticNames, name => column.Contains(name, StringComparison.Ordinal)) || CaseColumns.Contains(column, StringComparer.OrdinalIgnoreCase);
}
