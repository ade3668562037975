namespace Trabecula.Learning.Statistics;

/// <summary>How likely counts are when every trial succeeds with the same chance, independent of the others.</summary>
/// <param name="Trials">Number of trials, from 1.</param>
/// <param name="Chance">Chance of one success, 0 to 1.</param>
public sealed record BinomialTail(int Trials, double Chance)
{
    /// <summary>The expected number of successes.</summary>
    public double Mean => Trials * Chance;

    /// <summary>The standard deviation of the number of successes.</summary>
    public double StandardDeviation => Math.Sqrt(Trials * Chance * (1 - Chance));

    /// <summary>The probability of at least so many successes.</summary>
    public double AtLeast(int successes) => Distributions.BinomialUpper(successes, Trials, Chance);

    /// <summary>The probability of at most so many successes.</summary>
    public double AtMost(int successes) => Distributions.BinomialCumulative(successes, Trials, Chance);
}
