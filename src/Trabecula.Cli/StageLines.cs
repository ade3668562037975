using System.Globalization;
using Trabecula.Workbench.Demos;
using Trabecula.Workbench.Studies;

namespace Trabecula.Cli;

/// <summary>Progress by stages on stderr: one line that changes in a terminal, a line for each tenth elsewhere.</summary>
internal sealed class StageLines : IProgress<DemoProgress>, IProgress<StudyProgress>
{
    private readonly Lock _lock = new();
    private string _stage = "";
    private int _shown;

    /// <inheritdoc/>
    public void Report(DemoProgress value) => Report(value.Stage, value.Done, value.Total);

    /// <inheritdoc/>
    public void Report(StudyProgress value) => Report(value.Stage, value.Done, value.Total);

    private void Report(string stage, int done, int total)
    {
        lock (_lock)
        {
            if (stage != _stage)
                (_stage, _shown) = (stage, 0);
            // Reports of parallel cases can overtake each other; that of a stage's begin cannot.
            if (done > 0 && (done <= _shown || (Console.IsErrorRedirected && done * 10 / total == _shown * 10 / total)))
                return;
            _shown = done;
            string text = string.Create(CultureInfo.InvariantCulture, $"{stage}: {done}/{total}");
            if (Console.IsErrorRedirected || done == total)
                Console.Error.WriteLine(Console.IsErrorRedirected ? text : "\r" + text);
            else
                Console.Error.Write("\r" + text);
        }
    }
}
