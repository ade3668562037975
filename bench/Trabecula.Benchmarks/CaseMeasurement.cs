namespace Trabecula.Benchmarks;

/// <summary>A case under one parameter file, in yardsticks that were measured just before and just after.</summary>
/// <param name="Case">The case.</param>
/// <param name="Settings">Name of the parameter file.</param>
/// <param name="Warm">Median of warm extractions from paths in one process.</param>
/// <param name="AllCores">The same on all cores.</param>
/// <param name="AnotherLabel">Median of extracting one more label of a case that is loaded already.</param>
/// <param name="Cold">Median wall time of <c>trabecula extract</c>.</param>
/// <param name="Reading">Median of reading image and mask alone.</param>
/// <param name="Decompressing">Median of decompressing both files alone.</param>
/// <param name="Megabytes">Peak of resident memory of a process that does one extraction.</param>
/// <param name="Features">How many features came out.</param>
/// <param name="Stages">Where the time of a warm extraction goes.</param>
internal sealed record CaseMeasurement(
    BenchmarkCase Case, string Settings, double Warm, double AllCores, double AnotherLabel, double Cold, double Reading, double Decompressing, double Megabytes, int Features,
    IReadOnlyDictionary<string, double> Stages)
{
    private const int ColdRuns = 5;

    public static CaseMeasurement Of(Laboratory laboratory, BenchmarkCase benchmark, string settings, string scratch)
    {
        string image = laboratory.PathOf(benchmark.Image), mask = laboratory.PathOf(benchmark.Mask);
        string label = FormattableString.Invariant($"{benchmark.Label}");
        string parameters = laboratory.SettingsFile(settings);

        double before = laboratory.RunYardstick();
        ExtractionTimes warm = Extraction.Parse(laboratory.RunAlone("warm", image, mask, label, parameters));
        ExtractionTimes allCores = Extraction.Parse(Laboratory.RunFreely("warm", image, mask, label, parameters));
        ExtractionTimes once = Extraction.Parse(laboratory.RunAlone("once", image, mask, label, parameters));
        Dictionary<string, double> stages = StageMeasurement.Parse(laboratory.RunAlone("stages", image, mask, label, parameters));
        double[] cold = new double[ColdRuns];
        for (int run = 0; run < ColdRuns; run++)
        {
            cold[run] = laboratory.TimeTrabecula(
                onOneCore: true,
                "extract", image, mask, "--label", label, "--param", parameters, "--out", Path.Combine(scratch, $"{benchmark.Name}-{settings}-{run}.csv"));
        }
        double yardstick = (before + laboratory.RunYardstick()) / 2;

        return new(
            benchmark, settings, warm.Seconds / yardstick, allCores.Seconds / yardstick, warm.AnotherLabelSeconds / yardstick, Extraction.Median(cold) / yardstick, warm.ReadingSeconds / yardstick,
            warm.DecompressingSeconds / yardstick, once.PeakMegabytes, warm.Features,
            stages.ToDictionary(stage => stage.Key, stage => stage.Value / yardstick));
    }
}
