namespace Trabecula.Workbench.Studies;

/// <summary>Measures stages: time on the clock and processor time of the whole process. Stages of one name are added up.</summary>
internal sealed class StageClock(TimeProvider time)
{
    private readonly List<StageTime> _stages = [];

    internal IReadOnlyList<StageTime> Stages => _stages;

    internal T Measure<T>(string name, Func<T> work)
    {
        long start = time.GetTimestamp();
        TimeSpan cpu = Environment.CpuUsage.TotalTime;
        T result = work();
        var stage = new StageTime(name, time.GetElapsedTime(start).TotalSeconds, (Environment.CpuUsage.TotalTime - cpu).TotalSeconds);
        int at = _stages.FindIndex(s => s.Name == name);
        if (at < 0)
            _stages.Add(stage);
        else
            _stages[at] = new StageTime(name, _stages[at].WallSeconds + stage.WallSeconds, _stages[at].CpuSeconds + stage.CpuSeconds);
        return result;
    }
}
