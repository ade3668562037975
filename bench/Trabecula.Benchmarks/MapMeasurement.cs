using System.Diagnostics;
using System.Text.Json.Nodes;
using Trabecula.Imaging;
using Trabecula.Radiomics;
using Trabecula.Radiomics.Parameters;

namespace Trabecula.Benchmarks;

/// <summary>Feature maps of the reference set, from paths to the last map in memory, warm.</summary>
internal static class MapMeasurement
{
    private const string Case = "v09_at_border";
    private const int Measured = 5;
    private const double WarmUpSeconds = 3;

    /// <summary>Median seconds of all maps.</summary>
    /// <param name="shared">The folder with images and reference values.</param>
    public static double Warm(string shared)
    {
        string golden = Path.Combine(shared, "golden/pyradiomics");
        ExtractionParameters parameters = ParametersOf(Path.Combine(golden, "voxel", Case, "voxel.json"));
        string image = Path.Combine(golden, "images", $"{Case}_image.nrrd"), mask = Path.Combine(golden, "images", $"{Case}_mask.nrrd");
        for (long begin = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(begin).TotalSeconds < WarmUpSeconds;)
            Compute(parameters, image, mask);
        var seconds = new double[Measured];
        for (int run = 0; run < Measured; run++)
        {
            long begin = Stopwatch.GetTimestamp();
            Compute(parameters, image, mask);
            seconds[run] = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        }
        return Extraction.Median(seconds);
    }

    private static void Compute(ExtractionParameters parameters, string image, string mask)
    {
        foreach (FeatureMap _ in new FeatureExtractor(parameters).Load(VolumeFile.Read(image), new Mask(VolumeFile.Read(mask))).ExtractMaps(1).Maps) { }
    }

    // The file says "nan" as a text, where a parameter file has a number.
    private static ExtractionParameters ParametersOf(string description) =>
        ParameterFile.Parse(JsonNode.Parse(File.ReadAllText(description))!["parameters"]!.ToJsonString().Replace("\"nan\"", "NaN", StringComparison.Ordinal), "voxel.json");
}
