using Trabecula.Learning.Splitting;

namespace Trabecula.Learning.Preparation;

/// <summary>What a step demands of the columns that it works on; the others may be as they like.</summary>
internal static class ScopedColumns
{
    /// <summary>Training rows with some of their columns, read once, for a model inside a step.</summary>
    internal static TrainingSet Take(TrainingSet training, int[] columns)
    {
        FeatureTable table = training.Table;
        return training.WithTable(new FeatureTable(
            [.. columns.Select(column => table.Schema[column])], table.Subjects, table.Outcomes,
            [.. Enumerable.Range(0, table.RowCount).SelectMany(row => columns.Select(column => table.Values[row * table.ColumnCount + column]))]));
    }

    /// <summary>Refuses missing values, naming them.</summary>
    internal static void RequireComplete(FeatureTable table, ReadOnlySpan<int> columns, string step)
    {
        var places = new List<string>();
        int count = 0;
        for (int row = 0; row < table.RowCount; row++)
        {
            ReadOnlySpan<double> line = table.Row(row);
            foreach (int column in columns)
            {
                if (double.IsNaN(line[column]) && ++count <= Listing.Shown)
                    places.Add($"'{table.Columns[column]}' of {table.Subjects[row]}");
            }
        }
        if (count > 0)
            throw new LearningException(
                $"{step}: {count} of {(long)table.RowCount * columns.Length} values are missing: {string.Join("; ", places)}{Listing.Rest(count)}.",
                "Leave these columns or subjects out, or impute them before.");
    }

    /// <summary>Refuses columns without any value, naming them.</summary>
    internal static void RequireAnyValue(FeatureTable table, ReadOnlySpan<int> columns, string step)
    {
        var names = new List<string>();
        foreach (int column in columns)
        {
            int row = 0;
            while (row < table.RowCount && double.IsNaN(table.Row(row)[column]))
                row++;
            if (row == table.RowCount)
                names.Add($"'{table.Columns[column]}'");
        }
        if (names.Count > 0)
            throw new LearningException(
                $"{step}: {Listing.Of(names)} {(names.Count == 1 ? "has" : "have")} no value in the {table.RowCount} training rows.",
                "Leave such columns out.");
    }

    /// <summary>Refuses numbers so large that two of them have no difference, naming their columns.</summary>
    internal static void RequireDifferences(FeatureTable table, ReadOnlySpan<int> columns, string step)
    {
        for (int row = 0; row < table.RowCount; row++)
        {
            ReadOnlySpan<double> line = table.Row(row);
            foreach (int column in columns)
            {
                if (Math.Abs(line[column]) > double.MaxValue / 4)
                    throw new LearningException(
                        FormattableString.Invariant($"{step}: '{table.Columns[column]}' of {table.Subjects[row]} is {line[column]:0.###e+0}, too large to be subtracted from others."),
                        "Correct the value, or leave the column out.");
            }
        }
    }

    /// <summary>Refuses categorical columns, whose numbers are names.</summary>
    internal static void RequireNumeric(FeatureTable table, ReadOnlySpan<int> columns, string step)
    {
        var names = new List<string>();
        foreach (int column in columns)
        {
            if (table.Schema[column].Kind == ColumnKind.Categorical)
                names.Add($"'{table.Columns[column]}'");
        }
        if (names.Count > 0)
            throw new LearningException(
                $"{step}: {Listing.Of(names)} {(names.Count == 1 ? "is" : "are")} categorical, and the numbers of categories measure nothing.",
                "Encode categorical columns before, or confine the step to a scope without them.");
    }
}
