using System.Globalization;
using Trabecula.Benchmarks;
using Trabecula.Benchmarks.Dicom;
using Trabecula.Benchmarks.Studies;
using Trabecula.Benchmarks.TabNets;

// "all", "study", "tabnet" and "tabnet-fits" are what the scripts call; the others are this program's own child processes.
switch (args)
{
    case ["warm", var image, var mask, var label, var settings]:
        Console.WriteLine(Extraction.ToText(Extraction.Warm(image, mask, Label(label), settings)));
        return 0;
    case ["once", var image, var mask, var label, var settings]:
        Console.WriteLine(Extraction.ToText(Extraction.Once(image, mask, Label(label), settings)));
        return 0;
    case ["stages", var image, var mask, var label, var settings]:
        Console.WriteLine(StageMeasurement.ToText(StageMeasurement.Measure(image, mask, Label(label), settings)));
        return 0;
    case ["maps", var shared]:
        Console.WriteLine(Extraction.ToText(MapMeasurement.RunWarm(shared)));
        return 0;
    case ["maps-once", var shared]:
        Console.WriteLine(Extraction.ToText(MapMeasurement.RunOnce(shared)));
        return 0;
    case ["region", var voxels, var settings]:
        Console.WriteLine(Extraction.ToText(RegionMeasurement.RunWarm(int.Parse(voxels, CultureInfo.InvariantCulture), settings)));
        return 0;
    case ["region-once", var voxels, var settings]:
        Console.WriteLine(Extraction.ToText(RegionMeasurement.RunOnce(int.Parse(voxels, CultureInfo.InvariantCulture), settings)));
        return 0;
    case ["all", var shared, var trabecula, var yardstick, var core, var report, .. var names]:
        MeasureAll(new(shared, trabecula, yardstick, int.Parse(core, CultureInfo.InvariantCulture)), report, names);
        return 0;
    case ["study", var shared, var conformance, var performance]:
        return StudyReport.Write(shared, conformance, performance);
    case ["tabnet", var shared, var conformance, var performance, .. var full]:
        return TabNetReport.Write(shared, conformance, performance, full is ["--full"] ? ReferenceStudy.PhaseLength : TabNetReport.Some);
    case ["dicom", var shared, var performance]:
        DicomReport.Write(shared, performance);
        return 0;
    case ["tabnet-fits", var shared, var performance, .. var python]:
        TabNetFits.Write(shared, python, performance);
        return 0;
    default:
        Console.Error.WriteLine("Run bench/run.sh, which calls this program.");
        return 2;
}

static uint Label(string text) => uint.Parse(text, CultureInfo.InvariantCulture);

static void MeasureAll(Laboratory laboratory, string reportPath, string[] names)
{
    ReferenceTimes references = new(laboratory.PathOf("golden/pyradiomics/times.json"), laboratory.PathOf("bench/peers.md"));
    string scratch = Directory.CreateTempSubdirectory("trabecula-bench-").FullName;
    try
    {
        List<CaseMeasurement> cases = [];
        foreach (BenchmarkCase benchmark in BenchmarkCase.All.Where(benchmark => names.Length == 0 || names.Contains(benchmark.Name)))
        {
            foreach (string settings in BenchmarkCase.Settings)
            {
                Console.Error.WriteLine($"{benchmark.Name}, {settings} ...");
                cases.Add(CaseMeasurement.Of(laboratory, benchmark, settings, scratch));
            }
        }
        List<(string, CohortMeasurement)> cohorts = [];
        foreach (string settings in BenchmarkCase.Settings)
        {
            Console.Error.WriteLine($"cohort, {settings} ...");
            cohorts.Add((settings, CohortMeasurement.Of(laboratory, settings, scratch)));
        }
        List<RegionMeasurement> regions = [];
        foreach ((string settings, int voxels) in BenchmarkCase.Settings.SelectMany(settings => RegionMeasurement.Sizes.Select(voxels => (settings, voxels))))
        {
            Console.Error.WriteLine($"region of {voxels} voxels, {settings} ...");
            regions.Add(RegionMeasurement.Of(laboratory, voxels, settings));
        }
        Console.Error.WriteLine("maps ...");
        MapMeasurement maps = MapMeasurement.Of(laboratory);
        PerformanceReport.Replace(reportPath, new PerformanceReport(references).Write(laboratory, cases, cohorts, regions, maps));
    }
    finally
    {
        Directory.Delete(scratch, recursive: true);
    }
}
