using System.Globalization;
using Trabecula.Benchmarks;
using Trabecula.Benchmarks.Studies;
using Trabecula.Benchmarks.TabNets;

// "warm", "once", "stages" and "maps" are this program's own child processes; "all" is what bench/run.sh calls.
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
        Console.WriteLine(MapMeasurement.Warm(shared).ToString("R", CultureInfo.InvariantCulture));
        return 0;
    case ["all", var shared, var trabecula, var yardstick, var core, var report, .. var names]:
        MeasureAll(new(shared, trabecula, yardstick, int.Parse(core, CultureInfo.InvariantCulture)), report, names);
        return 0;
    case ["study", var shared, var conformance, var performance]:
        return StudyReport.Write(shared, conformance, performance);
    case ["tabnet", var shared, var conformance, var performance, .. var full]:
        return TabNetReport.Write(shared, conformance, performance, full is ["--full"] ? ReferenceStudy.PhaseLength : TabNetReport.Some);
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
        File.WriteAllText(reportPath, new PerformanceReport(references).Write(laboratory, cases, cohorts));
    }
    finally
    {
        Directory.Delete(scratch, recursive: true);
    }
}
