using Trabecula.Learning;
using Trabecula.Workbench.Cohorts;

namespace Trabecula.Workbench.Studies;

/// <summary>What the models of a study take from a table, and how its cells become numbers, as <c>schema.json</c> holds it: what another cohort is read by.</summary>
public sealed record PredictorSchema
{
    /// <summary>The version of this format.</summary>
    public const int Version = 1;

    /// <summary>The version of the format that the file was written in.</summary>
    public int SchemaVersion { get; init; } = Version;

    /// <summary>The clinical columns in their order, each with its kind and its values in the order of their numbers.</summary>
    public required IReadOnlyList<PredictorColumn> Clinical { get; init; }

    /// <summary>The features of images in their order.</summary>
    public required IReadOnlyList<string> Radiomic { get; init; }

    internal static PredictorSchema Of(IReadOnlyList<PredictorColumn> coding, FeatureTable features) => new()
    {
        Clinical = coding,
        Radiomic = [.. features.Schema.Where(column => column.Source == ColumnSource.Radiomic).Select(column => column.Name)],
    };
}
