using System.Globalization;

namespace Trabecula.Cli;

/// <summary>Names on stderr what is being done, once work has taken two seconds, and every two seconds from then on.</summary>
internal sealed class SlowStages : IProgress<string>, IDisposable
{
    private const int PeriodSeconds = 2;

    private readonly Timer _timer;
    private volatile string _stage = "begin";
    private int _seconds;

    public SlowStages() => _timer = new Timer(_ => Say(), null, TimeSpan.FromSeconds(PeriodSeconds), TimeSpan.FromSeconds(PeriodSeconds));

    /// <inheritdoc/>
    public void Report(string value) => _stage = value;

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void Say()
    {
        int seconds = Interlocked.Add(ref _seconds, PeriodSeconds);
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_stage} ... {seconds} s"));
    }
}
