using System.Globalization;
using Trabecula.Learning.Search;

namespace Trabecula.Workbench.Studies;

/// <summary>The hyper-parameters of each model: what was tried, and what was chosen.</summary>
internal static class SearchTable
{
    internal const string Models = "models";

    private const int MostListed = 6;

    /// <summary>Each model with its search and choice, and the models that could not be fitted.</summary>
    internal static ReportTable OfModels(StudySummary summary) => new(
        Models, "Models, their search, and what it chose", ["model", "configurations", "AUROC over the folds", summary.Splits.Count > 1 ? "chosen in the first split" : "chosen"],
        [
            .. summary.Models.Select(model => (IReadOnlyList<string>)
                [model.Name, StudyTables.Whole(model.Configurations), StudyTables.Number(model.CrossValidatedAuroc[0] ?? double.NaN), model.Chosen[0]]),
            .. summary.LeftOut.Select(model => (IReadOnlyList<string>)[model.Name, "", "", $"Left out. {model.Reason}"]),
        ]);

    internal static ReportTable Of(StudyResult result) => new("tableS2", "Hyper-parameters tried and chosen",
        ["model", "configurations", "hyper-parameter", "tried", "chosen"], [.. result.Splits[0].Searches.SelectMany(Rows)])
    {
        Note = (result.Splits.Count == 1 ? "" : "Of the first split. ") + "Values that occurred among the configurations tried; every one of these is in tables/trials.csv. What is not named has its default.",
    };

    private static IEnumerable<IReadOnlyList<string>> Rows(SearchResult search)
    {
        Dictionary<string, string> chosen = Values(search.ChosenTrial.Configuration.Text);
        ILookup<string, string> tried = search.Trials.SelectMany(trial => Values(trial.Configuration.Text)).ToLookup(each => each.Key, each => each.Value, StringComparer.Ordinal);
        if (tried.Count == 0)
            yield return [search.Model, StudyTables.Whole(search.Trials.Count), "all", "defaults", "defaults"];
        bool first = true;
        foreach (IGrouping<string, string> name in tried.OrderBy(name => name.Key, StringComparer.Ordinal))
        {
            yield return [search.Model, first ? StudyTables.Whole(search.Trials.Count) : "", name.Key, Listed([.. name.Distinct(StringComparer.Ordinal)]), chosen.GetValueOrDefault(name.Key, "")];
            first = false;
        }
    }

    // As ParameterSet writes itself: name=value, with commas between.
    private static Dictionary<string, string> Values(string configuration) => configuration.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split('=', 2))
        .Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);

    private static string Listed(string[] values)
    {
        bool numbers = Array.TrueForAll(values, value => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _));
        string[] sorted = numbers ? [.. values.OrderBy(value => double.Parse(value, CultureInfo.InvariantCulture))] : [.. values.Order(StringComparer.Ordinal)];
        return sorted.Length <= MostListed ? string.Join(", ", sorted)
            : numbers ? string.Create(CultureInfo.InvariantCulture, $"{sorted[0]} to {sorted[^1]} ({sorted.Length} values)") : $"{string.Join(", ", sorted.Take(MostListed))} and more";
    }
}
