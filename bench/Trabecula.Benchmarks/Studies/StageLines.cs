using Trabecula.Workbench.Studies;

namespace Trabecula.Benchmarks.Studies;

/// <summary>A line on stderr when a stage begins.</summary>
internal sealed class StageLines(string study) : IProgress<StudyProgress>
{
    private readonly Lock _lock = new();
    private string _stage = "";

    public void Report(StudyProgress value)
    {
        lock (_lock)
        {
            if (value.Stage == _stage)
                return;
            _stage = value.Stage;
            Console.Error.WriteLine($"{study}: {value.Stage} ...");
        }
    }
}
