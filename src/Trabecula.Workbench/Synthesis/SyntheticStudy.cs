using System.Globalization;
using Trabecula.Learning;
using Trabecula.Radiomics.Parameters;

namespace Trabecula.Workbench.Synthesis;

/// <summary>
/// The worked example of a study: 1,253 screened patients, of whom 856 are eligible and 102 of these have residual back pain, with two readers'
/// 1,223 radiomic columns, and with the true risk of each patient, from which the outcome was drawn. Nothing of it is from a person.
/// </summary>
/// <remarks>
/// <c>log odds = b0 + 1.4·ivc + 1.2·tlf − 0.7·(bmd + 3.35)/0.55 + 0.75·texture + 0.6·anisotropy − 0.5·coarseness</c>; the last three are
/// factors that no column holds by itself. The outcome is one draw from these risks, given that there are 102 events. The numbers of patients are
/// those of Ge et al., Int J Med Sci 22 (2025) 3329; coefficients are not estimates of anything clinical.
/// </remarks>
public sealed class SyntheticStudy
{
    /// <summary>Patients in the table.</summary>
    public const int ScreenedCount = 1253;

    /// <summary>Patients who meet all criteria.</summary>
    public const int EligibleCount = 856;

    /// <summary>Eligible patients with residual pain.</summary>
    public const int EventCount = 102;

    // January 2015 to January 2024, as in the paper.
    private static readonly DateOnly FirstDay = new(2015, 1, 5);
    private const int LastDay = 3300;

    private SyntheticStudy(IReadOnlyList<SyntheticRecord> records, IReadOnlyList<SyntheticRecord> eligible, double[] risks, SyntheticReadings readings) =>
        (Records, Eligible, TrueRisks, Readings) = (records, eligible, risks, readings);

    /// <summary>The seed of the example as it is shipped.</summary>
    public static Seed DefaultSeed { get; } = new(1253);

    internal IReadOnlyList<SyntheticRecord> Records { get; }

    /// <summary>The eligible, in the order of <see cref="Records"/>.</summary>
    internal IReadOnlyList<SyntheticRecord> Eligible { get; }

    /// <summary>The probability from which each eligible patient's outcome was drawn.</summary>
    internal IReadOnlyList<double> TrueRisks { get; }

    /// <summary>The readers' columns, a row for each of the eligible.</summary>
    internal SyntheticReadings Readings { get; }

    /// <summary>Draws the example. Equal seeds give equal studies.</summary>
    public static SyntheticStudy Draw(Seed seed)
    {
        SyntheticFailure[] failures = DrawFailures(seed);
        SyntheticPatient[] patients = [.. Enumerable.Range(0, ScreenedCount).Select(i => SyntheticPatient.Draw(seed.Derive("patient", i)))];
        int[] eligible = [.. Enumerable.Range(0, ScreenedCount).Where(i => failures[i] == SyntheticFailure.None)];
        double[] predictors = Array.ConvertAll(patients, patient => patient.LinearPredictor());
        double intercept = Intercept([.. eligible.Select(i => predictors[i])]);
        double[] risks = Array.ConvertAll(predictors, predictor => SyntheticPatient.Logistic(intercept + predictor));
        bool[] outcomes = DrawOutcomes(risks, eligible, seed);
        int[] days = DrawDays(seed);

        SyntheticRecord[] records = [.. Enumerable.Range(0, ScreenedCount).Select(i => new SyntheticRecord
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"P{i + 1:0000}"),
            Date = FirstDay.AddDays(days[i]),
            Patient = patients[i],
            Level = patients[i].Level,
            FollowUpDays = 30 + seed.Derive("follow-up", i).Open().NextInt(700),
            Pain = SyntheticPain.Draw(outcomes[i], patients[i].Vas, seed.Derive("pain", i)),
        }.Fail(failures[i], seed.Derive("failure", i)))];
        return new SyntheticStudy(
            records, [.. eligible.Select(i => records[i])], [.. eligible.Select(i => risks[i])],
            SyntheticReadings.Draw(FeatureColumns.Of(ExtractionParameters.Paper), [.. eligible.Select(i => patients[i])], seed.Derive("readings")));
    }

    private static SyntheticFailure[] DrawFailures(Seed seed)
    {
        var failures = new SyntheticFailure[ScreenedCount];
        int at = 0;
        foreach ((SyntheticFailure failure, int count) in SyntheticRecord.Failures)
        {
            Array.Fill(failures, failure, at, count);
            at += count;
        }
        seed.Derive("failures").Open().Shuffle(failures.AsSpan());
        return failures;
    }

    // Patients are numbered as they come.
    private static int[] DrawDays(Seed seed)
    {
        RandomSequence random = seed.Derive("days").Open();
        int[] days = [.. Enumerable.Range(0, ScreenedCount).Select(_ => random.NextInt(LastDay))];
        Array.Sort(days);
        return days;
    }

    /// <summary>The intercept at which the mean risk is that of the events, by bisection.</summary>
    private static double Intercept(double[] predictors)
    {
        double low = -20, high = 20;
        for (int step = 0; step < 60; step++)
        {
            double middle = (low + high) / 2;
            if (predictors.Average(predictor => SyntheticPatient.Logistic(middle + predictor)) < (double)EventCount / EligibleCount)
                low = middle;
            else
                high = middle;
        }
        return (low + high) / 2;
    }

    // Drawn again until the number of events is right, so that the risks stay calibrated: about one draw in twenty-three is.
    private static bool[] DrawOutcomes(double[] risks, int[] eligible, Seed seed)
    {
        for (int attempt = 0; ; attempt++)
        {
            RandomSequence random = seed.Derive("outcomes", attempt).Open();
            bool[] outcomes = Array.ConvertAll(risks, risk => random.NextDouble() < risk);
            if (eligible.Count(i => outcomes[i]) == EventCount)
                return outcomes;
        }
    }
}
