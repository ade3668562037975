using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Runtime;
using System.Text.Json;
using Trabecula.Imaging;
using Trabecula.Radiomics;
using Trabecula.Radiomics.Parameters;

namespace Trabecula.Benchmarks;

/// <summary>What one measuring process has to tell.</summary>
/// <param name="Seconds">Median of the warm extractions from paths.</param>
/// <param name="ReadingSeconds">Median of reading image and mask alone.</param>
/// <param name="DecompressingSeconds">Median of decompressing both files alone, 0 for files that are not gzip.</param>
/// <param name="AnotherLabelSeconds">Median of extracting from a case that is loaded already: what one more label of it takes.</param>
/// <param name="PeakMegabytes">Peak of resident memory, of use only after a single extraction.</param>
/// <param name="Features">How many features came out.</param>
internal sealed record ExtractionTimes(
    double Seconds, double ReadingSeconds, double DecompressingSeconds, double AnotherLabelSeconds, double PeakMegabytes, int Features);

/// <summary>Measurements inside one process, which its parent has pinned to one core.</summary>
internal static class Extraction
{
    private const int Measured = 5;
    private const double LongestWarmUpSeconds = 40, CalmSeconds = 3;
    private const int WarmUpRuns = 3;

    /// <summary>Warm extractions from paths, once the runtime has compiled what it will.</summary>
    public static ExtractionTimes Warm(string image, string mask, uint label, string settings)
    {
        ExtractionParameters parameters = ParameterFile.Read(settings);
        int features = WarmUp(() => Extract(parameters, image, mask, label));
        return new(
            MedianSeconds(() => Extract(parameters, image, mask, label)),
            MedianSeconds(() => Read(image, mask)),
            IsGzip(image) && IsGzip(mask) ? MedianSeconds(() => Decompress(image) + Decompress(mask)) : 0,
            AnotherLabel(parameters, image, mask, label),
            PeakMegabytes(),
            features);
    }

    /// <summary>
    /// Repeats work until no method was compiled for some seconds. On one core the runtime compiles hot methods in full only after a second in which no
    /// new one was called, and what is called once a run after thirty runs.
    /// </summary>
    public static T WarmUp<T>(Func<T> work)
    {
        long begin = Stopwatch.GetTimestamp(), lastCompiled = begin, compiled = 0;
        for (int run = 1; ; run++)
        {
            T result = work();
            long now = Stopwatch.GetTimestamp();
            if (JitInfo.GetCompiledMethodCount() != compiled)
                (compiled, lastCompiled) = (JitInfo.GetCompiledMethodCount(), now);
            bool isCalm = run >= WarmUpRuns && Stopwatch.GetElapsedTime(lastCompiled, now).TotalSeconds > CalmSeconds;
            if (isCalm || Stopwatch.GetElapsedTime(begin, now).TotalSeconds > LongestWarmUpSeconds)
                return result;
        }
    }

    /// <summary>One extraction and nothing else, for the memory that it needs.</summary>
    public static ExtractionTimes Once(string image, string mask, uint label, string settings)
    {
        int features = Extract(ParameterFile.Read(settings), image, mask, label);
        return new(0, 0, 0, 0, PeakMegabytes(), features);
    }

    public static string ToText(ExtractionTimes times) => JsonSerializer.Serialize(times);

    public static ExtractionTimes Parse(string text) => JsonSerializer.Deserialize<ExtractionTimes>(text)!;

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static int Extract(ExtractionParameters parameters, string image, string mask, uint label)
    {
        (Volume voxels, Mask labels) = Read(image, mask);
        return new FeatureExtractor(parameters).Extract(voxels, labels, label).Features.Count;
    }

    private static double AnotherLabel(ExtractionParameters parameters, string image, string mask, uint label)
    {
        (Volume voxels, Mask labels) = Read(image, mask);
        LoadedCase loaded = new FeatureExtractor(parameters).Load(voxels, labels);
        loaded.Extract(label);
        return MedianSeconds(() => loaded.Extract(label));
    }

    private static (Volume Image, Mask Mask) Read(string image, string mask) => (VolumeFile.Read(image), new Mask(VolumeFile.Read(mask)));

    private static bool IsGzip(string path) => path.EndsWith(".gz", StringComparison.Ordinal);

    private static long Decompress(string path)
    {
        using GZipStream stream = new(File.OpenRead(path), CompressionMode.Decompress);
        byte[] block = new byte[1 << 20];
        long bytes = 0;
        for (int count; (count = stream.Read(block)) > 0; bytes += count) { }
        return bytes;
    }

    /// <summary>The median of some runs.</summary>
    public static double MedianSeconds<T>(Func<T> work, int runs = Measured)
    {
        double[] seconds = new double[runs];
        for (int run = 0; run < runs; run++)
        {
            long begin = Stopwatch.GetTimestamp();
            work();
            seconds[run] = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        }
        return Median(seconds);
    }

    /// <summary>The peak of this process' resident memory so far.</summary>
    public static double PeakMegabytes()
    {
        string line = File.ReadLines("/proc/self/status").First(status => status.StartsWith("VmHWM:", StringComparison.Ordinal));
        return double.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }
}
