using Trabecula.Learning.Statistics;

namespace Trabecula.Learning.SampleSizes;

/// <summary>A size for the power of a two-sided test.</summary>
public abstract record HypothesisTestDesign : SampleSizeDesign
{
    /// <summary>Two-sided significance level, 0 to 1.</summary>
    public double Alpha { get; init; } = 0.05;

    /// <summary>Probability to find the alternative, 0 to 1.</summary>
    public double Power { get; init; } = 0.90;

    private protected double ZAlpha => -Distributions.NormalQuantile(Alpha / 2);

    private protected double ZPower => Distributions.NormalQuantile(Power);

    private protected string Errors => FormattableString.Invariant($"two-sided alpha {Alpha}, power {Power}");

    private protected void RequireErrors(List<string> problems)
    {
        RequireBetween(problems, nameof(Alpha), Alpha, 0, 1);
        RequireBetween(problems, nameof(Power), Power, 0, 1);
    }

    private protected static void RequireTwoProportions(List<string> problems, string firstName, double first, string secondName, double second)
    {
        RequireBetween(problems, firstName, first, 0, 1);
        RequireBetween(problems, secondName, second, 0, 1);
        if (first == second)
            problems.Add(FormattableString.Invariant($"{firstName} and {secondName} are both {first}, expected to differ."));
    }
}
