namespace Trabecula.Workbench.Studies.Validations;

/// <summary>Which study is validated on which subjects.</summary>
/// <param name="Study">The folder of a finished study.</param>
/// <param name="Cohort">The table of the new subjects, with the columns that the study's plan names.</param>
public sealed record ValidationRequest(string Study, string Cohort)
{
    /// <summary>The table of their features of images; null for a study without any.</summary>
    public string? Features { get; init; }

    /// <summary>The column with the centre of each subject; null for the one that the plan names.</summary>
    public string? Centre { get; init; }

    /// <summary>The folder to write; null for one beside the study's that is named by both.</summary>
    public string? Output { get; init; }

    /// <summary>The folder that is written.</summary>
    public string OutputFolder => Output ?? $"{Path.TrimEndingDirectorySeparator(Study)}-on-{Path.GetFileName(Cohort).Split('.')[0]}";
}
