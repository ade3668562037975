using System.Diagnostics;
using System.Globalization;
using System.Text;
using Trabecula.Benchmarks.Studies;
using Trabecula.Imaging;
using Trabecula.Workbench.Extraction;

namespace Trabecula.Benchmarks.Dicom;

/// <summary>Measures how fast DICOM is read: one slice in every transfer syntax, and a series of 300 slices to its first feature.</summary>
internal static class DicomReport
{
    private const int Slices = 300;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(0.7);

    /// <summary>Measures and writes.</summary>
    /// <param name="shared">The folder of reference values and data.</param>
    /// <param name="performance">The document whose block <c>dicom</c> is replaced.</param>
    internal static void Write(string shared, string performance)
    {
        string syntaxes = Path.Combine(shared, "data/dicom-syntaxes"), plain = Path.Combine(syntaxes, "CTImage.dcm_LittleEndianExplicitTransferSyntax_1.2.840.10008.1.2.1.dcm");
        var text = new StringBuilder("\n");
        text.Append(FirstFeature(plain));
        text.Append("\n| encoding | ms a slice | MB/s of samples |\n|---|---|---|\n");
        foreach (string path in Directory.EnumerateFiles(syntaxes, "CTImage.dcm_*.dcm").Order(StringComparer.Ordinal))
        {
            string name = Path.GetFileNameWithoutExtension(path)["CTImage.dcm_".Length..];
            if (name.EndsWith(".53", StringComparison.Ordinal) || name.EndsWith(".55", StringComparison.Ordinal))
                continue;
            (double seconds, long voxels) = Best(path);
            text.Append(CultureInfo.InvariantCulture, $"| {name.Replace("TransferSyntax_", ", ", StringComparison.Ordinal)} | {1000 * seconds:F1} | {2 * voxels / seconds / 1e6:F0} |\n");
        }
        StudyReport.Replace(performance, "dicom", text.Append('\n').ToString());
    }

    /// <summary>The best of all readings in some time, from the file to the volume.</summary>
    private static (double Seconds, long Voxels) Best(string path)
    {
        double best = double.PositiveInfinity;
        long voxels = 0;
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < s_patience;)
        {
            long start = Stopwatch.GetTimestamp();
            voxels = VolumeFile.Read(path).Geometry.Size.Count;
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        return (best, voxels);
    }

    private static string FirstFeature(string slice)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("trabecula-bench-");
        try
        {
            string series = Path.Combine(folder.FullName, "ct"), mask = Path.Combine(folder.FullName, "mask.nrrd"), settings = Path.Combine(folder.FullName, "p.yaml");
            Directory.CreateDirectory(series);
            byte[] bytes = File.ReadAllBytes(slice);
            for (int i = 0; i < Slices; i++)
                File.WriteAllBytes(Path.Combine(series, FormattableString.Invariant($"{i:000}.dcm")), Moved(bytes, 3 * i));
            File.WriteAllText(settings, "imageType:\n  Original: {}\nfeatureClass:\n  firstorder: [Mean]\n");
            long start = Stopwatch.GetTimestamp();
            Volume volume = VolumeFile.Read(series);
            double reading = Stopwatch.GetElapsedTime(start).TotalSeconds;
            VolumeSize size = volume.Geometry.Size;
            var labels = new byte[size.Count];
            for (int z = size.Z / 2 - 10; z < size.Z / 2 + 10; z++)
            {
                for (int y = size.Y / 2 - 20; y < size.Y / 2 + 20; y++)
                    labels.AsSpan((z * size.Y + y) * size.X + size.X / 2 - 20, 40).Fill(1);
            }
            VolumeFile.Write(mask, Volume.Create(volume.Geometry, labels));
            start = Stopwatch.GetTimestamp();
            ExtractionReport report = new FeatureExtraction(new ExtractionRequest
            {
                Input = new ExtractionInput.Pair(series, mask),
                ParameterFile = settings,
                Output = Path.Combine(folder.FullName, "f.csv"),
                Jobs = 1,
            }).Run();
            double whole = Stopwatch.GetElapsedTime(start).TotalSeconds;
            if (report.Failures.Count > 0)
                throw new InvalidOperationException(report.Failures[0].Reason);
            double megabytes = (double)Slices * bytes.Length / 1e6, peak = Extraction.Parse(Laboratory.RunFreely("once", series, mask, "1", settings)).PeakMegabytes * 1.048576;
            double voxels = (volume.VoxelType == VoxelType.Int32 ? 4 : 2) * size.Count / 1e6;
            return string.Create(CultureInfo.InvariantCulture, $"A series of {Slices} uncompressed slices of {size.X} x {size.Y} ({megabytes:F0} MB) is a volume after {reading:F2} s ({megabytes / reading:F0} MB/s), " +
                $"and its first feature, mask read and written to a file, is there after {whole:F2} s.\nSuch an extraction in a process of its own takes {peak:F0} MB at its peak: the volume {voxels:F0} MB ({volume.VoxelType}, which its rescaled values need), the mask {size.Count / 1e6:F0} MB, " +
                $"and the rest is the program; slices are read one by one, straight into the volume.\n");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The slice at another height: the text of Image Position (0020,0032) is replaced by one of the same length.</summary>
    private static byte[] Moved(byte[] slice, int height)
    {
        byte[] moved = [.. slice];
        int at = moved.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x20, 0x00, 0x32, 0x00, (byte)'D', (byte)'S']) + 8, length = BitConverter.ToUInt16(moved, at - 2);
        Encoding.ASCII.GetBytes(FormattableString.Invariant($"0\\0\\{height}").PadRight(length)).CopyTo(moved, at);
        return moved;
    }
}
