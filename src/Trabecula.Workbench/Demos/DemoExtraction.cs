using System.Globalization;
using System.Text;
using Trabecula.Imaging;
using Trabecula.Radiomics;
using Trabecula.Radiomics.Parameters;

namespace Trabecula.Workbench.Demos;

/// <summary>Computes the features of a table of cases and writes them.</summary>
internal delegate IReadOnlyList<DemoFailure> ExtractFeatures(
    string cases, string features, int jobs, IProgress<DemoProgress>? progress, CancellationToken cancellationToken);

/// <summary>The extraction of the demonstration's cohort.</summary>
internal static class DemoExtraction
{
    internal static IReadOnlyList<DemoFailure> Extract(
        string cases, string features, int jobs, IProgress<DemoProgress>? progress, CancellationToken cancellationToken)
    {
        string[] lines = File.ReadAllLines(cases);
        var vectors = new FeatureVector[lines.Length];
        var extractor = new FeatureExtractor(ExtractionParameters.Paper);
        int done = 0;
        Parallel.For(1, lines.Length, new ParallelOptions { MaxDegreeOfParallelism = jobs, CancellationToken = cancellationToken }, i =>
        {
            string[] cells = lines[i].Split(',');
            string folder = Path.GetDirectoryName(cases)!;
            Volume image = VolumeFile.Read(Path.Combine(folder, cells[1]), cancellationToken);
            var mask = new Mask(VolumeFile.Read(Path.Combine(folder, cells[2]), cancellationToken));
            vectors[i] = extractor.Extract(image, mask, 1, cancellationToken);
            progress?.Report(new DemoProgress("Extracting features", Interlocked.Increment(ref done), lines.Length - 1));
        });
        var text = new StringBuilder(lines[0]);
        foreach (FeatureValue feature in vectors[1].Features)
            text.Append(',').Append(feature.Name);
        text.Append('\n');
        for (int i = 1; i < lines.Length; i++)
        {
            text.Append(lines[i]);
            foreach (FeatureValue feature in vectors[i].Features)
                text.Append(CultureInfo.InvariantCulture, $",{feature.Value:R}");
            text.Append('\n');
        }
        CohortFiles.WriteText(features, text.ToString());
        return [];
    }
}
