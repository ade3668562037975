namespace Trabecula.Benchmarks;

/// <summary>A cohort of equal cases with one job on one core and with two jobs on two, in yardsticks a case.</summary>
internal sealed record CohortMeasurement(int Cases, double OneJob, double TwoJobs)
{
    private const int Copies = 20;
    private const int Runs = 3;

    public static CohortMeasurement Of(Laboratory laboratory, string settings, string scratch)
    {
        BenchmarkCase vertebra = BenchmarkCase.All[0];
        string image = laboratory.PathOf(vertebra.Image), mask = laboratory.PathOf(vertebra.Mask);
        string table = Path.Combine(scratch, "cohort.csv");
        File.WriteAllLines(table, ["ID,Image,Mask", .. Enumerable.Range(1, Copies).Select(copy => $"{copy},{Link(image, copy)},{Link(mask, copy)}")]);

        double before = laboratory.RunYardstick();
        double one = MedianSeconds(laboratory, jobs: 1, table, settings, scratch);
        double two = MedianSeconds(laboratory, jobs: 2, table, settings, scratch);
        double yardstick = (before + laboratory.RunYardstick()) / 2;
        return new(Copies, one / Copies / yardstick, two / Copies / yardstick);

        // Rows of the same files are read once and worked on by one job: each copy needs names of its own.
        string Link(string file, int copy)
        {
            string link = Path.Combine(scratch, FormattableString.Invariant($"{copy}_{Path.GetFileName(file)}"));
            File.Delete(link);
            File.CreateSymbolicLink(link, Path.GetFullPath(file));
            return link;
        }
    }

    // A fresh result file each time: an extraction that finds results of an earlier run would continue it.
    private static double MedianSeconds(Laboratory laboratory, int jobs, string table, string settings, string scratch) =>
        Extraction.Median(Enumerable.Range(0, Runs).Select(run => laboratory.TimeTrabecula(
            onOneCore: jobs == 1,
            "extract", table, "--param", laboratory.SettingsFile(settings), "--jobs", FormattableString.Invariant($"{jobs}"),
            "--out", Path.Combine(scratch, $"cohort-{settings}-{jobs}-{run}.csv"))));
}
