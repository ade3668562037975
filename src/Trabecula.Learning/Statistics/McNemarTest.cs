namespace Trabecula.Learning.Statistics;

/// <summary>
/// McNemar's test of two classifications of the same subjects: of those that only one of them gets right, is it equally often either?
/// </summary>
/// <remarks>
/// Source: McNemar, Psychometrika 12 (1947) 153; continuity correction: Edwards, Psychometrika 13 (1948) 185. As statsmodels' <c>mcnemar</c>;
/// R's <c>mcnemar.test</c> gives <see cref="CorrectedStatistic"/>,
/// but for as many of either, which it does not correct: <see cref="Statistic"/>, 0. It compares classifications at one threshold, not risks.
/// </remarks>
/// <param name="OnlyFirst">Subjects that only the first gets right.</param>
/// <param name="OnlySecond">Subjects that only the second gets right.</param>
public sealed record McNemarTest(int OnlyFirst, int OnlySecond)
{
    private int Discordant => OnlyFirst + OnlySecond;

    /// <summary>Two-sided P of the exact (binomial) test; 1 where the two never differ.</summary>
    public double ExactP => Discordant == 0 ? 1 : Math.Min(1, 2 * Distributions.BinomialCumulative(Math.Min(OnlyFirst, OnlySecond), Discordant, 0.5));

    /// <summary>Chi-square with one degree of freedom; NaN where the two never differ.</summary>
    public double Statistic => Square(OnlyFirst - OnlySecond) / Discordant;

    /// <summary>The P of <see cref="Statistic"/>.</summary>
    public double P => Distributions.ChiSquareSurvival(Statistic, 1);

    /// <summary>Chi-square with continuity correction, <c>(|b - c| - 1)² / (b + c)</c>; NaN where the two never differ.</summary>
    public double CorrectedStatistic => Square(Math.Abs(OnlyFirst - OnlySecond) - 1) / Discordant;

    /// <summary>The P of <see cref="CorrectedStatistic"/>.</summary>
    public double CorrectedP => Distributions.ChiSquareSurvival(CorrectedStatistic, 1);

    /// <summary>Counts.</summary>
    /// <param name="firstIsRight">Whether the first classification of each subject is right.</param>
    /// <param name="secondIsRight">Likewise the second.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static McNemarTest Of(IReadOnlyList<bool> firstIsRight, IReadOnlyList<bool> secondIsRight)
    {
        ArgumentNullException.ThrowIfNull(firstIsRight);
        ArgumentNullException.ThrowIfNull(secondIsRight);
        if (firstIsRight.Count != secondIsRight.Count)
            throw new ArgumentException($"{secondIsRight.Count} classifications for {firstIsRight.Count}.", nameof(secondIsRight));
        int first = 0, second = 0;
        for (int i = 0; i < firstIsRight.Count; i++)
        {
            first += firstIsRight[i] && !secondIsRight[i] ? 1 : 0;
            second += !firstIsRight[i] && secondIsRight[i] ? 1 : 0;
        }
        return new McNemarTest(first, second);
    }

    private static double Square(double x) => x * x;
}
