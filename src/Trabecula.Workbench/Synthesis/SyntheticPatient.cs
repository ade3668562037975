using Trabecula.Learning;

namespace Trabecula.Workbench.Synthesis;

/// <summary>A patient's record before the operation, of the worked example of a study.</summary>
internal sealed record SyntheticPatient
{
    private static readonly (string Level, double Share)[] Levels =
    [
        ("T4", 0.005), ("T5", 0.008), ("T6", 0.015), ("T7", 0.02), ("T8", 0.035), ("T9", 0.02), ("T10", 0.04), ("T11", 0.1), ("T12", 0.235),
        ("L1", 0.25), ("L2", 0.12), ("L3", 0.07), ("L4", 0.05), ("L5", 0.032),
    ];

    public required int Age { get; init; }
    public required bool Female { get; init; }
    public required double Bmi { get; init; }
    public required double? Bmd { get; init; }
    public required int Vas { get; init; }
    public required double Odi { get; init; }
    public required bool Ivc { get; init; }
    public required bool Tlf { get; init; }
    public required string Level { get; init; }
    public required double HeightReduction { get; init; }
    public required double Cobb { get; init; }
    public required string Scanner { get; init; }
    public required IReadOnlyList<double> Factors { get; init; }

    public bool IsThoracolumbar => Level is "T11" or "T12" or "L1" or "L2";

    /// <summary>A patient who meets every criterion.</summary>
    public static SyntheticPatient Draw(Seed seed)
    {
        RandomSequence random = seed.Open();
        var factors = new double[SyntheticFactors.Count];
        for (int i = 0; i < factors.Length; i++)
            factors[i] = random.NextGaussian();
        double bmd = Math.Min(-2.5, Math.Round(-3.35 + 0.55 * (0.6 * factors[SyntheticFactors.Density] + 0.8 * random.NextGaussian()), 2));
        bool ivc = random.NextDouble() < Logistic(-1.35 + 0.9 * factors[SyntheticFactors.Cleft] - 0.2 * factors[SyntheticFactors.Density]);
        bool tlf = random.NextDouble() < Logistic(-1 + 0.3 * random.NextGaussian());
        string level = DrawLevel(random);
        bool junction = level is "T11" or "T12" or "L1" or "L2";
        double height = Math.Clamp(Math.Round(0.27 + 0.05 * (ivc ? 1 : 0) - 0.03 * (bmd + 3.35) / 0.55 + 0.1 * random.NextGaussian(), 3), 0.02, 0.8);
        return new SyntheticPatient
        {
            Age = Math.Clamp((int)Math.Round(72 + 8.5 * random.NextGaussian() - 1.5 * factors[SyntheticFactors.Density]), 55, 95),
            Female = random.NextDouble() < 0.8,
            Bmi = Math.Clamp(Math.Round(23.6 + 3.2 * random.NextGaussian(), 1), 15, 38),
            Bmd = bmd,
            Vas = Math.Clamp((int)Math.Round(7.6 + 0.9 * random.NextGaussian()), 6, 10),
            Odi = Math.Clamp(Math.Round(68 + 8.5 * random.NextGaussian() + (ivc ? 2.5 : 0) + (tlf ? 2 : 0), 1), 30, 100),
            Ivc = ivc,
            Tlf = tlf,
            Level = level,
            HeightReduction = height,
            Cobb = Math.Clamp(Math.Round(3 + 14 * height + (junction ? 4 : 0) + 5 * random.NextGaussian(), 1), -15, 45),
            Scanner = random.NextDouble() switch { < 0.55 => "A", < 0.85 => "B", _ => "C" },
            Factors = factors,
        };
    }

    /// <summary>Log odds of residual pain without the intercept, of a patient with a bone density.</summary>
    /// <remarks>Chosen so that clinic and image both matter; not estimates of anything clinical.</remarks>
    public double LinearPredictor() =>
        1.4 * (Ivc ? 1 : 0) + 1.2 * (Tlf ? 1 : 0) - 0.7 * (Bmd!.Value + 3.35) / 0.55 +
        0.75 * Factors[SyntheticFactors.Texture] + 0.6 * Factors[SyntheticFactors.Anisotropy] - 0.5 * Factors[SyntheticFactors.Coarseness];

    internal static double Logistic(double x) => 1 / (1 + Math.Exp(-x));

    private static string DrawLevel(RandomSequence random)
    {
        double at = random.NextDouble() * Levels.Sum(level => level.Share);
        foreach ((string level, double share) in Levels)
        {
            at -= share;
            if (at < 0)
                return level;
        }
        return Levels[^1].Level;
    }
}

/// <summary>What the image shows, by factors that no column holds by itself. Each is a standard normal number.</summary>
internal static class SyntheticFactors
{
    public const int Size = 0, Density = 1, Texture = 2, Cleft = 3, Anisotropy = 4, Coarseness = 5;

    /// <summary>The named ones, and six more that have nothing to do with the outcome.</summary>
    public const int Count = 12;
}
