namespace Trabecula.Workbench.Demos;

/// <summary>Computes the features of a table of cases and writes them.</summary>
internal delegate IReadOnlyList<DemoFailure> ExtractFeatures(
    string cases, string features, int jobs, IProgress<DemoProgress>? progress, CancellationToken cancellationToken);

/// <summary>The extraction of the demonstration's cohort.</summary>
internal static class DemoExtraction
{
    internal static IReadOnlyList<DemoFailure> Extract(
        string cases, string features, int jobs, IProgress<DemoProgress>? progress, CancellationToken cancellationToken) =>
        throw new DemoException("Not connected.");
}
