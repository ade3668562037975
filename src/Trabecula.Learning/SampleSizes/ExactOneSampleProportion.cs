using Trabecula.Learning.Statistics;

namespace Trabecula.Learning.SampleSizes;

/// <summary>
/// Subjects to tell one proportion from a fixed one by the exact binomial test with at most half of alpha on each side. Its
/// power rises like a saw: a few more subjects can have less. The first size with the power and the
/// first after which none lacks it are both found; the latter is the larger.
/// </summary>
/// <param name="NullProportion">The fixed proportion, 0 to 1.</param>
/// <param name="AlternativeProportion">The proportion to be found, 0 to 1.</param>
public sealed record ExactOneSampleProportion(double NullProportion, double AlternativeProportion) : HypothesisTestDesign
{
    /// <summary>Sizes are sought up to these times the normal approximation's, and 100 more: the teeth are long over by then.</summary>
    private const int SearchedMultiple = 3;

    private const int LargestSize = 200_000;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Validate() => Normal.Validate();

    private OneSampleProportion Normal => new(NullProportion, AlternativeProportion) { Alpha = Alpha, Power = Power };

    /// <summary>The test's power and its true two-sided error with n subjects.</summary>
    public (double Power, double Alpha) PowerOf(int subjects)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(subjects);
        int reject = 0, accept = -1;
        Advance(subjects, ref reject, ref accept);
        return (Rejected(subjects, AlternativeProportion, reject, accept), Rejected(subjects, NullProportion, reject, accept));
    }

    private protected override SampleSize CalculateChecked()
    {
        int limit = (int)Math.Min((long)SearchedMultiple * Normal.Calculate().Subjects + 100, LargestSize);
        int first = 0, lastWithout = 0, reject = 0, accept = -1;
        for (int n = 1; n <= limit; n++)
        {
            Advance(n, ref reject, ref accept);
            if (Rejected(n, AlternativeProportion, reject, accept) < Power)
                lastWithout = n;
            else if (first == 0)
                first = n;
        }
        if (first == 0)
            throw new LearningException(
                $"The exact binomial test does not reach the power with up to {limit:N0} subjects.", "Choose proportions that lie further apart.");
        return new SampleSize(
            FormattableString.Invariant($"One proportion, {NullProportion} against {AlternativeProportion}, exact, {Errors}"),
            "Chernick and Liu, Am. Stat. 56 (2002) 149",
            [
                SampleSizeCriterion.Of("first size with the power", "min n: P(X <= l or X >= u | n, p1) >= power", first),
                SampleSizeCriterion.Of(
                    FormattableString.Invariant($"every size from here to {limit} has the power"),
                    "min n: P(X <= l or X >= u | m, p1) >= power for all m >= n", lastWithout + 1),
            ]);
    }

    /// <summary>Moves the limits of rejection on to n subjects; neither ever falls when n grows.</summary>
    private void Advance(int n, ref int reject, ref int accept)
    {
        while (Distributions.BinomialUpper(reject, n, NullProportion) > Alpha / 2)
            reject++;
        while (Distributions.BinomialCumulative(accept + 1, n, NullProportion) <= Alpha / 2)
            accept++;
    }

    private static double Rejected(int n, double p, int reject, int accept) =>
        Distributions.BinomialUpper(reject, n, p) + Distributions.BinomialCumulative(accept, n, p);
}
