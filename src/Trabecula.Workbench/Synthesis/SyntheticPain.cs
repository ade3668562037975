using Trabecula.Learning;

namespace Trabecula.Workbench.Synthesis;

/// <summary>Scores of pain, 0 to 10, after the operation.</summary>
internal static class SyntheticPain
{
    /// <summary>The score from which on a day counts; residual pain is that on days 3 and 30.</summary>
    public const int Threshold = 4;

    /// <summary>The days of the scores.</summary>
    public static IReadOnlyList<int> Days { get; } = [1, 3, 7, 30];

    /// <summary>Scores that agree with an outcome. Days 1 and 7, which do not decide it, are missing now and then.</summary>
    public static IReadOnlyList<int?> Draw(bool residual, int before, Seed seed)
    {
        RandomSequence random = seed.Open();
        double level = 0.4 * (before - 7.6) + 0.6 * random.NextGaussian();
        double[] means = residual ? [5.4, 5.2, 5.0, 4.9] : [4.2, 3.0, 2.3, 1.5];
        var scores = new int?[Days.Count];
        for (int i = 0; i < scores.Length; i++)
            scores[i] = Math.Clamp((int)Math.Round(means[i] + level + random.NextGaussian()), 0, 10);
        if (residual)
            (scores[1], scores[3]) = (Math.Max(scores[1]!.Value, Threshold), Math.Max(scores[3]!.Value, Threshold));
        else if (scores[1] >= Threshold && scores[3] >= Threshold)
            scores[3] = random.NextInt(Threshold);
        if (random.NextDouble() < 0.02)
            scores[0] = null;
        if (random.NextDouble() < 0.05)
            scores[2] = null;
        return scores;
    }
}
