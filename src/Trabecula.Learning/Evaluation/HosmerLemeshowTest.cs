using Trabecula.Learning.Statistics;

namespace Trabecula.Learning.Evaluation;

/// <summary>
/// The Hosmer-Lemeshow test of calibration. A large P is no evidence of calibration: the test has little power in small samples and
/// rejects trifles in large ones, its result changes with the number of groups and how they are made, and it says nothing of the
/// direction or size of the fault. TRIPOD and STRATOS advise against it; use <see cref="CalibrationCurve"/> and <see cref="CoxCalibration"/>.
/// It is here because papers report it.
/// </summary>
/// <remarks>
/// Source: Hosmer and Lemeshow, Commun. Stat. A 9 (1980) 1043. With <see cref="RiskGrouping.Quantiles"/> as R's <c>ResourceSelection::hoslem.test</c>,
/// with <see cref="RiskGrouping.EqualCounts"/> as is usual in Python.
/// Edge cases: a group whose expected events or controls are 0 adds nothing where none was observed, and infinity otherwise.
/// </remarks>
/// <param name="Statistic">The sum over the groups.</param>
/// <param name="Groups">The groups.</param>
/// <param name="Grouping">How they were made.</param>
public sealed record HosmerLemeshowTest(double Statistic, IReadOnlyList<CalibrationGroup> Groups, RiskGrouping Grouping)
{
    /// <summary>Groups less 2, for risks of a model fitted on these subjects.</summary>
    public int DegreesOfFreedom => Groups.Count - 2;

    /// <summary>The P for risks of a model fitted on these subjects; NaN with fewer than 3 groups.</summary>
    public double P => DegreesOfFreedom < 1 ? double.NaN : Distributions.ChiSquareSurvival(Statistic, DegreesOfFreedom);

    /// <summary>The P for risks of a model fitted on others: with as many degrees of freedom as groups.</summary>
    public double ExternalP => Distributions.ChiSquareSurvival(Statistic, Groups.Count);

    /// <summary>Computes the test.</summary>
    /// <inheritdoc cref="CalibrationGroups.Of"/>
    public static HosmerLemeshowTest Of(
        IReadOnlyList<bool> outcomes, IReadOnlyList<double> risks, int groups = 10, RiskGrouping grouping = RiskGrouping.Quantiles)
    {
        IReadOnlyList<CalibrationGroup> parts = CalibrationGroups.Of(outcomes, risks, groups, grouping);
        double statistic = 0;
        foreach (CalibrationGroup part in parts)
            statistic += Share(part.Events - part.Expected, part.Expected) + Share(part.Events - part.Expected, part.Count - part.Expected);
        return new HosmerLemeshowTest(statistic, parts, grouping);
    }

    private static double Share(double distance, double expected) => distance == 0 ? 0 : distance * distance / expected;
}
