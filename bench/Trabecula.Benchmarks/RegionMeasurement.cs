using System.Globalization;
using Trabecula.Imaging;
using Trabecula.Radiomics;
using Trabecula.Radiomics.Parameters;

namespace Trabecula.Benchmarks;

/// <summary>A ball of noise of some size in memory, on one core, in yardsticks: whether time grows with the region and not faster.</summary>
/// <param name="Voxels">Voxels of the region.</param>
/// <param name="Settings">Name of the parameter file.</param>
/// <param name="Warm">Median of warm extractions.</param>
/// <param name="Megabytes">Peak of resident memory of a process that does one extraction.</param>
internal sealed record RegionMeasurement(int Voxels, string Settings, double Warm, double Megabytes)
{
    private const int Margin = 6;
    private const int Measured = 3;

    /// <summary>Sizes of regions, in voxels, of which the balls have about as many.</summary>
    public static IReadOnlyList<int> Sizes { get; } = [100, 1_000, 10_000, 100_000, 1_000_000];

    public static RegionMeasurement Of(Laboratory laboratory, int voxels, string settings)
    {
        string size = voxels.ToString(CultureInfo.InvariantCulture);
        double before = laboratory.RunYardstick();
        ExtractionTimes warm = Extraction.Parse(laboratory.RunAlone("region", size, laboratory.SettingsFile(settings)));
        ExtractionTimes once = Extraction.Parse(laboratory.RunAlone("region-once", size, laboratory.SettingsFile(settings)));
        double yardstick = (before + laboratory.RunYardstick()) / 2;
        return new(warm.Features, settings, warm.Seconds / yardstick, once.PeakMegabytes);
    }

    /// <summary>Measures in this process; <see cref="ExtractionTimes.Features"/> is the number of voxels.</summary>
    public static ExtractionTimes RunWarm(int voxels, string settings)
    {
        (Volume image, Mask mask, int count) = Ball(voxels);
        var extractor = new FeatureExtractor(ParameterFile.Read(settings));
        Extraction.WarmUp(() => extractor.Extract(image, mask));
        return new(Extraction.MedianSeconds(() => extractor.Extract(image, mask), Measured), 0, 0, 0, 0, count);
    }

    /// <summary>One extraction and nothing else, for the memory that it needs.</summary>
    public static ExtractionTimes RunOnce(int voxels, string settings)
    {
        (Volume image, Mask mask, int count) = Ball(voxels);
        new FeatureExtractor(ParameterFile.Read(settings)).Extract(image, mask);
        return new(0, 0, 0, 0, Extraction.PeakMegabytes(), count);
    }

    private static (Volume Image, Mask Mask, int Count) Ball(int voxels)
    {
        double radius = Math.Cbrt(voxels * 3 / (4 * Math.PI));
        int half = (int)Math.Ceiling(radius) + Margin, edge = 2 * half + 1, count = 0;
        var geometry = new VolumeGeometry(new(edge, edge, edge), new(1, 1, 1), default, Matrix3D.Identity);
        var image = new short[edge * edge * edge];
        var mask = new byte[image.Length];
        ulong state = 2026;
        for (int i = 0; i < image.Length; i++)
        {
            state = state * 6364136223846793005 + 1442695040888963407;
            int x = i % edge - half, y = i / edge % edge - half, z = i / edge / edge - half;
            image[i] = (short)(100 * Math.Sin(0.2 * x) + 60 * Math.Cos(0.15 * y + 0.1 * z) + (state >> 40) % 200);
            mask[i] = x * x + y * y + z * z <= radius * radius ? (byte)1 : (byte)0;
            count += mask[i];
        }
        return (Volume.Create(geometry, image), new Mask(Volume.Create(geometry, mask)), count);
    }
}
