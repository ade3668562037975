namespace Trabecula.Learning;

/// <summary>
/// Categories go by their names: a table that numbers them otherwise than the training rows did is numbered anew. Names that the
/// training table did not list get the numbers after those that it did.
/// </summary>
internal static class CategoryLevels
{
    /// <summary>The same rows with the categories numbered as a step was fitted on.</summary>
    /// <exception cref="LearningException">A column is categorical here and was not there, or the reverse.</exception>
    internal static FeatureTable Align(FeatureTable table, IReadOnlyList<FeatureColumn> fitted, string step)
    {
        var numbers = new Dictionary<int, double[]>();
        FeatureColumn[] schema = [.. table.Schema];
        for (int column = 0; column < schema.Length; column++)
        {
            FeatureColumn found = schema[column], expected = fitted[column];
            if ((found.Kind == ColumnKind.Categorical) != (expected.Kind == ColumnKind.Categorical))
                throw new LearningException(
                    $"{step}: column '{found.Name}' is {found.Kind}, but was {expected.Kind} on the training rows.",
                    "Give the column with the kind that it had there.");
            if (found.Kind != ColumnKind.Categorical || found.Levels.SequenceEqual(expected.Levels))
                continue;
            string[] levels = [.. expected.Levels, .. found.Levels.Except(expected.Levels, StringComparer.Ordinal)];
            numbers[column] = [.. found.Levels.Select(level => (double)Array.IndexOf(levels, level))];
            schema[column] = expected with { Levels = levels };
        }
        return numbers.Count == 0 ? table : table.Map(schema, values => Renumber(values, schema.Length, numbers));
    }

    /// <summary>The columns that a step gives, with every level of the categorical ones that it hands on.</summary>
    internal static FeatureColumn[] HandOn(FeatureTable table, FeatureColumn[] output)
    {
        if (!output.Any(column => column.Kind == ColumnKind.Categorical))
            return output;
        var levels = table.Schema.Where(column => column.Kind == ColumnKind.Categorical).ToDictionary(column => column.Name, column => column.Levels);
        return [.. output.Select(column => levels.TryGetValue(column.Name, out IReadOnlyList<string>? all) ? column with { Levels = all } : column)];
    }

    private static double[] Renumber(double[] values, int width, Dictionary<int, double[]> numbers)
    {
        double[] renumbered = [.. values];
        foreach ((int column, double[] number) in numbers)
        {
            for (int at = column; at < renumbered.Length; at += width)
            {
                if (!double.IsNaN(renumbered[at]))
                    renumbered[at] = number[(int)renumbered[at]];
            }
        }
        return renumbered;
    }
}
