using System.Text.RegularExpressions;
using System.Xml.Linq;
using Trabecula.Learning;
using Trabecula.Workbench.Demos;
using Trabecula.Workbench.Reports;
using Trabecula.Workbench.Synthesis;
using Trabecula.Workbench.Tests.Demos;
using Xunit;

namespace Trabecula.Workbench.Tests.Reports;

public sealed class DemoReportTests
{
    [Fact]
    public void Render_SameSeed_GivesTheSameBytes() => Assert.Equal(DemoReport.Render(Result(1)), DemoReport.Render(Result(1)));

    [Fact]
    public void Render_AnyResult_SaysThatTheDataAreSyntheticAndThisIsNoDevice()
    {
        string visible = Regex.Replace(DemoReport.Render(Result(1)), "<style>.*?</style>|<[^>]*>", " ", RegexOptions.Singleline);
        Assert.Contains("SYNTHETIC DATA", visible, StringComparison.Ordinal);
        Assert.Contains("Research software, not a medical device", visible, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_AnyResult_NeedsNothingFromElsewhere()
    {
        string page = DemoReport.Render(Result(1));
        Assert.DoesNotMatch("<script|<link|@import|url\\(|https?:|src=", page);
        Assert.All(Regex.Matches(page, "href=\"([^\"]{0,30})").Select(m => m.Groups[1].Value), href =>
            Assert.StartsWith("data:image/png;base64,", href, StringComparison.Ordinal));
    }

    [Fact]
    public void Render_AnyResult_DescribesEachFigure()
    {
        string page = DemoReport.Render(Result(1));
        XElement[] figures = [.. Regex.Matches(page, "<svg.*?</svg>", RegexOptions.Singleline).Select(m => XElement.Parse(m.Value))];
        Assert.Equal(7, figures.Length);
        Assert.All(figures, figure =>
        {
            Assert.Equal("img", figure.Attribute("role")!.Value);
            Assert.NotEmpty(figure.Element("title")!.Value);
            Assert.NotEmpty(figure.Element("desc")!.Value);
        });
    }

    [Fact]
    public void Render_FailedSubject_IsNamedWithItsReason()
    {
        string page = DemoReport.Render(Result(1, new DemoFailure("S007", "mask <empty>")));
        Assert.Contains("<code>S007</code>: mask &lt;empty&gt;", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Learn_RowsInOtherOrder_GivesTheSameHeldOutSubjectsAndAuroc()
    {
        IReadOnlyList<SyntheticSubject> subjects = SyntheticCohort.Draw(60, Demo.CohortSeed(new Seed(5)));
        DemoResult inOrder = Demo.Learn(new Seed(5), subjects, [], PhantomTable.Of(subjects), TestContext.Current.CancellationToken);
        DemoResult reversed = Demo.Learn(new Seed(5), subjects, [], PhantomTable.Of([.. subjects.Reverse()]), TestContext.Current.CancellationToken);
        Assert.Equal(inOrder.HeldOutSubjects.Select(s => s.Id), reversed.HeldOutSubjects.Select(s => s.Id).Reverse());
        Assert.Equal(inOrder.Auroc.Value, reversed.Auroc.Value, 1e-12);
    }

    private static DemoResult Result(ulong seed, params DemoFailure[] failures)
    {
        IReadOnlyList<SyntheticSubject> subjects = SyntheticCohort.Draw(60, Demo.CohortSeed(new Seed(seed)));
        IReadOnlyList<SyntheticSubject> extracted = [.. subjects.Where(s => failures.All(f => f.Subject != s.Id))];
        return Demo.Learn(new Seed(seed), subjects, failures, PhantomTable.Of(extracted), TestContext.Current.CancellationToken);
    }
}
