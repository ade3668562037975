using Trabecula.Learning;

namespace Trabecula.Workbench.Synthesis;

/// <summary>The criteria that a screened patient can fail, in the order in which they are applied.</summary>
internal enum SyntheticFailure
{
    None,
    Age,
    Procedure,
    Level,
    Acute,
    BoneDensity,
    Pain,
    SpinalDisease,
    CanalCompromise,
    Contraindication,
    NewFracture,
    FollowUp,
}

/// <summary>A screened patient: who it is, which criteria are failed, and the scores of pain after the operation.</summary>
internal sealed record SyntheticRecord
{
    public required string Id { get; init; }
    public required DateOnly Date { get; init; }
    public required SyntheticPatient Patient { get; init; }
    public string Procedure { get; init; } = PrimaryUnilateral;
    public string Level { get; init; } = "";
    public bool? Acute { get; init; } = true;
    public bool Limited { get; init; } = true;
    public bool SpinalDisease { get; init; }
    public bool CanalCompromise { get; init; }
    public bool Contraindication { get; init; }
    public bool NewFracture { get; init; }
    public required int FollowUpDays { get; init; }

    /// <summary>Scores of days 1, 3, 7 and 30; null where nobody asked.</summary>
    public required IReadOnlyList<int?> Pain { get; init; }

    public const string PrimaryUnilateral = "primary unilateral PKP";

    /// <summary>How many fail each criterion first: 397 of 1,253.</summary>
    public static IReadOnlyList<(SyntheticFailure Failure, int Count)> Failures { get; } =
    [
        (SyntheticFailure.Age, 61), (SyntheticFailure.Procedure, 74), (SyntheticFailure.Level, 83), (SyntheticFailure.Acute, 38),
        (SyntheticFailure.BoneDensity, 47), (SyntheticFailure.Pain, 21), (SyntheticFailure.SpinalDisease, 24), (SyntheticFailure.CanalCompromise, 12),
        (SyntheticFailure.Contraindication, 5), (SyntheticFailure.NewFracture, 14), (SyntheticFailure.FollowUp, 18),
    ];

    /// <summary>Makes a record fail a criterion, and some of the later ones as they come.</summary>
    public SyntheticRecord Fail(SyntheticFailure first, Seed seed)
    {
        if (first == SyntheticFailure.None)
            return this;
        RandomSequence random = seed.Open();
        SyntheticRecord record = FailAt(first, random);
        for (SyntheticFailure later = first + 1; later <= SyntheticFailure.FollowUp; later++)
        {
            if (random.NextDouble() < 0.06)
                record = record.FailAt(later, random);
        }
        return record;
    }

    private SyntheticRecord FailAt(SyntheticFailure failure, RandomSequence random)
    {
        double u = random.NextDouble();
        return failure switch
        {
            SyntheticFailure.Age => this with { Patient = Patient with { Age = 54 - random.NextInt(15) } },
            SyntheticFailure.Procedure => this with { Procedure = u < 0.5 ? "primary bilateral PKP" : u < 0.8 ? "PVP" : "revision PKP" },
            SyntheticFailure.Level => this with { Level = u < 0.9 ? "multiple" : u < 0.95 ? "T3" : "S1" },
            SyntheticFailure.Acute => this with { Acute = u < 0.85 ? false : null },
            SyntheticFailure.BoneDensity => this with { Patient = Patient with { Bmd = u < 0.8 ? Math.Round(-2.4 + 1.4 * random.NextDouble(), 2) : null } },
            SyntheticFailure.Pain => u < 0.6 ? this with { Patient = Patient with { Vas = 3 + random.NextInt(3) } } : this with { Limited = false },
            SyntheticFailure.SpinalDisease => this with { SpinalDisease = true },
            SyntheticFailure.CanalCompromise => this with { CanalCompromise = true },
            SyntheticFailure.Contraindication => this with { Contraindication = true },
            SyntheticFailure.NewFracture => this with { NewFracture = true },
            _ => this with { FollowUpDays = 3 + random.NextInt(26), Pain = [Pain[0], u < 0.5 ? null : Pain[1], null, null] },
        };
    }
}
