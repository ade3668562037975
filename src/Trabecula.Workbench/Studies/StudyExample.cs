using Trabecula.Workbench.Synthesis;

namespace Trabecula.Workbench.Studies;

/// <summary>The worked example as a folder: the tables of a synthetic study, and two plans for it.</summary>
/// <remarks>Both plans ask for the same models on the same subjects. What differs is the order of work, so that what differs in their
/// reports is what that order is worth.</remarks>
public static class StudyExample
{
    /// <summary>The plan of profile <c>sound</c>.</summary>
    public const string SoundPlan = "study.yaml";

    /// <summary>The plan of profile <c>paper</c>, in the order of Ge et al. 2025.</summary>
    public const string PaperPlan = "study-paper.yaml";

    private const string Warning = $"""
        {PlanWriter.SchemaLine}
        # SYNTHETIC DATA: no line of these tables is from a person, and no result says anything about a disease.
        # 'trabecula study init --example' drew patients and outcomes from a formula; truth/ holds the answer, and no study may read it.
        """;

    private static string Subjects(ExampleOptions options) => $$"""
        seed: {{options.Seed}}

        # 1,253 screened patients. Paths start from the folder of this plan.
        cohort:
          table: {{SyntheticStudyFiles.Screened}}
          id: id

        # Applied, and counted for the flow diagram, in this order. Who lacks a value that a criterion needs leaves, and is counted apart.
        eligibility:
          - { include: Age of 55 years or more, column: age, atLeast: 55 }
          - { include: Primary unilateral PKP, column: procedure, equals: primary unilateral PKP }
          - include: Single level from T4 to L5
            column: level
            equals: [T4, T5, T6, T7, T8, T9, T10, T11, T12, L1, L2, L3, L4, L5]
          - { include: Acute on MRI, column: mri_acute, equals: 1 }
          - { include: T-score of -2.5 or less, column: bmd, atMost: -2.5 }
          - include: VAS of 6 or more with limited activity
            all:
              - { column: vas, atLeast: 6 }
              - { column: limitation, equals: 1 }
          - { exclude: Other spinal disease or surgery, column: other_spinal_disease, equals: 1 }
          - { exclude: Posterior column injury with canal compromise, column: canal_compromise, equals: 1 }
          - { exclude: Cardiopulmonary contraindication, column: contraindication, equals: 1 }
          - { exclude: New fracture within three months, column: new_fracture, equals: 1 }
          - { exclude: Follow-up of less than 30 days, column: followup_days, below: 30 }

        # The event is a score of 4 or more on day 3 and on day 30. A missing day makes no control.
        outcome:
          name: Residual back pain
          scores: { 1: vas_day1, 3: vas_day3, 7: vas_day7, 30: vas_day30 }
          atLeast: 4
          onDays: [3, 30]

        # How many subjects are needed: by the test that the paper planned with (158), and for what it set out to do. Parameters are all that
        # are tried, 11 clinical and 1,223 radiomic, not the few that are kept.
        sampleSize:
          - oneProportion: { reference: 0.15, expected: 0.25, alpha: 0.05, power: 0.9 }
          - development: { prevalence: 0.12, parameters: 1234, cStatistic: 0.75 }
          - validation: { prevalence: 0.12, cStatistic: 0.75 }

        # What was known before the operation, and what two readers measured on the images. Models see the first reader.
        predictors:
          clinical:
            - age
            - { column: female, kind: binary }
            - bmi
            - bmd
            - vas
            - odi
            - { column: ivc, kind: binary }
            - { column: tlf, kind: binary }
            - { column: location, kind: binary }
            - height_reduction
            - cobb
          radiomic:
            readers: [{{SyntheticStudyFiles.Reader1}}, {{SyntheticStudyFiles.Reader2}}]{{Example(options)}}

        # Seven in ten of each class train; the others are looked at once, at the end.
        split:
          stratifiedHoldOut: { trainingPercent: 70 }
        """;

    private const string RadiomicSteps = """
          - adaptiveScaling: { scope: radiomic }
          - reproducibility: { scope: radiomic, measure: ccc, atLeast: 0.85 }
          - screening: { scope: radiomic, p: 0.1, fallback: { fewerThan: 20, keep: 50 } }
          - mrmr: { scope: radiomic, scheme: fcq, count: 20 }
        """;

    private const string ClinicalSteps = """
          - adaptiveScaling: { scope: clinical }
          - screening: { scope: clinical, p: 0.1 }
        """;

    private static string Models(ExampleOptions options) => $"""
        # Each with the grid of its family; 'grid:' under a model sets another. XGBoost needs its library; without it the others are compared.
        # TabNet is searched in two phases, as many configurations of its architecture and then of its optimisation, which takes most of the time.
        models:
        {string.Join('\n', options.Models.Select(model => $"  - {model}"))}

        """;

