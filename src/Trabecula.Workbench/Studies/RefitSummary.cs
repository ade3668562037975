using Trabecula.Learning.Evaluation;

namespace Trabecula.Workbench.Studies;

/// <summary>What refits of a model's whole pipeline on bootstrap draws of the training subjects showed; of the first split.</summary>
/// <param name="Model">The model.</param>
/// <param name="Refits">Refits that succeeded.</param>
/// <param name="Risks">For each training row the risk by the pipeline fitted on all of them.</param>
/// <param name="Lower">The 2.5th percentile of the risk over the refits.</param>
/// <param name="Upper">The 97.5th percentile.</param>
/// <param name="MeanAbsoluteError">The mean distance of the refits' risks from the pipeline's, over rows and refits.</param>
public sealed record RefitSummary(
    string Model, int Refits, IReadOnlyList<double> Risks, IReadOnlyList<double> Lower, IReadOnlyList<double> Upper, double MeanAbsoluteError);

/// <summary>Optimism and instability from refits.</summary>
internal static class RefitTables
{
    private static readonly (string Name, Func<IReadOnlyList<bool>, IReadOnlyList<double>, double> Measure)[] s_measures =
    [
        ("AUROC", Auroc.ValueOf), ("Brier score", (y, p) => BrierScore.Of(y, p).Value), ("scaled Brier score", (y, p) => BrierScore.Of(y, p).Scaled),
        ("calibration in the large", (y, p) => CoxCalibration.Of(y, p).InTheLarge), ("calibration slope", (y, p) => CoxCalibration.Of(y, p).Slope),
    ];

    internal static RefitSummary Summarise(string model, PipelineBootstrapResult result)
    {
        var instability = RiskInstability.Of(result);
        return new RefitSummary(
            model, result.RefitCount, result.ApparentRisks, [.. instability.Subjects.Select(s => s.Interval.Lower)], [.. instability.Subjects.Select(s => s.Interval.Upper)],
            instability.MeanAbsoluteError);
    }

    internal static IEnumerable<ReportTable> Of(IReadOnlyList<(string Model, PipelineBootstrapResult Result)> refits, IReadOnlyList<double> thresholds, bool searched, StageWork? work = null)
    {
        if (refits.Count == 0)
            yield break;
        (string Name, Func<IReadOnlyList<bool>, IReadOnlyList<double>, double> Measure)[] measures =
        [
            .. s_measures,
            .. thresholds.Select(t => ($"net benefit at {StudyTables.Number(t)}", (Func<IReadOnlyList<bool>, IReadOnlyList<double>, double>)((y, p) => NetBenefit.Of(y, p, t).Model))),
        ];
        yield return new ReportTable("optimism", "Training subjects: measures corrected for optimism",
            ["model", "measure", "apparent", "optimism", "corrected", "corrected lower", "corrected upper", "on subjects left out", "refits", "failed refits"],
            [
                .. from refit in (work ?? new StageWork()).Through("Measures of the refits", refits)
                   from measure in measures
                   let corrected = refit.Result.Correct(measure.Measure)
                   select (IReadOnlyList<string>)
                   [
                       refit.Model, measure.Name, StudyTables.Number(corrected.Apparent), StudyTables.Number(corrected.Optimism),
                       .. EvaluationTables.Ends(corrected.Corrected, corrected.Interval()), StudyTables.Number(corrected.LeftOut), StudyTables.Whole(refit.Result.RefitCount), StudyTables.Whole(refit.Result.Failures.Count),
                   ],
            ])
        {
            Note = "Harrell's bootstrap: the whole pipeline was refitted on draws of the training subjects; optimism is the mean of a refit's measure on its own draw less that on " +
                "all training subjects. Intervals: spread of the apparent measure over draws; without the uncertainty of the optimism they hold the truth in fewer than 95 %. A refit has seen two thirds of the subjects that it is tested on, so where it learns subjects by " +
                "heart the corrected figure is far too good; then believe that on the subjects left out of each draw." +
                (searched ? " Refits keep the chosen hyper-parameters, so what choosing them adds to the optimism is not in it." : ""),
        };
        yield return new ReportTable("instability", "Risks of the training subjects over refits",
            ["subject", .. refits.SelectMany(refit => ((string[])["", " lower", " upper", " mean absolute error"]).Select(part => refit.Model + part))],
            [.. Rows([.. refits.Select(refit => RiskInstability.Of(refit.Result))])]);
    }

    private static IEnumerable<IReadOnlyList<string>> Rows(RiskInstability[] models) => models[0].Subjects.Index().DistinctBy(each => each.Item.Subject, StringComparer.Ordinal).Select(each => (IReadOnlyList<string>)
    [
        each.Item.Subject, .. models.SelectMany(model =>
        {
            SubjectInstability own = model.Subjects[each.Index];
            return EvaluationTables.Ends(own.Risk, own.Interval).Append(StudyTables.Number(own.MeanAbsoluteError));
        }),
    ]);
}
