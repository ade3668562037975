using System.Globalization;
using Trabecula.Workbench.Tables;

namespace Trabecula.Workbench.Cohorts;

/// <summary>How the outcome of a subject follows from the table.</summary>
public abstract record OutcomeRule
{
    private protected OutcomeRule()
    {
    }

    /// <summary>What the outcome is called.</summary>
    public string Name { get; init; } = "Outcome";

    /// <summary>The columns that make the outcome; none of them may be a predictor.</summary>
    public abstract IReadOnlyList<string> Columns { get; }

    /// <summary>The outcome of rows: null where it is not known.</summary>
    /// <param name="table">The table of subjects.</param>
    /// <param name="rows">The rows wanted, from 0.</param>
    /// <param name="findings">Receives columns that do not exist and cells that cannot be read.</param>
    public abstract IReadOnlyList<bool?> OutcomesOf(DataTable table, IReadOnlyList<int> rows, ICollection<Finding> findings);
}

/// <summary>A column holds the outcome.</summary>
/// <param name="Column">The column.</param>
public sealed record OutcomeColumn(string Column) : OutcomeRule
{
    private const int ValuesShown = 10;

    /// <summary>The cells that mean the event.</summary>
    public IReadOnlyList<string> Positive { get; init; } = ["1"];

    /// <summary>The cells that mean that it did not happen; empty where all others hold one value, which means that.</summary>
    public IReadOnlyList<string> Negative { get; init; } = [];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Columns => [Column];

    /// <inheritdoc/>
    public override IReadOnlyList<bool?> OutcomesOf(DataTable table, IReadOnlyList<int> rows, ICollection<Finding> findings)
    {
        int place = ColumnSearch.Require(table, Column, "the outcome", findings);
        if (place < 0)
            return new bool?[rows.Count];
        bool Is(int row, IReadOnlyList<string> texts) => texts.Any(text => CellText.AreEqual(table, row, place, text));
        int[] others = [.. rows.Where(row => !table.IsMissing(row, place) && !Is(row, Positive) && !Is(row, Negative))];
        // The commonest of them means no event where the plan does not say what does.
        IGrouping<string, int>[] values = [.. others.GroupBy(row => table.Text(row, place), StringComparer.Ordinal).OrderByDescending(value => value.Count())];
        string? none = Negative.Count > 0 || values.Length == 0 ? null : values[0].Key;
        foreach (IGrouping<string, int> value in values.Where(value => none is null || !Is(value.First(), [none])).Take(ValuesShown))
        {
            findings.Add(new Finding(
                Severity.Error, $"'{value.Key}' is neither the event ({string.Join(", ", Positive)}) nor {(none is null ? $"its absence ({string.Join(", ", Negative)})" : $"'{none}', which most others are")}.",
                "Correct these cells, leave them empty where the outcome is not known, or list under outcome.negative every value that means no event.")
            { Code = "outcome-values", Table = table.Name, Column = Column, Rows = [.. value.Select(table.RowNumber)] });
        }
        return [.. rows.Select(row => table.IsMissing(row, place) ? null : (bool?)Is(row, Positive))];
    }
}

/// <summary>
/// The event is a score that reaches a threshold on each of some days. A subject with one of these days missing has no outcome: a missing day is
/// no sign of health.
/// </summary>
/// <param name="Scores">For each day its column of scores; days that do not decide are summarised only.</param>
/// <param name="AtLeast">The score from which on a day counts.</param>
/// <param name="OnDays">The days that must all count.</param>
public sealed record RepeatedScores(IReadOnlyDictionary<int, string> Scores, double AtLeast, IReadOnlyList<int> OnDays) : OutcomeRule
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Columns => [.. Scores.OrderBy(score => score.Key).Select(score => score.Value)];

    /// <inheritdoc/>
    public override IReadOnlyList<bool?> OutcomesOf(DataTable table, IReadOnlyList<int> rows, ICollection<Finding> findings)
    {
        var places = new List<int>();
        foreach (int day in OnDays)
        {
            if (Scores.TryGetValue(day, out string? column))
                places.Add(ColumnSearch.Require(table, column, "the outcome", findings));
            else
                findings.Add(new Finding(
                    Severity.Error, string.Create(CultureInfo.InvariantCulture, $"the outcome needs day {day}, for which no column is given."), "Give its column of scores.")
                { Code = "no-column", Table = table.Name });
        }
        if (places.Count < OnDays.Count || places.Contains(-1))
            return new bool?[rows.Count];
        return [.. rows.Select(Outcome)];

        bool? Outcome(int row)
        {
            bool reached = true;
            foreach (int place in places)
            {
                double score = table.Number(row, place, findings);
                if (double.IsNaN(score))
                    return null;
                reached &= score >= AtLeast;
            }
            return reached;
        }
    }

    /// <summary>The scores of each day by group.</summary>
    /// <param name="table">The table of subjects.</param>
    /// <param name="rows">The rows of the subjects with an outcome, from 0.</param>
    /// <param name="outcomes">The outcome of each of these rows.</param>
    public IReadOnlyList<ScoreSummary> Summarise(DataTable table, IReadOnlyList<int> rows, IReadOnlyList<bool> outcomes)
    {
        var summaries = new List<ScoreSummary>();
        foreach ((int day, string column) in Scores.OrderBy(score => score.Key))
        {
            int place = table.Find(column);
            foreach (bool group in (bool[])[false, true])
            {
                if (place >= 0)
                    summaries.Add(ScoreSummary.Of(day, group, [.. rows.Where((_, i) => outcomes[i] == group).Select(row => table.Number(row, place, []))]));
            }
        }
        return summaries;
    }
}
