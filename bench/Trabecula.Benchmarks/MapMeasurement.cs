using System.Text.Json.Nodes;
using Trabecula.Imaging;
using Trabecula.Radiomics;
using Trabecula.Radiomics.Parameters;

namespace Trabecula.Benchmarks;

/// <summary>Feature maps of the reference set, in yardsticks, on one core and on all.</summary>
/// <param name="OneCore">Median of warm runs from paths to the last map in memory.</param>
/// <param name="AllCores">The same on all cores.</param>
/// <param name="Megabytes">Peak of resident memory of a process that computes all maps once.</param>
internal sealed record MapMeasurement(double OneCore, double AllCores, double Megabytes)
{
    /// <summary>The reference set, whose parameters are beside its maps.</summary>
    public const string Case = "v09_at_border";

    private const int Measured = 9;

    public static MapMeasurement Of(Laboratory laboratory)
    {
        double before = laboratory.RunYardstick();
        double one = Extraction.Parse(laboratory.RunAlone("maps", laboratory.Shared)).Seconds;
        double all = Extraction.Parse(Laboratory.RunFreely("maps", laboratory.Shared)).Seconds;
        double megabytes = Extraction.Parse(laboratory.RunAlone("maps-once", laboratory.Shared)).PeakMegabytes;
        double yardstick = (before + laboratory.RunYardstick()) / 2;
        return new(one / yardstick, all / yardstick, megabytes);
    }

    /// <summary>Warm runs in this process.</summary>
    public static ExtractionTimes RunWarm(string shared)
    {
        int maps = Extraction.WarmUp(() => Compute(shared));
        return new(Extraction.MedianSeconds(() => Compute(shared), Measured), 0, 0, 0, Extraction.PeakMegabytes(), maps);
    }

    /// <summary>One run and nothing else, for the memory that it needs.</summary>
    public static ExtractionTimes RunOnce(string shared) => new(0, 0, 0, 0, Features: Compute(shared), PeakMegabytes: Extraction.PeakMegabytes());

    private static int Compute(string shared)
    {
        string golden = Path.Combine(shared, "golden/pyradiomics");
        string image = Path.Combine(golden, "images", $"{Case}_image.nrrd"), mask = Path.Combine(golden, "images", $"{Case}_mask.nrrd");
        ExtractionParameters parameters = ParametersOf(Path.Combine(golden, "voxel", Case, "voxel.json"));
        return new FeatureExtractor(parameters).Load(VolumeFile.Read(image), new Mask(VolumeFile.Read(mask))).ExtractMaps(1).Maps.Count();
    }

    // The file says "nan" as a text, where a parameter file has a number.
    private static ExtractionParameters ParametersOf(string description) =>
        ParameterFile.Parse(JsonNode.Parse(File.ReadAllText(description))!["parameters"]!.ToJsonString().Replace("\"nan\"", "NaN", StringComparison.Ordinal), "voxel.json");
}
