namespace Trabecula.Learning.Interpretation;

/// <summary>Columns that are looked at as one: those made of one predictor, a family of features, everything of one source.</summary>
/// <param name="Name">What it is called; once in a list of groups.</param>
/// <param name="Columns">Places of the columns in the table that the model sees, each once; may be empty.</param>
public sealed record ColumnGroup(string Name, IReadOnlyList<int> Columns)
{
    /// <summary>
    /// For every predictor that the steps were given and whose columns a model sees, these columns: mostly one, for a category one for each of
    /// its levels, and with them the indicators of its missing values.
    /// </summary>
    /// <param name="steps">Fitted steps in order; empty where columns are what they are.</param>
    /// <param name="schema">The columns after the steps.</param>
    public static IReadOnlyList<ColumnGroup> OfPredictors(IReadOnlyList<FittedTransformer> steps, IReadOnlyList<FeatureColumn> schema)
    {
        ArgumentNullException.ThrowIfNull(steps);
        ArgumentNullException.ThrowIfNull(schema);
        string[] names = [.. schema.Select(column => column.Name)];
        foreach (FittedTransformer step in steps.Reverse())
        {
            Dictionary<string, string> sources = step.Output.Select((column, i) => (column.Name, Source: step.Input[step.SourceOf(i)].Name))
                .ToDictionary(each => each.Name, each => each.Source, StringComparer.Ordinal);
            names = Array.ConvertAll(names, name => sources.GetValueOrDefault(name, name));
        }
        return [.. names.Select((name, i) => (name, i)).GroupBy(each => each.name, StringComparer.Ordinal)
            .Select(group => new ColumnGroup(group.Key, [.. group.Select(each => each.i)]))];
    }

    /// <summary>Groups joined into larger ones.</summary>
    /// <param name="groups">The groups.</param>
    /// <param name="nameOf">From a group's name to that of the one it joins.</param>
    public static IReadOnlyList<ColumnGroup> Join(IReadOnlyList<ColumnGroup> groups, Func<string, string> nameOf)
    {
        ArgumentNullException.ThrowIfNull(groups);
        return [.. groups.GroupBy(group => nameOf(group.Name), StringComparer.Ordinal)
            .Select(joined => new ColumnGroup(joined.Key, [.. joined.SelectMany(group => group.Columns).Order()]))];
    }
}
