using System.Globalization;
using Trabecula.Workbench.Demos;

namespace Trabecula.Cli;

/// <summary>The demonstration's progress on stderr: one line that changes in a terminal, a line for each tenth elsewhere.</summary>
internal sealed class DemoProgressLines : IProgress<DemoProgress>
{
    private readonly Lock _lock = new();
    private string _stage = "";
    private int _shown;

    /// <inheritdoc/>
    public void Report(DemoProgress value)
    {
        lock (_lock)
        {
            if (value.Stage != _stage)
                (_stage, _shown) = (value.Stage, 0);
            // Reports of parallel cases can overtake each other; that of a stage's begin cannot.
            if (value.Done > 0 && (value.Done <= _shown || (Console.IsErrorRedirected && value.Done * 10 / value.Total == _shown * 10 / value.Total)))
                return;
            _shown = value.Done;
            string text = string.Create(CultureInfo.InvariantCulture, $"{value.Stage}: {value.Done}/{value.Total}");
            if (Console.IsErrorRedirected || value.Done == value.Total)
                Console.Error.WriteLine(Console.IsErrorRedirected ? text : "\r" + text);
            else
                Console.Error.Write("\r" + text);
        }
    }
}
