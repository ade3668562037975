using Trabecula.Learning;
using Trabecula.Workbench.Cohorts;

namespace Trabecula.Workbench.Synthesis;

/// <summary>The design of the worked example: the paper's six inclusion and five exclusion criteria, its outcome, and candidate predictors.</summary>
public static class SyntheticStudyDesign
{
    /// <summary>The levels that may be fractured.</summary>
    public static IReadOnlyList<string> Levels { get; } = ["T4", "T5", "T6", "T7", "T8", "T9", "T10", "T11", "T12", "L1", "L2", "L3", "L4", "L5"];

    /// <summary>How the cohort is made from <see cref="SyntheticStudyFiles.Screened"/>.</summary>
    public static CohortDesign Cohort { get; } = new("id", new RepeatedScores(
        new Dictionary<int, string> { [1] = "vas_day1", [3] = "vas_day3", [7] = "vas_day7", [30] = "vas_day30" }, SyntheticPain.Threshold, [3, 30])
    { Name = "Residual back pain" })
    {
        Criteria =
        [
            Criterion.Include("Age of 55 years or more", new ColumnTest("age") { AtLeast = 55 }),
            Criterion.Include("Primary unilateral PKP", new ColumnTest("procedure") { EqualTo = [SyntheticRecord.PrimaryUnilateral] }),
            Criterion.Include("Single level from T4 to L5", new ColumnTest("level") { EqualTo = Levels }),
            Criterion.Include("Acute on MRI", new ColumnTest("mri_acute") { EqualTo = ["1"] }),
            Criterion.Include("T-score of -2.5 or less", new ColumnTest("bmd") { AtMost = -2.5 }),
            Criterion.Include("VAS of 6 or more with limited activity", new ColumnTest("vas") { AtLeast = 6 }, new ColumnTest("limitation") { EqualTo = ["1"] }),
            Criterion.Exclude("Other spinal disease or surgery", new ColumnTest("other_spinal_disease") { EqualTo = ["1"] }),
            Criterion.Exclude("Posterior column injury with canal compromise", new ColumnTest("canal_compromise") { EqualTo = ["1"] }),
            Criterion.Exclude("Cardiopulmonary contraindication", new ColumnTest("contraindication") { EqualTo = ["1"] }),
            Criterion.Exclude("New fracture within three months", new ColumnTest("new_fracture") { EqualTo = ["1"] }),
            Criterion.Exclude("Follow-up of less than 30 days", new ColumnTest("followup_days") { Below = 30 }),
        ],
        Clinical =
        [
            new("age"), new("female", ColumnKind.Binary), new("bmi"), new("bmd"), new("vas"), new("odi"), new("ivc", ColumnKind.Binary), new("tlf", ColumnKind.Binary),
            new("location", ColumnKind.Binary), new("height_reduction"), new("cobb"),
        ],
        Attributes = ["scanner", "date"],
    };
}
