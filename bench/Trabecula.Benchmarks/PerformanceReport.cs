using System.Globalization;
using System.Text;

namespace Trabecula.Benchmarks;

/// <summary>Writes <c>docs/performance.md</c>: yardsticks and ratios, never a time without what it is compared with.</summary>
internal sealed class PerformanceReport(ReferenceTimes references)
{
    /// <summary>How many times faster than PyRadiomics a case ought to be.</summary>
    private const int Goal = 20;

    private static readonly string[] Peers = ["pictologics", "flash-radiomics"];

    private readonly StringBuilder _text = new();

    /// <summary>Where the document goes on with what other scripts measure.</summary>
    private const string Rest = "\n## The study\n";

    /// <summary>Writes the report in front of what other scripts have written into the document.</summary>
    public static void Replace(string path, string report)
    {
        string old = File.Exists(path) ? File.ReadAllText(path) : "";
        int rest = old.IndexOf(Rest, StringComparison.Ordinal);
        File.WriteAllText(path, report + (rest < 0 ? "" : old[rest..]));
    }

    public string Write(
        Laboratory laboratory, IReadOnlyList<CaseMeasurement> cases, IReadOnlyList<(string Settings, CohortMeasurement Times)> cohorts,
        IReadOnlyList<RegionMeasurement> regions, MapMeasurement maps)
    {
        Line("# Performance");
        Line("");
        Line("Written by `bench/run.sh`, from `## The study` on by `bench/study.sh` and `bench/tabnet.sh`; do not edit the tables.");
        Line("");
        Line(Invariant($"Machine: {Machine()}. One *yardstick* is the time of a fixed single-threaded C program with work like feature extraction, run on the same core before, between and after the measurements ({laboratory.Yardsticks.Count} times; slowest to fastest {laboratory.Yardsticks.Max() / laboratory.Yardsticks.Min():F2}). The other tools were measured in yardsticks of their own machine. \"×\" is how many times longer the other tool takes."));
        Line("");
        Line("`paper` is the parameter file of Ge et al. 2025 (1,223 features), `default` the original image with all default classes (107 features).");
        Warm(cases);
        Means(cases);
        BelowGoal(cases);
        Stages(cases);
        Cold(cases);
        Memory(cases);
        Cohorts(cohorts);
        Cores(cases);
        Regions(regions);
        Maps(maps);
        Reading(cases);
        return _text.ToString();
    }

    private void Warm(IReadOnlyList<CaseMeasurement> cases)
    {
        Section("Warm extraction", "From paths to features in a running process on one core: median of five after warm-up, in yardsticks.");
        Header("case", "settings", "features", "Trabecula", "PyRadiomics", "×", "pictologics¹", "×", "flash-radiomics²", "×");
        foreach (CaseMeasurement measured in cases)
        {
            double? reference = references.PyRadiomicsWarm(measured.Case.Name, measured.Settings);
            Row([
                measured.Case.Name, measured.Settings, Invariant($"{measured.Features}"), Yardsticks(measured.Warm),
                .. Compared(reference, measured.Warm), .. ComparedWithPeers(measured, peer => peer.Warm, measured.Warm)]);
        }
        Line("");
        Line("¹ pictologics 0.9.0: nearest workload, values not equivalent. ² flash-radiomics 1.0.0: its `paper` values of filtered images are wrong.");
    }

    private void Means(IReadOnlyList<CaseMeasurement> cases)
    {
        foreach (string settings in BenchmarkCase.Settings)
        {
            double[] ratios =
            [
                .. from measured in cases
                   where measured.Settings == settings && references.PyRadiomicsWarm(measured.Case.Name, settings) is not null
                   select references.PyRadiomicsWarm(measured.Case.Name, settings)!.Value / measured.Warm,
            ];
            if (ratios.Length > 0)
                Line(Invariant($"\nGeometric mean of the {ratios.Length} cases with `{settings}`: {Math.Exp(ratios.Average(Math.Log)):F1} times PyRadiomics on one core."));
        }
    }

