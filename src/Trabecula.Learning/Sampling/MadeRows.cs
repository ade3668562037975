namespace Trabecula.Learning.Sampling;

/// <summary>A row to make: between a row and a partner of its class.</summary>
/// <param name="Base">The row that it starts from.</param>
/// <param name="Partner">The row that it goes towards.</param>
/// <param name="Step">How far, from 0 to 1.</param>
internal readonly record struct MadeRow(int Base, int Partner, double Step);

/// <summary>Adds rows between rows, <c>x + step * (partner - x)</c>, behind those that there are.</summary>
internal static class MadeRows
{
    internal static FeatureTable Append(FeatureTable table, IReadOnlyList<MadeRow> made, CategoryRule categories, string sampler)
    {
        int columns = table.ColumnCount, rows = table.RowCount;
        var values = new double[(rows + made.Count) * columns];
        table.Values.CopyTo(values);
        bool[] isMixed = [.. table.Schema.Select(c => c.Kind == ColumnKind.Continuous || categories == CategoryRule.Interpolated)];
        for (int i = 0; i < made.Count; i++)
        {
            (int from, int to, double step) = made[i];
            ReadOnlySpan<double> x = table.Row(from), partner = table.Row(to);
            ReadOnlySpan<double> category = categories == CategoryRule.FromNearer && step >= 0.5 ? partner : x;
            Span<double> row = values.AsSpan((rows + i) * columns, columns);
            for (int column = 0; column < columns; column++)
                row[column] = isMixed[column] ? x[column] + step * (partner[column] - x[column]) : category[column];
        }
        return table.WithRows(
            [.. table.Subjects, .. Subjects(table, made, sampler)], [.. table.Outcomes, .. made.Select(row => table.Outcomes[row.Base])], values);
    }

    private static IEnumerable<string> Subjects(FeatureTable table, IReadOnlyList<MadeRow> made, string sampler)
    {
        var taken = new HashSet<string>(table.Subjects, StringComparer.Ordinal);
        int number = 1;
        foreach (MadeRow row in made)
        {
            string name;
            do
            {
                name = $"{table.Subjects[row.Base]} ({sampler} {number++})";
            } while (!taken.Add(name));
            yield return name;
        }
    }
}
