using Trabecula.Learning;

namespace Trabecula.Workbench.Synthesis;

/// <summary>A subject of a synthetic cohort, with the truth that a study never sees.</summary>
/// <param name="Id">As in <c>S001</c>.</param>
/// <param name="Traits">What the image shows.</param>
/// <param name="AgeYears">Clinical column: age in whole years, 55 to 92.</param>
/// <param name="TScore">Clinical column: bone mineral density as a T-score, one decimal, at most -2.5.</param>
/// <param name="TrueRisk">The probability from which the outcome was drawn.</param>
/// <param name="Outcome">Whether the event occurred.</param>
/// <param name="ImageSeed">The seed of the subject's volume.</param>
public sealed record SyntheticSubject(
    string Id, VertebraTraits Traits, double AgeYears, double TScore, double TrueRisk, bool Outcome, Seed ImageSeed);

/// <summary>
/// Subjects whose risk of an event is known, because it is computed from what their images show and from their clinical columns:
/// <c>log odds = b0 + b · traits</c>, with the coefficients named below. The outcome is one draw from that risk.
/// </summary>
/// <remarks>
/// The truth is for checking an analysis: no model of these subjects can be better, on average, than <see cref="SyntheticSubject.TrueRisk"/>.
/// Coefficients were chosen to make the demonstration readable. They are not estimates of anything clinical.
/// </remarks>
public static class SyntheticCohort
{
    /// <summary>Log odds of a subject with every standardised trait at 0 and no cleft.</summary>
    public const double Intercept = -1.3;

    /// <summary>Log odds per standard deviation of log texture scale: coarser trabeculae, higher risk.</summary>
    public const double TextureEffect = 1.3;

    /// <summary>Log odds per standard deviation of trabecular density.</summary>
    public const double DensityEffect = -0.6;

    /// <summary>Log odds of an intravertebral cleft.</summary>
    public const double CleftEffect = 1.6;

    /// <summary>Log odds per ten years of age from 72.</summary>
    public const double AgeEffect = 0.4;

    /// <summary>Log odds per unit of T-score from -3.3.</summary>
    public const double TScoreEffect = -0.5;

    /// <summary>Draws subjects; each depends on the seed and its own number alone.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is not positive.</exception>
    public static IReadOnlyList<SyntheticSubject> Draw(int count, Seed seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        int digits = Math.Max(3, count.ToString(System.Globalization.CultureInfo.InvariantCulture).Length);
        return [.. Enumerable.Range(1, count).Select(number => DrawSubject(number, digits, seed.Derive("subject", number)))];
    }

    private static SyntheticSubject DrawSubject(int number, int digits, Seed seed)
    {
        RandomSequence random = seed.Derive("traits").Open();
        double texture = Math.Clamp(random.NextGaussian(), -2.5, 2.5);
        double density = Math.Clamp(random.NextGaussian(), -2.5, 2.5);
        bool cleft = random.NextDouble() < SyntheticPatient.Logistic(-1.1 - 0.4 * density);
        double age = Math.Clamp(Math.Round(72 + 8 * random.NextGaussian()), 55, 92);
        // Bone density by absorptiometry goes along with the trabecular density on CT, but not fully (correlation 0.7).
        double tScore = Math.Min(-2.5, Math.Round(-3.3 + 0.6 * (0.7 * density + Math.Sqrt(0.51) * random.NextGaussian()), 1));
        var traits = new VertebraTraits(
            TextureScaleMm: 1.2 * Math.Exp(0.3 * texture),
            DensityHu: 115 + 24 * density,
            HeightMm: 25 + 1.5 * Math.Clamp(random.NextGaussian(), -2, 2),
            Wedge: 0.1 + 0.3 * random.NextDouble(),
            WidthMm: 40 + 1.5 * Math.Clamp(random.NextGaussian(), -2, 2),
            Cleft: cleft);
        double risk = SyntheticPatient.Logistic(
            Intercept + TextureEffect * texture + DensityEffect * density + (cleft ? CleftEffect : 0) +
            AgeEffect * (age - 72) / 10 + TScoreEffect * (tScore + 3.3));
        string id = "S" + number.ToString(System.Globalization.CultureInfo.InvariantCulture).PadLeft(digits, '0');
        return new SyntheticSubject(
            id, traits, age, tScore, risk, seed.Derive("outcome").Open().NextDouble() < risk, seed.Derive("image"));
    }
}
