using Trabecula.Learning.Statistics;

namespace Trabecula.Learning.Evaluation;

/// <summary>A measure on the rows that a pipeline was fitted on, and how much of it is due to having been fitted on them.</summary>
/// <remarks>
/// Definition: optimism is the mean, over bootstrap refits, of the measure on the draw that the refit was fitted on less the measure on the
/// original rows. Source: Harrell, Lee and Mark, Stat. Med. 15 (1996) 361; as <c>rms::validate</c>.
/// Caveat: the original rows hold the subjects that the refit saw. Where a pipeline can learn single subjects by heart (selection among many
/// more columns than subjects, deep trees), the optimism comes out far too small; <see cref="LeftOut"/> shows it, and is then the one to believe.
/// </remarks>
public sealed class OptimismCorrected
{
    private readonly double[] _drawn;

    internal OptimismCorrected(double apparent, double optimism, double[] drawn) =>
        (Apparent, Optimism, _drawn) = (apparent, optimism, [.. drawn.Order()]);

    /// <summary>The measure on the rows that the pipeline was fitted on.</summary>
    public double Apparent { get; }

    /// <summary>How much of it is optimism.</summary>
    public double Optimism { get; }

    /// <summary>What new subjects of the same kind would give.</summary>
    public double Corrected => Apparent - Optimism;

    /// <summary>Refits for which the measure does not exist; they are left out.</summary>
    public int Undefined { get; init; }

    /// <summary>
    /// The mean measure of the refits on the subjects that were not drawn for them: somewhat too low, since a draw holds 63 % of the subjects, but
    /// no subject is on both sides.
    /// </summary>
    /// <remarks>Source: Efron and Tibshirani, J. Am. Stat. Assoc. 92 (1997) 548 (the leave-one-out bootstrap, averaged over refits).</remarks>
    public double LeftOut { get; init; }

    /// <summary>The spread of the apparent measure over the draws, about the corrected value.</summary>
    /// <remarks>
    /// After Noma, Shinozaki, Iba, Teramukai and Furukawa, Stat. Med. 40 (2021) 5691, whose interval is the draws' percentiles less the optimism. Draws hold
    /// subjects twice and are overfitted more than the sample, which moves these percentiles, so here they are taken about their mean.
    /// The uncertainty of the optimism itself is left out.
    /// </remarks>
    public ConfidenceInterval Interval(double level = 0.95)
    {
        ConfidenceInterval.RequireLevel(level);
        double shift = Corrected - Moments.Of(_drawn).Mean;
        return new ConfidenceInterval(
            Quantiles.OfSorted(_drawn, (1 - level) / 2) + shift, Quantiles.OfSorted(_drawn, (1 + level) / 2) + shift);
    }
}
