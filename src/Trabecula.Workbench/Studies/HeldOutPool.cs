using Trabecula.Learning.Splitting;

namespace Trabecula.Workbench.Studies;

/// <summary>The stored predictions of all splits together: what an evaluation looks at, and all that it looks at.</summary>
/// <param name="Subjects">The subject of each prediction; repeated where splits overlap.</param>
/// <param name="Outcomes">True is the event.</param>
/// <param name="Models">Each model's risks.</param>
internal sealed record HeldOutPool(IReadOnlyList<string> Subjects, IReadOnlyList<bool> Outcomes, IReadOnlyList<ModelRisks> Models)
{
    /// <summary>What tables call the subjects.</summary>
    internal string Who { get; init; } = "held-out";

    /// <summary>Predictions of subjects with the event.</summary>
    internal int Events => Outcomes.Count(outcome => outcome);

    /// <summary>Different subjects; fewer than predictions where splits overlap.</summary>
    internal int SubjectCount => Subjects.Distinct(StringComparer.Ordinal).Count();

    /// <summary>Different subjects with the event.</summary>
    internal int SubjectEventCount => Subjects.Where((_, row) => Outcomes[row]).Distinct(StringComparer.Ordinal).Count();

    /// <summary>Whether the measures exist: at least two subjects of each class, however often each was held out.</summary>
    internal bool CanBeEvaluated => SubjectEventCount >= 2 && SubjectCount - SubjectEventCount >= 2;

    internal bool Repeats => SubjectCount < Subjects.Count;

    /// <summary>The splits whose predictions stand here one after another, by training and held-out subjects; empty where there were none.</summary>
    internal IReadOnlyList<(int Training, int HeldOut)> Splits { get; init; } = [];

    /// <summary>AUROCs of each split.</summary>
    internal AurocOverSplits Aurocs => new(Outcomes, Splits);

    internal static HeldOutPool Of(StudyResult result)
    {
        HeldOutPredictions[] splits = [.. result.Splits.Select(split => split.HeldOut)];
        return new HeldOutPool(
            [.. splits.SelectMany(split => split.Subjects)], [.. splits.SelectMany(split => split.Outcomes)],
            [.. result.Splits[0].Searches.Select((search, m) => new ModelRisks(search.Model, [.. splits.SelectMany(split => split.Risks[m])]))])
        {
            Splits = [.. result.Splits.Select(split => (split.Final.Prepared.Table.SubjectCount, split.HeldOut.Subjects.Count))],
        };
    }
}

/// <summary>A model's risks of the pooled held-out rows.</summary>
internal sealed record ModelRisks(string Name, IReadOnlyList<double> Risks);
