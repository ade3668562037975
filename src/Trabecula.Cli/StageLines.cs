using System.Globalization;
using Trabecula.Workbench.Demos;
using Trabecula.Workbench.Studies;

namespace Trabecula.Cli;

/// <summary>
/// Progress by stages: one line that changes in a terminal. Elsewhere, as in a log, a line when a stage ends, and within it only after ten seconds of
/// silence. How long a stage still takes is told once it can be guessed from what is done.
/// </summary>
internal sealed class StageLines : IProgress<DemoProgress>, IProgress<StudyProgress>
{
    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(10), s_untold = TimeSpan.FromSeconds(1), s_unguessed = TimeSpan.FromSeconds(3);

    private readonly Lock _lock = new();
    private readonly TextWriter _writer;
    private readonly bool _terminal;
    private readonly TimeProvider _time;
    private string _stage = "";
    private int _done, _width;
    private long _begin;
    private long? _told;

    public StageLines() : this(Console.Error, !Console.IsErrorRedirected, TimeProvider.System)
    {
    }

    internal StageLines(TextWriter writer, bool terminal, TimeProvider time) => (_writer, _terminal, _time) = (writer, terminal, time);

    /// <inheritdoc/>
    public void Report(DemoProgress value) => Report(value.Stage, value.Done, value.Total);

    /// <inheritdoc/>
    public void Report(StudyProgress value) => Report(value.Stage, value.Done, value.Total);

    private void Report(string stage, int done, int total)
    {
        lock (_lock)
        {
            if (total == 0)
            {
                Write(stage, ended: true);
                return;
            }
            if (stage != _stage)
                (_stage, _done, _begin) = (stage, 0, _time.GetTimestamp());
            // Reports of parallel cases can overtake each other; that of a stage's begin cannot.
            else if (done > 0 && done <= _done)
                return;
            _done = done;
            TimeSpan elapsed = _time.GetElapsedTime(_begin);
            bool ended = done == total;
            if (_terminal || (ended && (total > 1 || elapsed >= s_untold)) || _told is not { } told || _time.GetElapsedTime(told) >= s_silence)
                Write(string.Create(CultureInfo.InvariantCulture, $"{stage}: {done}/{total}{Time(elapsed, done, total)}"), ended);
        }
    }

    private void Write(string text, bool ended)
    {
        _told = _time.GetTimestamp();
        if (!_terminal)
        {
            _writer.WriteLine(text);
            return;
        }
        // Blanks cover what a longer text leaves behind.
        _writer.Write("\r" + text.PadRight(_width));
        _width = ended ? 0 : text.Length;
        if (ended)
            _writer.WriteLine();
    }

    private static string Time(TimeSpan elapsed, int done, int total) =>
        done == total ? elapsed >= s_untold ? $", {Text(elapsed)}" : ""
        : done > 0 && elapsed >= s_unguessed ? $", about {Text(elapsed * ((double)(total - done) / done))} left"
        : "";

    private static string Text(TimeSpan time) => time switch
    {
        { TotalSeconds: < 100 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, Math.Round(time.TotalSeconds))} s"),
        { TotalMinutes: < 100 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Round(time.TotalMinutes)} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Round(time.TotalHours)} h"),
    };
}
