using Trabecula.Learning.Statistics;

namespace Trabecula.Learning.Evaluation;

/// <summary>How a subject's risk varies over models that were developed on other draws of the same subjects.</summary>
/// <param name="Subject">The subject of the row.</param>
/// <param name="Risk">The risk by the pipeline fitted on all training rows.</param>
/// <param name="Interval">Percentiles of the risk over the refits.</param>
/// <param name="MeanAbsoluteError">Mean distance of the refits' risks from <paramref name="Risk"/>.</param>
/// <param name="Reclassified">Share of refits that put the subject on the other side of the threshold; NaN without one.</param>
public sealed record SubjectInstability(string Subject, double Risk, ConfidenceInterval Interval, double MeanAbsoluteError, double Reclassified);

/// <summary>The instability of individual risks over bootstrap refits of the whole pipeline.</summary>
/// <remarks>
/// Source: Riley and Collins, Biom. J. 65 (2023) 2200302. The mean absolute error is their MAPE, in units of risk and not of percent. A
/// model that is not refitted has none.
/// </remarks>
/// <param name="Subjects">Each training row, in its order.</param>
public sealed record RiskInstability(IReadOnlyList<SubjectInstability> Subjects)
{
    /// <summary>The mean of the subjects' mean absolute errors.</summary>
    public double MeanAbsoluteError => Subjects.Average(subject => subject.MeanAbsoluteError);

    /// <summary>The largest of the subjects' mean absolute errors.</summary>
    public double LargestAbsoluteError => Subjects.Max(subject => subject.MeanAbsoluteError);

    /// <summary>Reads the instability from refits.</summary>
    /// <param name="bootstrap">The refits.</param>
    /// <param name="threshold">A risk of at least this is positive; null where no one acts on the risk.</param>
    /// <param name="level">Of the intervals.</param>
    public static RiskInstability Of(PipelineBootstrapResult bootstrap, double? threshold = null, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(bootstrap);
        ConfidenceInterval.RequireLevel(level);
        return new RiskInstability(
        [
            .. bootstrap.ApparentRisks.Select((risk, row) =>
            {
                double[] refits = [.. bootstrap.Refits.Select(refit => refit.Risks[row]).Order()];
                var interval = new ConfidenceInterval(Quantiles.OfSorted(refits, (1 - level) / 2), Quantiles.OfSorted(refits, (1 + level) / 2));
                double reclassified = threshold is { } t ? refits.Count(other => other >= t != risk >= t) / (double)refits.Length : double.NaN;
                return new SubjectInstability(bootstrap.Subjects[row], risk, interval, refits.Average(other => Math.Abs(other - risk)), reclassified);
            }),
        ]);
    }
}
