using System.Globalization;
using System.Xml.Linq;
using Trabecula.Workbench.Cohorts;
using Trabecula.Workbench.Reports;
using Trabecula.Workbench.Studies;
using Xunit;

namespace Trabecula.Workbench.Tests.Reports;

public sealed class FlowFigureTests
{
    private static readonly FlowCount[] Flow =
    [
        new("Screened", 0, 0, 100), new("Age of 50 or more", 10, 2, 88, FlowReason.Inclusion),
        new("Any earlier operation on the same or a neighbouring vertebra, and any infection or tumour of the spine", 5, 0, 83, FlowReason.Exclusion),
        new("Pain not known", 0, 3, 80, FlowReason.Outcome), new("No features by reader1.csv", 0, 0, 80, FlowReason.Features),
    ];

    [Fact]
    public void Render_CriteriaAndUnknown_SaysOfEachKindWhatItsNumberMeans()
    {
        string[] texts = Texts(FlowFigure.Render(Flow, "Analysed (n = 80)", ["Training (n = 56)", "Held out (n = 24)"]));
        Assert.Equal(
            [
                "Screened (n = 100)", "Inclusion criterion not met (n = 12)", "Age of 50 or more: 10, and 2 without a value", "Exclusion criterion met (n = 5)",
                "Any earlier operation on the same or a neighbouring vertebra,", "and any infection or tumour of the spine: 5",
                "Eligible (n = 83)", "Eligible, but not analysed (n = 3)", "Pain not known: 0, and 3 without a value", "No features by reader1.csv: 0",
                "Analysed (n = 80)", "Training (n = 56)", "Held out (n = 24)",
            ], texts);
    }

    [Fact]
    public void Render_TwoParts_StandNextToEachOther()
    {
        XElement[] boxes = [.. XElement.Parse(FlowFigure.Render(Flow, "Analysed", ["Training", "Held out"])).Elements("rect").TakeLast(2)];
        Assert.Equal(boxes[0].Attribute("y")!.Value, boxes[1].Attribute("y")!.Value);
        Assert.True(Number(boxes[0], "x") + Number(boxes[0], "width") < Number(boxes[1], "x"));
    }

    [Fact]
    public void Render_NothingButTheScreened_GoesStraightToTheAnalysed() =>
        Assert.Equal(["Screened (n = 100)", "Analysed (n = 100)"], Texts(FlowFigure.Render(Flow[..1], "Analysed (n = 100)", [])));

    private static string[] Texts(string svg) => [.. XElement.Parse(svg).Elements("text").Select(text => text.Value)];

    private static double Number(XElement element, string name) => double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);
}
