using Trabecula.Learning.Statistics;

namespace Trabecula.Learning.Evaluation;

/// <summary>A measure on the rows that a pipeline was fitted on, and how much of it is due to having been fitted on them.</summary>
/// <remarks>
/// Definition: optimism is the mean, over bootstrap refits, of the measure on the draw that the refit was fitted on less the measure on the
/// original rows. Source: Harrell, Lee and Mark, Stat. Med. 15 (1996) 361; as <c>rms::validate</c>.
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

    /// <summary>The percentile interval of the apparent measure over the draws, moved down by the optimism.</summary>
    /// <remarks>
    /// The location-shifted interval of Noma, Shinozaki, Iba, Teramukai and Furukawa, Stat. Med. 40 (2021) 5691. It leaves out the uncertainty of the
    /// optimism itself and is somewhat too narrow for small samples.
    /// </remarks>
    public ConfidenceInterval Interval(double level = 0.95)
    {
        ConfidenceInterval.RequireLevel(level);
        return new ConfidenceInterval(
            Quantiles.OfSorted(_drawn, (1 - level) / 2) - Optimism, Quantiles.OfSorted(_drawn, (1 + level) / 2) - Optimism);
    }
}
