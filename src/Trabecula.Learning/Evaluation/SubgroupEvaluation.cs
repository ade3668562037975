namespace Trabecula.Learning.Evaluation;

/// <summary>From which size on a subgroup's measures are shown.</summary>
/// <remarks>
/// With fewer than 10 events or controls the AUROC's interval is about 0.3 wide or more and a calibration slope is noise, which readers
/// take for findings; so their counts are shown and nothing else. The rule looks at counts alone, never at results.
/// </remarks>
public sealed record SubgroupRule
{
    /// <summary>The least number of subjects with the event, at least 2.</summary>
    public int LeastEvents { get; init; } = 10;

    /// <summary>The least number of subjects without it, at least 2.</summary>
    public int LeastControls { get; init; } = 10;

    /// <summary>The rule in words, for reports.</summary>
    public string Text => FormattableString.Invariant($"shown from {LeastEvents} events and {LeastControls} controls on");
}

/// <summary>A model in a part of the subjects.</summary>
/// <param name="Name">The subgroup.</param>
/// <param name="Count">Its subjects.</param>
/// <param name="Events">Those with the event.</param>
/// <param name="Measures">The measures; null where the subgroup is too small by the rule.</param>
public sealed record SubgroupEvaluation(string Name, int Count, int Events, RiskEvaluation? Measures)
{
    /// <summary>
    /// Evaluates each subgroup. Differences between them are not tested: with many small groups some differ by chance, and a lack of
    /// difference proves nothing.
    /// </summary>
    /// <param name="groups">The subgroup of each row; null is none of them and is left out.</param>
    /// <param name="outcomes">True is the event.</param>
    /// <param name="risks">Predicted probabilities.</param>
    /// <param name="thresholds">For net benefit.</param>
    /// <param name="rule">From which size on measures are shown.</param>
    /// <param name="subjects">The subject of each row, where some have several, so that each counts once for the rule; null where each row is a subject.</param>
    /// <returns>Subgroups in the order of their names' code points.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <exception cref="LearningException">A risk outside 0 to 1, or no subject.</exception>
    public static IReadOnlyList<SubgroupEvaluation> Of(
        IReadOnlyList<string?> groups, IReadOnlyList<bool> outcomes, IReadOnlyList<double> risks, IReadOnlyList<double> thresholds, SubgroupRule rule,
        IReadOnlyList<string>? subjects = null)
    {
        ArgumentNullException.ThrowIfNull(groups);
        ArgumentNullException.ThrowIfNull(rule);
        Predictions.Check(outcomes, risks);
        if (groups.Count != outcomes.Count)
            throw new ArgumentException($"{groups.Count} subgroups for {outcomes.Count} outcomes.", nameof(groups));
        if (subjects is not null && subjects.Count != outcomes.Count)
            throw new ArgumentException($"{subjects.Count} subjects for {outcomes.Count} outcomes.", nameof(subjects));
        ArgumentOutOfRangeException.ThrowIfLessThan(rule.LeastEvents, 2, nameof(rule));
        ArgumentOutOfRangeException.ThrowIfLessThan(rule.LeastControls, 2, nameof(rule));
        return
        [
            .. Enumerable.Range(0, groups.Count).Where(row => groups[row] is not null).GroupBy(row => groups[row]!, StringComparer.Ordinal)
                .OrderBy(group => group.Key, StringComparer.Ordinal).Select(group =>
                {
                    bool[] y = [.. group.Select(row => outcomes[row])];
                    int events = SubjectsOf(group.Where(row => outcomes[row])), all = SubjectsOf(group);
                    bool shown = events >= rule.LeastEvents && all - events >= rule.LeastControls;
                    return new SubgroupEvaluation(group.Key, all, events, shown ? RiskEvaluation.Of(y, [.. group.Select(row => risks[row])], thresholds) : null);
                }),
        ];

        int SubjectsOf(IEnumerable<int> rows) => subjects is null ? rows.Count() : rows.Select(row => subjects[row]).Distinct(StringComparer.Ordinal).Count();
    }
}