    private void BelowGoal(IReadOnlyList<CaseMeasurement> cases)
    {
        CaseMeasurement[] below =
        [
            .. cases.Where(measured => measured.Case.Name != "clinic"
                && references.PyRadiomicsWarm(measured.Case.Name, measured.Settings) < Goal * measured.Warm),
        ];
        Section($"Cases below {Goal} times", below.Length == 0
            ? $"None: every case but `clinic` is at least {Goal} times faster than PyRadiomics on one core, warm."
            : "Where their time goes, in percent of a warm extraction. gzip and SHA-1 come from the platform's own libraries and have no work to leave out: every voxel is read, and PyRadiomics' diagnostics hold the hash of all of them. On a second core the hashes run beside the rest.");
        if (below.Length == 0)
            return;
        Header("case", "settings", "×", "gzip alone", "hashes", "all else");
        foreach (CaseMeasurement measured in below)
        {
            double gzip = 100 * measured.Decompressing / measured.Warm, hash = 100 * measured.Stages["hash"] / measured.Warm;
            Row([
                measured.Case.Name, measured.Settings, Invariant($"{references.PyRadiomicsWarm(measured.Case.Name, measured.Settings) / measured.Warm:F1}"),
                Invariant($"{gzip:F0}"), Invariant($"{hash:F0}"), Invariant($"{100 - gzip - hash:F0}")]);
        }
    }

    private void Stages(IReadOnlyList<CaseMeasurement> cases)
    {
        Section("Stages", "The same work step by step on one core, hashes included, in thousandths of a yardstick: median of nine.");
        Header(["case", "settings", .. StageMeasurement.Stages, "sum"]);
        foreach (CaseMeasurement measured in cases)
        {
            Row([
                measured.Case.Name, measured.Settings, .. StageMeasurement.Stages.Select(stage => Invariant($"{1000 * measured.Stages[stage]:F0}")),
                Invariant($"{1000 * measured.Stages.Values.Sum():F0}")]);
        }
    }

    private void Cold(IReadOnlyList<CaseMeasurement> cases)
    {
        Section("Cold process", "Wall time of `trabecula extract` on one core, start-up and output included: median of five, in yardsticks.");
        Header("case", "settings", "Trabecula", "PyRadiomics", "×", "pictologics", "×", "flash-radiomics", "×");
        foreach (CaseMeasurement measured in cases)
        {
            double? reference = references.Peer("PyRadiomics", measured.Case.Name, measured.Settings)?.Cold;
            Row([
                measured.Case.Name, measured.Settings, Yardsticks(measured.Cold),
                .. Compared(reference, measured.Cold), .. ComparedWithPeers(measured, peer => peer.Cold, measured.Cold)]);
        }
    }

    private void Memory(IReadOnlyList<CaseMeasurement> cases)
    {
        Section("Peak memory", "Largest resident memory in MB; Trabecula: one extraction in a fresh process, the others: their warm process.");
        Header("case", "settings", "Trabecula", "PyRadiomics", "pictologics", "flash-radiomics");
        foreach (CaseMeasurement measured in cases)
        {
            Row([
                measured.Case.Name, measured.Settings, Invariant($"{measured.Megabytes:F0}"),
                .. Peers.Prepend("PyRadiomics").Select(tool =>
                    references.Peer(tool, measured.Case.Name, measured.Settings) is { } peer ? Invariant($"{peer.Megabytes:F0}") : "–")]);
        }
    }

    private void Cohorts(IReadOnlyList<(string Settings, CohortMeasurement Times)> cohorts)
    {
        Section("Cohort", "Copies of v01_3mm in one call of `trabecula extract`, start-up included: median of three, in yardsticks a case.");
        Header("cases", "settings", "--jobs 1, one core", "--jobs 2, two cores", "gain", "PyRadiomics, warm loop", "× of two jobs");
        foreach ((string settings, CohortMeasurement times) in cohorts)
        {
            Row([
                Invariant($"{times.Cases}"), settings, Yardsticks(times.OneJob), Yardsticks(times.TwoJobs), Invariant($"{times.OneJob / times.TwoJobs:F2}"),
                .. Compared(references.PyRadiomicsWarm("v01_3mm", settings), times.TwoJobs)]);
        }
    }

