using Trabecula.Learning.Selection;

namespace Trabecula.Workbench.Studies;

/// <summary>What mRMR took, in its order.</summary>
/// <param name="FittedOn">Whose values it saw.</param>
/// <param name="Offered">How many columns it chose among.</param>
/// <param name="Taken">The columns.</param>
public sealed record MrmrSummary(string FittedOn, int Offered, IReadOnlyList<MrmrColumn> Taken)
{
    internal const string TableName = "mrmr";

    /// <summary>Of the first split; null where no step is mRMR.</summary>
    internal static MrmrSummary? Of(StudyResult result)
    {
        FittedMrmr? before = result.BeforeSplit.OfType<FittedMrmr>().FirstOrDefault(), step = before ?? result.Splits[0].Steps.OfType<FittedMrmr>().FirstOrDefault();
        if (step is null)
            return null;
        // What it hands on untouched is what it was not confined to.
        int others = step.Output.Count - step.Ranking.Count;
        return new MrmrSummary(
            before is null ? "the training subjects" : "all subjects", step.Input.Count - others,
            [.. step.Ranking.Select(choice => new MrmrColumn(step.Input[choice.Column].Name, choice.Score, choice.Relevance, choice.Redundancy))]);
    }

    internal ReportTable Table() => new(TableName, "What mRMR took", ["column", "rank", "score", "relevance", "mean redundancy"],
        [.. Taken.Select((column, i) => (IReadOnlyList<string>)[column.Name, StudyTables.Whole(i + 1), .. ((double[])[column.Score, column.Relevance, column.Redundancy]).Select(StudyTables.Number)])])
    {
        Note = $"Fitted on {FittedOn}, among {StudyTables.Whole(Offered)} columns. Each time the column with the best score: its relevance to the outcome weighed against its mean redundancy with those taken before.",
    };
}

/// <summary>A column that mRMR took.</summary>
/// <param name="Name">The column.</param>
/// <param name="Score">By which it won.</param>
/// <param name="Relevance">What it tells about the outcome.</param>
/// <param name="Redundancy">What it shares, on average, with those taken before.</param>
public sealed record MrmrColumn(string Name, double Score, double Relevance, double Redundancy);
