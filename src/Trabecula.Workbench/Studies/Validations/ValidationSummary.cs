using System.Globalization;
using Trabecula.Learning.Evaluation;

namespace Trabecula.Workbench.Studies.Validations;

/// <summary>What the frozen models of a study did on other subjects, as <c>validation.json</c> holds it. The same folder and tables give the same bytes.</summary>
public sealed record ValidationSummary
{
    /// <summary>The version of this format.</summary>
    public const int Version = 1;

    /// <summary>The version of the format that the file was written in.</summary>
    public int SchemaVersion { get; init; } = Version;

    /// <summary>The program that validated.</summary>
    public required string Program { get; init; }

    /// <summary>The program that ran the study.</summary>
    public required string StudyProgram { get; init; }

    /// <summary>The study's title.</summary>
    public required string Title { get; init; }

    /// <summary>Whether the study says that its subjects are made up.</summary>
    public required bool SyntheticData { get; init; }

    /// <summary>Whether steps of the study saw its held-out subjects. New subjects they have not seen.</summary>
    public required bool Leaks { get; init; }

    /// <summary>The new tables, then the frozen files of the study, each with its SHA-256.</summary>
    public required IReadOnlyList<InputFile> Inputs { get; init; }

    /// <summary>What a reader must be told before any number.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>From the screened to the validated.</summary>
    public required IReadOnlyList<FlowCount> Flow { get; init; }

    /// <summary>What the outcome is called.</summary>
    public required string Outcome { get; init; }

    /// <summary>The new subjects' outcomes, in the order of the risks.</summary>
    public required IReadOnlyList<bool> Outcomes { get; init; }

    /// <summary>The models, in the study's order.</summary>
    public required IReadOnlyList<ValidatedModel> Models { get; init; }

    /// <summary>Curves of the evaluation.</summary>
    public required EvaluationSummary Evaluation { get; init; }

    /// <summary>The column of centres; null where there is none, or one centre alone.</summary>
    public string? CentreColumn { get; init; }

    /// <summary>The tables.</summary>
    public required IReadOnlyList<ReportTable> Tables { get; init; }

    /// <summary>One line for each model.</summary>
    public IEnumerable<string> Lines() => Models.Select(model =>
    {
        var auroc = HeadlineAuroc.OfRisks(Outcomes, model.Risks);
        var calibration = CoxCalibration.Of(Outcomes, model.Risks);
        return $"{model.Name}: AUROC on new subjects {auroc.Words("-")}; calibration in the large {Two(calibration.InTheLarge)}, slope {Two(calibration.Slope)}";

        // Risks that are all equal, or that part the classes.
        static string Two(double value) => double.IsNaN(value) ? "not estimable" : value.ToString("F2", CultureInfo.InvariantCulture);
    });
}

/// <summary>A frozen model on new subjects.</summary>
/// <param name="Name">The model.</param>
/// <param name="Risks">The predicted risk of each new subject.</param>
/// <param name="DevelopmentAuroc">Its AUROC on the held-out subjects of the study.</param>
/// <param name="Recalibrations">Its risks recalibrated to the new subjects, where that is possible.</param>
/// <param name="Centres">It in each centre; empty where there are not several.</param>
/// <param name="Pooled">The centres together; empty likewise.</param>
public sealed record ValidatedModel(
    string Name, IReadOnlyList<double> Risks, double DevelopmentAuroc, IReadOnlyList<Recalibration> Recalibrations, IReadOnlyList<SubgroupEvaluation> Centres,
    IReadOnlyList<PooledMeasure> Pooled);
