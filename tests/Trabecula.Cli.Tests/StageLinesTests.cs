using Trabecula.Workbench.Studies;
using Xunit;

namespace Trabecula.Cli.Tests;

public sealed class StageLinesTests
{
    [Fact]
    public void Report_WithoutATerminal_TellsTheBeginEverySilenceAndTheEnd()
    {
        var clock = new Clock();
        string text = Told(false, clock, progress =>
        {
            for (int done = 0; done <= 100; done++)
            {
                progress.Report(new StudyProgress("Searching", done, 100));
                clock.Seconds += 0.25;
            }
        });
        Assert.Equal("Searching: 0/100\nSearching: 40/100, about 15 s left\nSearching: 80/100, about 5 s left\nSearching: 100/100, 25 s\n", text);
    }

    [Fact]
    public void Report_ShortStagesWithoutATerminal_AreToldAtTheirEndUnlessTheyAreOneQuickStep() => Assert.Equal("Reading: 0/1\nPainting: 3/3\n", Told(false, new Clock(), progress =>
    {
        foreach ((string stage, int total) in ((string, int)[])[("Reading", 1), ("Painting", 3), ("Writing", 1)])
        {
            for (int done = 0; done <= total; done++)
                progress.Report(new StudyProgress(stage, done, total));
        }
    }));

    [Fact]
    public void Report_OvertakenByAnother_IsNotTold() => Assert.Equal("Cases: 2/3\nCases: 3/3\n", Told(false, new Clock(), progress =>
    {
        foreach (int done in (int[])[2, 1, 3])
            progress.Report(new StudyProgress("Cases", done, 3));
    }));

    [Fact]
    public void Report_ARemark_IsALineOfItsOwn() => Assert.Equal("505 fits\n", Told(false, new Clock(), progress => progress.Report(new StudyProgress("505 fits", 0, 0))));

    [Fact]
    public void Report_InATerminal_CoversTheLongerTextBefore()
    {
        var clock = new Clock();
        string text = Told(true, clock, progress =>
        {
            progress.Report(new StudyProgress("Searching", 0, 2));
            clock.Seconds += 300;
            progress.Report(new StudyProgress("Searching", 1, 2));
            progress.Report(new StudyProgress("Fit", 1, 1));
        });
        Assert.Equal("\rSearching: 0/2\rSearching: 1/2, about 5 min left\rFit: 1/1                        \n", text);
    }

    private static string Told(bool terminal, Clock clock, Action<StageLines> work)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        work(new StageLines(writer, terminal, clock));
        return writer.ToString();
    }

    private sealed class Clock : TimeProvider
    {
        internal double Seconds { get; set; }

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => (long)(1000 * Seconds);
    }
}
