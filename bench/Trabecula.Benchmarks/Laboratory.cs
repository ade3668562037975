using System.Diagnostics;
using System.Globalization;

namespace Trabecula.Benchmarks;

/// <summary>Where things lie and how programs are run: on one core, which the yardstick is run on as well.</summary>
/// <param name="Shared">The folder with images, reference values and reference times.</param>
/// <param name="Trabecula">The command line tool as it is shipped.</param>
/// <param name="YardstickProgram">The compiled yardstick.</param>
/// <param name="Core">The core that single-threaded work is pinned to.</param>
internal sealed record Laboratory(string Shared, string Trabecula, string YardstickProgram, int Core)
{
    private readonly List<double> _yardsticks = [];

    /// <summary>Every yardstick of this session, in seconds.</summary>
    public IReadOnlyList<double> Yardsticks => _yardsticks;

    public string SettingsFile(string settings) => PathOf($"golden/pyradiomics/settings/{settings}.yaml");

    public string PathOf(string path) => Path.Combine(Shared, path);

    /// <summary>The yardstick's median time in seconds.</summary>
    public double RunYardstick()
    {
        string output = Run(OnOneCore, YardstickProgram).Output;
        double seconds = double.Parse(output.Split(' ')[0], CultureInfo.InvariantCulture);
        _yardsticks.Add(seconds);
        return seconds;
    }

    /// <summary>Runs this program again for one measurement in a process of its own; gives what it prints.</summary>
    public string RunAlone(params string[] arguments) => Run(OnOneCore, [Environment.ProcessPath!, .. arguments]).Output;

    /// <summary>The same on all cores.</summary>
    public static string RunFreely(params string[] arguments) => Run([], [Environment.ProcessPath!, .. arguments]).Output;

    /// <summary>Runs the command line tool; gives the wall time of the process in seconds.</summary>
    public double TimeTrabecula(bool onOneCore, params string[] arguments) =>
        Run(onOneCore ? OnOneCore : [], [Trabecula, .. arguments]).Seconds;

    private string[] OnOneCore => ["taskset", "-c", Core.ToString(CultureInfo.InvariantCulture)];

    private static (double Seconds, string Output) Run(string[] prefix, params string[] command)
    {
        string[] all = [.. prefix, .. command];
        ProcessStartInfo start = new(all[0], all[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        long begin = Stopwatch.GetTimestamp();
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        double seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{string.Join(' ', all)} ended with {process.ExitCode}: {errors.Result}{output}");
        return (seconds, output);
    }
}
