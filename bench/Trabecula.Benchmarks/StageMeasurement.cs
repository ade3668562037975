using System.Diagnostics;
using System.Text.Json;
using Trabecula.Imaging;
using Trabecula.Radiomics;
using Trabecula.Radiomics.Diagnostics;
using Trabecula.Radiomics.Features;
using Trabecula.Radiomics.Features.Shape;
using Trabecula.Radiomics.Filters;
using Trabecula.Radiomics.Parameters;
using Trabecula.Radiomics.Preprocessing;

namespace Trabecula.Benchmarks;

/// <summary>
/// Where the time of a warm extraction goes: the engine's steps called one after the other with a stopwatch between them, so that the
/// product carries none.
/// </summary>
internal sealed class StageMeasurement
{
    private const int WarmUpRuns = 12;
    private const int Measured = 9;

    /// <summary>The stages in the order of their work, as they head the columns of the report.</summary>
    public static readonly string[] Stages =
    [
        "read", "hash", "statistics, labels", "resample", "shape", "LoG", "wavelet", "gradient", "grey levels", "firstorder", "glcm", "glrlm", "glszm", "gldm", "ngtdm",
    ];

    private readonly Dictionary<string, double> _seconds = Stages.ToDictionary(stage => stage, _ => 0.0);
    private long _last;

    /// <summary>Seconds of each stage: for each the median over several runs.</summary>
    public static Dictionary<string, double> Measure(string image, string mask, uint label, string settings)
    {
        ExtractionParameters parameters = ParameterFile.Read(settings);
        List<Dictionary<string, double>> runs = [];
        for (int run = 0; run < WarmUpRuns + Measured; run++)
        {
            StageMeasurement measurement = new();
            measurement.Run(parameters, image, mask, label);
            if (run >= WarmUpRuns)
                runs.Add(measurement._seconds);
        }
        return Stages.ToDictionary(stage => stage, stage => Extraction.Median(runs.Select(run => run[stage])));
    }

    public static string ToText(Dictionary<string, double> stages) => JsonSerializer.Serialize(stages);

    public static Dictionary<string, double> Parse(string text) => JsonSerializer.Deserialize<Dictionary<string, double>>(text)!;

    private void Run(ExtractionParameters parameters, string imagePath, string maskPath, uint label)
    {
        _last = Stopwatch.GetTimestamp();
        Volume image = VolumeFile.Read(imagePath);
        Mask mask = new(VolumeFile.Read(maskPath));
        Lap("read");
        VoxelHash.OfImage(image);
        VoxelHash.OfMask(mask);
        Lap("hash");
        IntensityStatistics statistics = IntensityStatistics.Of(image);
        MaskRegions regions = mask.FindRegions();
        Lap("statistics, labels");
        PreparedCase prepared = new CasePreparation(parameters.Settings, image, mask, statistics, regions).Prepare(label);
        Lap("resample");
        VolumeSize size = prepared.Box.Size;
        RegionGrid region = new(prepared.Mask, size.X, size.Y, size.Z);
        Span<double> shape = stackalloc double[FeatureNames.Computed(FeatureClass.Shape).Count];
        ShapeFeatures.Compute(prepared.Mask, region, prepared.ExtentGeometry.SpacingMm, shape);
        Lap("shape");

        ImageFeatures features = new(region, prepared.ExtentGeometry.SpacingMm);
        List<FeatureValue> values = [];
        foreach (ImageTypeSelection type in parameters.ImageTypes)
        {
            string filter = type switch { LogImageType => "LoG", WaveletImageType => "wavelet", GradientImageType => "gradient", _ => "resample" };
            foreach (FilteredImage filtered in ImageFilters.Apply(prepared, type, []))
            {
                Lap(filter);
                features.Take(filtered, type.Settings);
                Lap("grey levels");
                foreach (FeatureClassSelection selection in parameters.FeatureClasses.Where(selection => !selection.IsOfMaskAlone))
                {
                    features.Compute(selection, values);
                    Lap(FeatureNames.NameOf(selection.Class));
                }
            }
            Lap(filter);
        }
    }

    private void Lap(string stage)
    {
        long now = Stopwatch.GetTimestamp();
        _seconds[stage] += Stopwatch.GetElapsedTime(_last, now).TotalSeconds;
        _last = now;
    }
}