    private void Cores(IReadOnlyList<CaseMeasurement> cases)
    {
        Section("One more label, one more core", "In yardsticks: a warm extraction from paths; one more label of the same case, which is read, hashed and searched once for all; and the extraction from paths on all cores.");
        Header("case", "settings", "from paths, one core", "one more label", "part", "from paths, all cores", "gain");
        foreach (CaseMeasurement measured in cases)
        {
            Row([
                measured.Case.Name, measured.Settings, Yardsticks(measured.Warm), Yardsticks(measured.AnotherLabel), Invariant($"{100 * measured.AnotherLabel / measured.Warm:F0} %"),
                Yardsticks(measured.AllCores), Invariant($"{measured.Warm / measured.AllCores:F2}")]);
        }
    }

    private void Regions(IReadOnlyList<RegionMeasurement> regions)
    {
        Section("Size of the region", "Balls of noise of 1 mm voxels in memory, warm on one core: yardsticks, and millionths of a yardstick a voxel, which stay the same where time is linear.");
        Header("settings", "voxels", "yardsticks", "millionths a voxel", "peak MB");
        foreach (RegionMeasurement measured in regions)
        {
            Row([
                measured.Settings, measured.Voxels.ToString("N0", CultureInfo.InvariantCulture), Yardsticks(measured.Warm),
                Invariant($"{1e6 * measured.Warm / measured.Voxels:G3}"), Invariant($"{measured.Megabytes:F0}")]);
        }
    }

    private void Maps(MapMeasurement maps)
    {
        const double PyRadiomics = 15.8;
        Section("Feature maps", $"The reference set `voxel/{MapMeasurement.Case}` (20 maps of 6,930 voxels, two images, kernels of 3 x 3 x 3), warm from paths: median of nine, in yardsticks.");
        Header("cores", "Trabecula", "PyRadiomics", "×", "peak MB");
        Row(["one", Yardsticks(maps.OneCore), .. Compared(PyRadiomics, maps.OneCore), Invariant($"{maps.Megabytes:F0}")]);
        Row(["all", Yardsticks(maps.AllCores), .. Compared(PyRadiomics, maps.AllCores), ""]);
    }

    private void Reading(IReadOnlyList<CaseMeasurement> cases)
    {
        Section("Reading", "Image and mask, in yardsticks: what gzip alone takes, and its share of a warm extraction, which cannot become shorter.");
        Header("case", "settings", "reading", "gzip alone", "share of the warm extraction");
        foreach (CaseMeasurement measured in cases.Where(measured => measured.Decompressing > 0))
            Row([measured.Case.Name, measured.Settings, Yardsticks(measured.Reading), Yardsticks(measured.Decompressing),
                Invariant($"{100 * measured.Decompressing / measured.Warm:F0} %")]);
    }

    private string[] ComparedWithPeers(CaseMeasurement measured, Func<PeerTimes, double> part, double own) =>
        [.. Peers.SelectMany(tool => Compared(references.Peer(tool, measured.Case.Name, measured.Settings) is { } peer ? part(peer) : null, own))];

    private static string[] Compared(double? other, double own) =>
        other is { } yardsticks ? [Yardsticks(yardsticks), Invariant($"{yardsticks / own:F1}")] : ["–", "–"];

    private static string Yardsticks(double value) => Invariant($"{value:G3}");

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    private static string Machine()
    {
        string[] processors = [.. File.ReadLines("/proc/cpuinfo").Where(line => line.StartsWith("model name", StringComparison.Ordinal))];
        string model = processors.Length > 0 ? processors[0].Split(':')[1].Trim() : "unknown processor";
        return string.Create(CultureInfo.InvariantCulture, $"{model}, {Environment.ProcessorCount} cores");
    }

    private void Section(string title, string explanation)
    {
        Line("");
        Line($"## {title}");
        Line("");
        Line(explanation);
        Line("");
    }

    private void Header(params string[] cells)
    {
        Row(cells);
        Row([.. cells.Select(_ => "---")]);
    }

    private void Row(string[] cells) => Line($"| {string.Join(" | ", cells)} |");

    private void Line(string text) => _text.Append(text).Append('\n');
}