    private static string Example(ExampleOptions options) => options.Image is null ? "" : $$"""

            # A case whose segmentation the report shows.
            example: { image: {{PlanWriter.Quote(options.Image)}}, mask: {{PlanWriter.Quote(options.Mask)}}, caption: {{PlanWriter.Quote(options.Caption)}} }
        """;

    private const string Metrics = """
        metrics:
          thresholds: [0.1, 0.2]
          rationale: Closer follow-up costs little against a month of pain, so that five to ten may be seen for one who needs it.
          subgroups: [location]
          # Logistic regressions that the models must beat. With 'refits: 200' the report also shows optimism and the instability of risks.
          baselines:
            - { name: clinical variables alone, source: clinical }

        """;

    /// <summary>Writes tables and plans into a folder, which is made where it is absent. The same files each time.</summary>
    /// <exception cref="Extraction.ExtractionException">A file cannot be written.</exception>
    public static void Write(string folder) => Write(folder, SyntheticStudy.Draw(SyntheticStudy.DefaultSeed), new ExampleOptions());

    /// <summary>Writes another study's tables, and plans that ask for something else.</summary>
    /// <exception cref="Extraction.ExtractionException">A file cannot be written.</exception>
    internal static void Write(string folder, SyntheticStudy study, ExampleOptions options)
    {
        ArgumentNullException.ThrowIfNull(folder);
        study.Write(folder);
        PlanWriter.WriteSchema(folder);
        PlanWriter.Write(Path.Combine(folder, SoundPlan), Sound(options));
        PlanWriter.Write(Path.Combine(folder, PaperPlan), Paper(options));
    }

    internal static string Sound(ExampleOptions? asked = null) => Of(asked ?? new ExampleOptions(), options => $$"""
        {{Warning}}

        schemaVersion: 1
        title: Residual back pain after kyphoplasty (synthetic data)
        syntheticData: true
        replicates: ge2025
        # Everything that learns from data is fitted on training rows alone, in every fold of the search anew.
        profile: sound
        {{Subjects(options)}}

        # Radiomic columns: scaling, the readers' agreement, a rank-sum test each, then the twenty that say most and repeat least.
        # Clinical columns: scaling, and a test each.
        steps:
        {{RadiomicSteps}}
        {{ClinicalSteps}}

        {{Models(options)}}
        # {{options.Configurations}} configurations of each model, by their area under the curve over five folds of the training rows.
        search: { method: random, configurations: {{options.Configurations}}, folds: 5, score: auroc, choice: best }

        {{Metrics}}    - { name: volume alone, columns: original_shape_MeshVolume }
        """);

    internal static string Paper(ExampleOptions? asked = null) => Of(asked ?? new ExampleOptions(), options => $$"""
        {{Warning}}
        #
        # THIS ORDER LEAKS. It is that of Ge et al. 2025 (Int J Med Sci 22:3329): columns are selected on all subjects before any is held out, and
        # the folds of the search are drawn among resampled rows. Compare its report with that of {{SoundPlan}}.

        schemaVersion: 1
        title: Residual back pain after kyphoplasty, in the published order (synthetic data)
        syntheticData: true
        replicates: ge2025
        # Only this profile may ask for stepsBeforeSplit and foldsAfterSampling; the report says that the numbers are optimistic.
        profile: paper
        {{Subjects(options)}}

        # These see the held-out subjects and their outcomes.
        stepsBeforeSplit:
        {{RadiomicSteps}}

        # These are fitted on training rows.
        steps:
        {{ClinicalSteps}}

        # Cases are made until the classes are equal, then controls that are nearest to a case are removed.
        sampling:
          - adasyn: { neighbours: 5, categories: interpolated }
          - tomekLinks: { removes: controls }

        {{Models(options)}}
        # Folds among the resampled rows: a made row is validated beside the rows that it was made from.
        search: { method: random, configurations: {{options.Configurations}}, folds: 5, score: auroc, choice: best, foldsAfterSampling: true }

        {{Metrics}}
        """);

    private static string Of(ExampleOptions options, Func<ExampleOptions, string> plan) => plan(options).ReplaceLineEndings("\n");
}

/// <summary>What the plans of a worked example ask for.</summary>
internal sealed record ExampleOptions
{
    internal ulong Seed { get; init; } = 2026;

    internal int Configurations { get; init; } = 100;

    internal IReadOnlyList<string> Models { get; init; } = ["logisticRegression", "randomForest", "svm", "xgboost", "tabNet"];

    /// <summary>Image and mask of a case whose segmentation is shown, from the plans' folder; null for none.</summary>
    internal string? Image { get; init; }

    internal string Mask { get; init; } = "";

    internal string Caption { get; init; } = "";
}
