using System.Globalization;
using Trabecula.Workbench.Extraction;
using Trabecula.Workbench.Tables;

namespace Trabecula.Workbench.Readers;

/// <summary>
/// Which rows of several readers' tables are of one region. Readers number segments in the order in which they draw them, so that names count where every row of a subject has
/// one, as they do where masks are compared; else the label does. A table without labels has one region a subject, whatever it is called.
/// </summary>
/// <param name="Rows">By reader, the row of each region.</param>
/// <param name="HasLabels">Whether subjects have several regions.</param>
/// <param name="Doubts">Where the readers may not mean the same region.</param>
/// <param name="Tally">How many regions of several readers were paired by name and by label; null where no names count.</param>
internal sealed record RegionPairing(IReadOnlyList<OrderedDictionary<string, int>> Rows, bool HasLabels, IReadOnlyList<string> Doubts, string? Tally)
{
    private const string LabelColumn = "Label";

    private const int DoubtsShown = 10;

    /// <summary>Pairs rows; a region that stands twice in a table is a problem.</summary>
    public static RegionPairing Of(RadiomicTable[] readers, List<Finding> problems)
    {
        Row[][] rows = Array.ConvertAll(readers, RowsOf);
        bool hasLabels = Array.Exists(readers, reader => FeatureReadings.Column(reader.Table, LabelColumn) >= 0);
        HashSet<string> byName = hasLabels ? NamedSubjects(rows) : [];
        // A name is written as the first reader writes it.
        var spellings = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var paired = Array.ConvertAll(rows, _ => new OrderedDictionary<string, int>(StringComparer.Ordinal));
        var regions = new OrderedDictionary<string, List<Row>>(StringComparer.Ordinal);
        for (int reader = 0; reader < rows.Length; reader++)
        {
            DataTable table = readers[reader].Table;
            foreach (Row row in rows[reader])
            {
                string region = byName.Contains(row.Subject) ? $"{row.Subject}, {Spelled(row.Name)}" : row.Label is { } label ? $"{row.Subject}, label {label}" : row.Subject;
                if (paired[reader].TryAdd(region, row.Place))
                {
                    regions.TryAdd(region, []);
                    regions[region].Add(row);
                    continue;
                }
                problems.Add(new Finding(Severity.Error, $"'{region}' of {readers[reader].Reader} stands twice.", "Give each case its own id, or a column Label.")
                { Table = table.Name, Rows = [table.RowNumber(paired[reader][region]), table.RowNumber(row.Place)], Code = "duplicate-subject" });
            }
        }
        return new RegionPairing(paired, hasLabels, DoubtsOf(byName, rows, regions), byName.Count == 0 ? null : TallyOf(byName, regions));

        string Spelled(string name) => spellings.TryAdd(name, name) ? name : spellings[name];
    }

    private static Row[] RowsOf(RadiomicTable reader)
    {
        DataTable table = reader.Table;
        int label = FeatureReadings.Column(table, LabelColumn), name = FeatureReadings.Column(table, CaseTable.SegmentColumn);
        return [.. Enumerable.Range(0, table.RowCount).Select(row =>
            new Row(row, table.Text(row, reader.SubjectColumn), label < 0 ? null : table.Text(row, label), name < 0 ? "" : table.Text(row, name).Trim()))];
    }

    /// <summary>Subjects whose regions all have names in the tables of all readers, each reader's own ones different.</summary>
    private static HashSet<string> NamedSubjects(Row[][] rows)
    {
        var named = rows.SelectMany(each => each).Select(row => row.Subject).ToHashSet(StringComparer.Ordinal);
        foreach (IGrouping<string, Row> subject in rows.SelectMany(each => each.GroupBy(row => row.Subject, StringComparer.Ordinal)))
        {
            if (subject.Any(row => row.Name.Length == 0) || subject.DistinctBy(row => row.Name, StringComparer.OrdinalIgnoreCase).Count() < subject.Count())
                named.Remove(subject.Key);
        }
        return named;
    }

    private static string TallyOf(HashSet<string> byName, OrderedDictionary<string, List<Row>> regions)
    {
        Row[] paired = [.. regions.Values.Where(readers => readers.Count > 1).Select(readers => readers[0])];
        int names = paired.Count(row => byName.Contains(row.Subject));
        return string.Create(CultureInfo.InvariantCulture, $"Regions paired by the names of their segments: {names}; by their labels: {paired.Length - names}.");
    }

    private static List<string> DoubtsOf(HashSet<string> byName, Row[][] rows, OrderedDictionary<string, List<Row>> regions)
    {
        Dictionary<string, int> readersOf = rows.SelectMany(each => each.Select(row => row.Subject).Distinct()).CountBy(subject => subject).ToDictionary(StringComparer.Ordinal);
        var doubts = new List<string>();
        foreach (List<Row> readers in regions.Values)
        {
            Row first = readers[0];
            string[] names = [.. readers.Select(row => row.Name).Where(name => name.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)];
            if (byName.Contains(first.Subject))
            {
                if (readers.Count < readersOf[first.Subject])
                    doubts.Add($"{first.Subject}: only some readers have a segment '{first.Name}': where a name is spelled otherwise, correct it in the column Segment, or delete that column to pair by label.");
            }
            else if (names.Length > 1)
            {
                doubts.Add($"{first.Subject}: {(first.Label is { } label ? $"label {label}" : "the region")} is {string.Join(" and ", names.Select(name => $"'{name}'"))} in the readers' tables: "
                    + "if these are not the same, extract by name, with --label.");
            }
        }
        if (doubts.Count > DoubtsShown)
            doubts = [.. doubts.Take(DoubtsShown), string.Create(CultureInfo.InvariantCulture, $"... and {doubts.Count - DoubtsShown} more such regions.")];
        return doubts;
    }

    private sealed record Row(int Place, string Subject, string? Label, string Name);
}
