using Trabecula.Workbench.Studies.Plans.Shapes;

namespace Trabecula.Workbench.Studies.Plans.Keys;

/// <summary>The keys of the table, of eligibility and of the outcome.</summary>
internal static class CohortKeys
{
    internal static readonly TextShape FileName = new("a file"), ColumnName = new("the name of a column");

    internal static readonly BlockShape<CohortPlan> Cohort = WithFormat(new BlockShape<CohortPlan>(new CohortPlan(), "The table of subjects")
        .Required("table", "The file, relative to the plan: .csv, .tsv, .parquet or .xlsx", FileName, (plan, value) => plan with { Table = value })
        .Required("id", "The column with the subject of each row", ColumnName, (plan, value) => plan with { Id = value })
        .Optional("centre", "The column with each subject's centre, for a split by centre", ColumnName, (plan, value) => plan with { Centre = value })
        .Optional("date", "The column with each subject's date, for a split in time", ColumnName, (plan, value) => plan with { Date = value }));

    private static readonly TextShape s_words = new("the criterion in words");

    private static readonly BlockShape<ConditionPlan> s_condition = WithCondition(
        new BlockShape<ConditionPlan>(new ConditionPlan(), "A condition on one column")
        .Required("column", "The column it looks at", ColumnName, (plan, value) => plan with { Column = value }), plan => plan, (_, value) => value)
        .Check(ConditionProblems);

    internal static readonly BlockShape<EligibilityPlan> Criterion = WithCondition(
        new BlockShape<EligibilityPlan>(new EligibilityPlan(), "One criterion: a condition on one column, or several that must all hold")
        .Optional("include", "The criterion in words; subjects who do not meet it leave", s_words, (plan, value) => plan with { Include = value })
        .Optional("exclude", "The criterion in words; subjects who meet it leave", s_words, (plan, value) => plan with { Exclude = value })
        .Optional("all", "Conditions that must all hold, each with its column, in place of the one below", new ListShape<ConditionPlan>(s_condition, 1),
            (plan, value) => plan with { All = value })
        .Optional("column", "The column it looks at", ColumnName, (plan, value) => plan with { Own = plan.Own with { Column = value } }),
        plan => plan.Own, (plan, value) => plan with { Own = value })
        .Check(CriterionProblems);

    internal static readonly BlockShape<OutcomePlan> Outcome = new BlockShape<OutcomePlan>(new OutcomePlan(), "What is predicted: a column, or scores of several days")
        .Optional("name", "What the outcome is called", new TextShape("a name"), plan => plan.Name, (plan, value) => plan with { Name = value })
        .Optional("column", "The column with the outcome", ColumnName, (plan, value) => plan with { Column = value })
        .Optional("positive", "The cells of the column that mean the event", new ListShape<string>(new TextShape("a text"), 1),
            plan => plan.Positive, (plan, value) => plan with { Positive = value })
        .Optional("negative", "The cells that mean that it did not happen, where these have several values; other cells are refused", new ListShape<string>(new TextShape("a text"), 1),
            (plan, value) => plan with { Negative = value })
        .Optional("scores", "For each day its column of scores", new DayColumnsShape(), (plan, value) => plan with { Scores = value })
        .Optional("atLeast", "The score from which on a day counts", new NumberShape(), (plan, value) => plan with { AtLeast = value })
        .Optional("onDays", "The days that must all count; a missing day makes no control", new ListShape<int>(new WholeShape(0), 1),
            (plan, value) => plan with { OnDays = value })
        .Check(OutcomeProblems);

    /// <summary>Adds the keys of how a table is read.</summary>
    internal static BlockShape<T> WithFormat<T>(BlockShape<T> block) where T : TableFormatPlan => block
        .Optional("sheet", "The sheet of an Excel file", new TextShape("the name of a sheet"), (plan, value) => plan with { Sheet = value })
        .Optional("delimiter", "What stands between cells", new ChoiceShape<Delimiter>(), plan => plan.Delimiter, (plan, value) => plan with { Delimiter = value })
        .Optional("decimal", "The decimal mark", new ChoiceShape<DecimalMark>(), plan => plan.Decimal, (plan, value) => plan with { Decimal = value })
        .Optional("missing", "Missing markers: words that mean a missing value, besides an empty cell", new ListShape<string>(new TextShape("a word")),
            (plan, value) => plan with { Missing = value });

    /// <summary>Adds the keys of what a cell must be.</summary>
    private static BlockShape<T> WithCondition<T>(BlockShape<T> block, Func<T, ConditionPlan> get, Func<T, ConditionPlan, T> set) => block
        .Optional("equals", "The text of the cell, or a list of texts of which it is one",
            new ListShape<string>(new TextShape("a text"), 1), (plan, value) => set(plan, get(plan) with { EqualTo = value }))
        .Optional("atLeast", "The least number", new NumberShape(), (plan, value) => set(plan, get(plan) with { AtLeast = value }))
        .Optional("atMost", "The largest number", new NumberShape(), (plan, value) => set(plan, get(plan) with { AtMost = value }))
        .Optional("above", "A number that the cell exceeds", new NumberShape(), (plan, value) => set(plan, get(plan) with { Above = value }))
        .Optional("below", "A number that the cell stays below", new NumberShape(), (plan, value) => set(plan, get(plan) with { Below = value }))
        .Optional("missing", "true where the cell is missing, false where it is not", new FlagShape(), (plan, value) => set(plan, get(plan) with { Missing = value }));

    private static IEnumerable<string> CriterionProblems(EligibilityPlan plan)
    {
        if ((plan.Include is null) == (plan.Exclude is null))
            yield return "Expected include or exclude with the criterion in words, and only one of them.";
        if (plan.All.Count > 0)
        {
            if (plan.Own != new ConditionPlan())
                yield return "Expected one condition or the list 'all', not both: move the condition into the list.";
            yield break;
        }
        if (plan.Own.Column.Length == 0)
            yield return "The key column is missing. Add column: the column it looks at; or all: a list of conditions, each with its column.";
        foreach (string problem in ConditionProblems(plan.Own))
            yield return problem;
    }

    private static IEnumerable<string> ConditionProblems(ConditionPlan plan) =>
        plan.EqualTo.Count == 0 && plan is { AtLeast: null, AtMost: null, Above: null, Below: null, Missing: null }
            ? ["A condition is missing: give equals, atLeast, atMost, above, below or missing."] : [];

    private static IEnumerable<string> OutcomeProblems(OutcomePlan plan)
    {
        if ((plan.Column is null) == (plan.Scores.Count == 0))
            yield return "Expected either column, or scores with atLeast and onDays.";
        else if (plan.Column is null && (plan.AtLeast is null || plan.OnDays.Count == 0))
            yield return "Scores need atLeast, from which on a day counts, and onDays, the days that must all count.";
        if (plan.Column is null && plan.Negative.Count > 0)
            yield return "negative belongs to a column of the outcome: delete it, or give column in place of scores.";
        foreach (string both in plan.Negative.Intersect(plan.Positive, StringComparer.Ordinal))
            yield return $"'{both}' is among positive and negative: delete one of the two.";
        foreach (int day in plan.OnDays.Where(day => plan.Scores.Count > 0 && !plan.Scores.ContainsKey(day)))
            yield return FormattableString.Invariant($"Day {day} of onDays has no column in scores.");
    }
}
