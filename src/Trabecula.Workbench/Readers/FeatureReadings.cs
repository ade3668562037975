using System.Globalization;
using Trabecula.Workbench.Tables;

namespace Trabecula.Workbench.Readers;

/// <summary>The features of several readers, subject by subject.</summary>
/// <param name="Readers">The readers' names.</param>
/// <param name="Subjects">Subjects, or their regions, that at least two readers have, in the order of the first table.</param>
/// <param name="Features">Features that all readers have.</param>
/// <param name="Values">By feature, then reader, then subject; NaN where a value is missing.</param>
internal sealed record FeatureReadings(
    IReadOnlyList<string> Readers, IReadOnlyList<string> Subjects, IReadOnlyList<string> Features, IReadOnlyList<double[][]> Values)
{
    private const string ReaderColumn = "Reader";

    /// <summary>What did not fit together and was left out.</summary>
    public IReadOnlyList<string> Notes { get; private init; } = [];

    /// <summary>What is counted: <c>subject</c>, or <c>region</c> where subjects have several.</summary>
    public string What { get; private init; } = "subject";

    /// <summary>Whether a table holds features of several readers.</summary>
    public static bool IsTableOfReaders(DataTable table) => Column(table, ReaderColumn) >= 0;

    /// <summary>Joins tables: one with a column Reader, or one for each reader.</summary>
    /// <exception cref="TableException">A table has no ids or features, a subject stands twice, or nothing is common to the readers.</exception>
    public static FeatureReadings Of(IReadOnlyList<DataTable> tables, string idColumn)
    {
        RadiomicTable[] readers = tables.Count == 1 ? SplitByReader(tables[0], idColumn) : [.. tables.Select(table => Read(table.Name, table, idColumn))];
        if (readers.Length < 2)
            throw new TableException(tables[0].Name, "the table holds a single reader.", "Give a table with the rows of at least two, or a table for each.");

        var problems = new List<Finding>();
        var pairing = RegionPairing.Of(readers, problems);
        IReadOnlyList<OrderedDictionary<string, int>> rows = pairing.Rows;
        HashSet<string> known = readers.Select(Names).Aggregate(new HashSet<string>(Names(readers[0]), StringComparer.Ordinal), (common, names) => { common.IntersectWith(names); return common; });
        string[] features = [.. Names(readers[0]).Where(known.Contains)];
        string[] subjects = [.. rows.SelectMany(each => each.Keys).Distinct().Where(subject => rows.Count(each => each.ContainsKey(subject)) > 1)];
        if (problems.Count == 0 && features.Length == 0)
            problems.Add(new Finding(Severity.Error, "The readers have no feature in common.", "Extract with the same parameters for all readers."));
        if (problems.Count == 0 && subjects.Length == 0)
        {
            problems.Add(pairing.Doubts.Count == 0 ? new Finding(Severity.Error, "The readers have no subject in common.", "Write ids alike in all tables, leading zeros and capitals included.")
                : new Finding(Severity.Error, "The readers have no region in common.", string.Join(' ', pairing.Doubts)));
        }
        var values = new double[features.Length][][];
        for (int f = 0; problems.Count == 0 && f < features.Length; f++)
            values[f] = [.. readers.Select((reader, r) => ValuesOf(reader, rows[r], features[f], subjects, problems))];
        if (problems.Count > 0)
            throw new TableException(problems);

        List<string> notes = pairing.Tally is { } tally ? [tally, .. pairing.Doubts] : [.. pairing.Doubts];
        int dropped = readers.SelectMany(Names).Distinct().Count() - features.Length, alone = rows.SelectMany(each => each.Keys).Distinct().Count() - subjects.Length;
        if (dropped > 0)
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"{dropped} {(dropped == 1 ? "feature is" : "features are")} not in every reader's table: left out."));
        string what = pairing.HasLabels ? "region" : "subject";
        if (alone > 0)
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"{alone} {what}{(alone == 1 ? " has" : "s have")} features of one reader only: left out."));
        return new FeatureReadings([.. readers.Select(reader => reader.Reader)], subjects, features, values) { Notes = notes, What = what };
    }

    private static RadiomicTable[] SplitByReader(DataTable table, string idColumn)
    {
        int column = Column(table, ReaderColumn);
        return [.. Enumerable.Range(0, table.RowCount).GroupBy(row => table.Text(row, column), StringComparer.Ordinal)
            .Select(group => Read($"reader {group.Key}", table.TakeRows([.. group]), idColumn))];
    }

    private static RadiomicTable Read(string reader, DataTable table, string idColumn) =>
        RadiomicTable.Of(reader, table, Column(table, idColumn) is >= 0 and var id ? table.Columns[id] : idColumn);

    private static IEnumerable<string> Names(RadiomicTable reader) => reader.FeatureColumns.Select(column => reader.Table.Columns[column]);

    private static double[] ValuesOf(RadiomicTable reader, OrderedDictionary<string, int> rows, string feature, string[] subjects, List<Finding> problems)
    {
        int column = reader.Table.Find(feature);
        return Array.ConvertAll(subjects, subject => rows.TryGetValue(subject, out int row) ? reader.Table.Number(row, column, problems) : double.NaN);
    }

    internal static int Column(DataTable table, string name) =>
        table.Columns.Select((column, i) => (column, i)).Where(each => each.column.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(each => each.i).FirstOrDefault(-1);
}
