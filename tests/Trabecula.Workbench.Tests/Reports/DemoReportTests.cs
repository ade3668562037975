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
    private static readonly Seed CohortSeed = new(1);
    private static readonly IReadOnlyList<SyntheticSubject> Subjects = SyntheticCohort.Draw(40, ImagingDemo.CohortSeed(CohortSeed));
    private static readonly Lazy<FeatureTable> AllFeatures = new(() => PhantomTable.Of(Subjects));

    [Fact]
    public void Render_SameSeed_GivesTheSameBytes() => Assert.Equal(DemoReport.Render(Result()), DemoReport.Render(Result()));

    [Fact]
    public void Render_AnyResult_SaysThatTheDataAreSyntheticAndThisIsNoDevice()
    {
        string visible = Regex.Replace(DemoReport.Render(Result()), "<style>.*?</style>|<[^>]*>", " ", RegexOptions.Singleline);
        Assert.Contains("SYNTHETIC DATA", visible, StringComparison.Ordinal);
        Assert.Contains("Research software, not a medical device", visible, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_AnyResult_NeedsNothingFromElsewhere()
    {
        string page = DemoReport.Render(Result());
        Assert.DoesNotMatch("<script|<link|@import|url\\((?!data:)|https?:|src=", page);
        Assert.All(Regex.Matches(page, "href=\"([^\"]{0,30})").Select(m => m.Groups[1].Value), href =>
            Assert.StartsWith("data:image/png;base64,", href, StringComparison.Ordinal));
    }

    [Fact]
    public void Render_AnyResult_DescribesEachFigure()
    {
        string page = DemoReport.Render(Result());
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
        string page = DemoReport.Render(Result(new DemoFailure("S007", "mask <empty>")));
        Assert.Contains("<code>S007</code>: mask &lt;empty&gt;", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Learn_RowsInOtherOrder_GivesTheSameHeldOutSubjectsAndAuroc()
    {
        DemoResult inOrder = Result();
        FeatureTable table = AllFeatures.Value;
        FeatureTable backwards = new(
            table.Columns, [.. table.Subjects.Reverse()], [.. table.Outcomes.Reverse()],
            [.. Enumerable.Range(0, table.RowCount).Reverse().SelectMany(r => table.Row(r).ToArray())]);
        DemoResult reversed = ImagingDemo.Learn(CohortSeed, Subjects, [], backwards, TestContext.Current.CancellationToken);
        Assert.Equal(inOrder.HeldOutSubjects.Select(s => s.Id), reversed.HeldOutSubjects.Select(s => s.Id).Reverse());
        Assert.Equal(inOrder.Auroc.Value, reversed.Auroc.Value, 1e-12);
    }

    private static DemoResult Result(params DemoFailure[] failures)
    {
        FeatureTable extracted = failures.Length == 0 ? AllFeatures.Value : PhantomTable.Of([.. Subjects.Where(s => failures.All(f => f.Subject != s.Id))]);
        return ImagingDemo.Learn(CohortSeed, Subjects, failures, extracted, TestContext.Current.CancellationToken);
    }
}
