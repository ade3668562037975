using Trabecula.Radiomics.Parameters;
using Trabecula.Workbench.Extraction;

namespace Trabecula.Workbench.Demos;

/// <summary>The extraction of the demonstration's cohort: the one that <c>trabecula extract</c> runs, with the paper's parameters.</summary>
internal static class DemoExtraction
{
    private const string ParameterResource = "paper.yaml";

    /// <summary>Computes the features of a table of cases and writes them.</summary>
    /// <returns>The cases that gave none.</returns>
    internal static IReadOnlyList<DemoFailure> Extract(
        string cases, string features, int jobs, IProgress<DemoProgress>? progress, CancellationToken cancellationToken)
    {
        // Beside the cases, so that the extraction can be run again by itself.
        string parameters = Path.Combine(Path.GetDirectoryName(cases)!, ParameterResource);
        WriteParameters(parameters);
        var extraction = new FeatureExtraction(new ExtractionRequest
        {
            Input = new ExtractionInput.Table(cases),
            ParameterFile = parameters,
            Output = features,
            Jobs = jobs,
            // The demo asks for its folder as a whole.
            Overwrites = true,
        });
        ExtractionReport report = extraction.Run(progress is null ? null : new Relay(progress), cancellationToken);
        return [.. report.Failures.Select(f => new DemoFailure(f.Subject, $"{f.Reason} {f.Cure}"))];
    }

    private static void WriteParameters(string path)
    {
        using Stream resource = typeof(ExtractionParameters).Assembly.GetManifestResourceStream(ParameterResource)
            ?? throw new InvalidOperationException($"The assembly lacks its resource {ParameterResource}.");
        AtomicFile.Write(path, resource.CopyTo);
    }

    private sealed class Relay(IProgress<DemoProgress> progress) : IProgress<ExtractionProgress>
    {
        public void Report(ExtractionProgress value) => progress.Report(new DemoProgress("Extracting features", value.Done, value.Total));
    }
}
