namespace Trabecula.Learning.SampleSizes;

/// <summary>Subjects, both equal groups together, to tell two proportions apart, by the usual formulas side by side.</summary>
/// <param name="First">The first group's proportion, 0 to 1.</param>
/// <param name="Second">The second group's proportion, 0 to 1.</param>
public sealed record TwoProportions(double First, double Second) : HypothesisTestDesign
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Validate()
    {
        var problems = new List<string>();
        RequireTwoProportions(problems, nameof(First), First, nameof(Second), Second);
        RequireErrors(problems);
        return problems;
    }

    private protected override SampleSize CalculateChecked()
    {
        (double p1, double p2) = (First, Second);
        double difference = Math.Abs(p1 - p2), mean = (p1 + p2) / 2, variance = p1 * (1 - p1) + p2 * (1 - p2), z = ZAlpha + ZPower;
        double pooledRoot = ZAlpha * Math.Sqrt(2 * mean * (1 - mean)) + ZPower * Math.Sqrt(variance);
        double pooled = pooledRoot * pooledRoot / (difference * difference), unpooled = z * z * variance / (difference * difference);
        double angle = Math.Asin(Math.Sqrt(p1)) - Math.Asin(Math.Sqrt(p2));
        const string correction = "n/4 [1 + sqrt(1 + 4 / (n |p1 - p2|))]^2 a group";
        return new SampleSize(
            FormattableString.Invariant($"Two proportions, {p1} and {p2}, {Errors}"),
            "Fleiss, Levin and Paik, Statistical Methods for Rates and Proportions (2003), ch. 4",
            [
                SampleSizeCriterion.Of(
                    "pooled variance", "[z(1-alpha/2) sqrt(2 p q) + z(power) sqrt(p1 q1 + p2 q2)]^2 / (p1 - p2)^2 a group", pooled, 2),
                SampleSizeCriterion.Of(
                    "unpooled variance", "[z(1-alpha/2) + z(power)]^2 (p1 q1 + p2 q2) / (p1 - p2)^2 a group", unpooled, 2),
                SampleSizeCriterion.Of("pooled variance, continuity corrected", correction, Corrected(pooled, difference), 2),
                SampleSizeCriterion.Of("unpooled variance, continuity corrected", correction, Corrected(unpooled, difference), 2),
                SampleSizeCriterion.Of(
                    "arcsine", "[z(1-alpha/2) + z(power)]^2 / (2 (asin sqrt p1 - asin sqrt p2)^2) a group", z * z / (2 * angle * angle), 2),
            ]);
    }

    private static double Corrected(double n, double difference)
    {
        double root = 1 + Math.Sqrt(1 + 4 / (n * difference));
        return n / 4 * root * root;
    }
}
