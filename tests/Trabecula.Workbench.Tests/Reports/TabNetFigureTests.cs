using System.Text.RegularExpressions;
using System.Xml.Linq;
using Trabecula.Workbench.Reports;
using Trabecula.Workbench.Reports.Raster;
using Trabecula.Workbench.Studies;
using Xunit;

namespace Trabecula.Workbench.Tests.Reports;

public sealed class TabNetFigureTests
{
    private static readonly MaskSummary s_masks = new(
        ["first & last", "second"], 3, 4, ["a", "b", "c", "d"], [false, false, true, false], [0.75, 0.25],
        [[[1, 1, 0, 0.07], [0, 0, 0.55, 0.55]], [[0, 0, 0, 0], [1, 0.15, 0.3, 0.1]]])
    {
        Explanations = [[0.75, 0.75, 0, 0.04], [0.25, 0.06, 0.5, 0.5], [0, 0.19, 0.5, 0.44]],
    };

    [Theory]
    [InlineData(0, 0.278, 6, 0, 0.3, 0.05, 2)]
    [InlineData(0.3451, 0.82, 6, 0.3, 0.9, 0.1, 1)]
    [InlineData(0, 100, 5, 0, 100, 20, 0)]
    [InlineData(0, 7, 8, 0, 7, 1, 0)]
    [InlineData(0.4, 0.4, 5, 0.2, 0.6, 0.2, 1)]
    [InlineData(0, 0, 5, -0.2, 0.2, 0.2, 1)]
    [InlineData(-3e-4, 1.2e-3, 4, -5e-4, 1.5e-3, 5e-4, 4)]
    public void AxisTicks_AnyValues_AreRoundAndHoldThem(double lowest, double highest, int most, double first, double last, double step, int decimals)
    {
        var axis = AxisTicks.Of(lowest, highest, most);
        Assert.Equal((first, last, step), (Math.Round(axis.Lowest, 12), Math.Round(axis.Highest, 12), Math.Round(axis.Step, 12)));
        Assert.Equal(decimals, axis.Decimals);
        Assert.Equal(last, axis.Values.Last(), 1e-12);
        Assert.InRange(axis.Share(highest), 0, 1);
    }

    [Fact]
    public void Masks_RunsOfNeighbours_AreStrokesOfTheirClass()
    {
        XElement svg = XElement.Parse(MaskFigure.Render(s_masks, "Net"));
        XElement[] panels = [.. svg.Elements().Where(element => element.Attribute("transform")?.Value.Contains("scale", StringComparison.Ordinal) == true)];
        Assert.Equal(2, panels.Length);
        // Light is little: 0.07 in the first of ten classes, 0.55 in the sixth, 1 in the last.
        Assert.Equal(
            [("#fde725", "M3 0.5h1"), ("#35b779", "M3 2.5h1"), ("#1f9e89", "M2 2.5h1"), ("#26828e", "M2 1.5h2"), ("#440154", "M0 0.5h2")],
            panels[0].Elements().Select(path => (path.Attribute("stroke")!.Value, path.Attribute("d")!.Value)));
        // A row of others: what a mask does not give to the columns shown.
        Assert.Equal("M1 2.5h1", panels[1].Elements().Single(path => path.Attribute("stroke")!.Value == "#482878").Attribute("d")!.Value);
        Assert.Contains("Step 1, 75 % of the decisions", svg.Value, StringComparison.Ordinal);
        Assert.Contains("first & last", svg.Value, StringComparison.Ordinal);
        Assert.Contains("3 other columns", svg.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Explanations_AllSteps_AreOnePanelOfSharesWithTheOthersLast()
    {
        XElement svg = XElement.Parse(MaskFigure.Together(s_masks, "Net"));
        XElement panel = svg.Elements().Single(element => element.Attribute("transform")?.Value.Contains("scale", StringComparison.Ordinal) == true);
        Assert.Equal(
            [("#fde725", "M3 0.5h1"), ("#b5de2b", "M1 1.5h1"), ("#35b779", "M1 2.5h1"), ("#26828e", "M0 1.5h1"), ("#482878", "M3 2.5h1"), ("#440154", "M0 0.5h2M2 1.5h2M2 2.5h1")],
            panel.Elements().Select(path => (path.Attribute("stroke")!.Value, path.Attribute("d")!.Value)));
        // A tenth of the scale is a twentieth: the last holds all from 0.45.
        Assert.Equal("Decisions owe most to first & last (0.39), second (0.33)", svg.Element(svg.Name.Namespace + "desc")!.Value);
        Assert.Contains("3 other columns", svg.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Section_OfAnEarlierProgram_HasNoExplanations()
    {
        TabNetSummary model = Model(validates: true);
        Assert.Contains("<title>Explanations of Net</title>", TabNetSection.Render(model, splits: 1), StringComparison.Ordinal);
        string earlier = TabNetSection.Render(model with { Masks = s_masks with { Explanations = [] } }, splits: 1);
        Assert.DoesNotContain("Explanations of", earlier, StringComparison.Ordinal);
        Assert.Equal(3, Regex.Count(earlier, "<figure>"));
    }

    [Fact]
    public void Masks_SubjectWithTheEvent_HasAMarkAboveItsColumnInEachStep()
    {
        XElement svg = XElement.Parse(MaskFigure.Render(s_masks, "Net"));
        string[] marks = [.. svg.Elements().Where(e => e.Attribute("class")?.Value == "mask-event").Select(e => e.Attribute("d")!.Value).Skip(1)];
        Assert.Equal(2, marks.Length);
        // The third of four subjects, in panels of 286 beside labels of 286.
        Assert.Equal(286 + 286 * 2.5 / 4, double.Parse(Regex.Match(marks[0], @"^M([\d.]+) ").Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture), 0.01);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Training_WithAndWithoutRowsForStopping_ShowsWhatThereIs(bool validates)
    {
        XElement svg = XElement.Parse(TrainingFigure.Render(Model(validates)));
        Assert.Equal(validates ? 2 : 1, svg.Elements().Count(e => e.Value == "Epoch"));
        Assert.Equal(validates ? 2 : 0, svg.Elements().Count(e => e.Attribute("class")?.Value == "refit"));
        Assert.Contains("kept: epoch 2, 0.400", svg.Value, StringComparison.Ordinal);
        Assert.Equal(validates, svg.Value.Contains("kept: epoch 2, 0.800", StringComparison.Ordinal));
    }

    [Fact]
    public void Section_AnyModel_NamesItsRulesAndFiles()
    {
        string html = TabNetSection.Render(Model(validates: true), splits: 5);
        Assert.Contains("Pictures are of the first split", html, StringComparison.Ordinal);
        Assert.Contains("all 4 held-out subjects", html, StringComparison.Ordinal);
        Assert.Contains("The 2 columns that these subjects' decisions owe most to", html, StringComparison.Ordinal);
        Assert.Contains("keep 0.700 to 0.900", html, StringComparison.Ordinal);
        Assert.All(Regex.Matches(html, "<svg.*?</svg>", RegexOptions.Singleline), figure => Assert.NotEmpty(XElement.Parse(figure.Value).Element(
            XElement.Parse(figure.Value).Name.Namespace + "desc")!.Value));
    }

    [Fact]
    public void Training_LossAboveTheFrame_ComesInThroughItsUpperEdge()
    {
        // The frame ends at 0.6, which the line passes six sevenths of the way from 1.2 to 0.5.
        TabNetSummary model = Model(validates: false) with
        {
            Curve = [.. ((double[])[1.2, 0.5, 0.3, 0.2, 0.1]).Select(loss => new Trabecula.Learning.Models.TrainingEpoch(loss, 1, 0.02, double.NaN))],
            BestEpoch = 4,
        };
        XElement svg = XElement.Parse(TrainingFigure.Render(model));
        string path = svg.Elements().Single(e => e.Attribute("class")?.Value == "curve model").Attribute("d")!.Value;
        Assert.StartsWith("M132.29 46L145 81L234 151", path, StringComparison.Ordinal);
    }

    [Fact]
    public void Label_LongName_KeepsItsEndsAndTellsTheWhole()
    {
        Assert.Equal("short", FigureLabel.Of("short", 40, 10));
        Assert.Matches("^a[a-z]+…[a-z]+z<title>abcdefghijklmnopqrstuvwxyz</title>$", FigureLabel.Of("abcdefghijklmnopqrstuvwxyz", 80, 10));
    }

    /// <summary>The names that this program gives to features, beside the narrowest and the smallest letters.</summary>
    [Theory]
    [InlineData(278, 10.5)]
    [InlineData(286, 13)]
    [InlineData(350, 12)]
    public void Label_AnyFeature_FitsWithRoomForRoundedWidths(double width, double size)
    {
        foreach (string feature in (string[])["glszm_SmallAreaLowGrayLevelEmphasis", "gldm_SmallDependenceLowGrayLevelEmphasis", "glszm_GrayLevelNonUniformityNormalized", "firstorder_RobustMeanAbsoluteDeviation"])
        {
            string name = $"and without wavelet-HHH_{feature}", label = Regex.Replace(FigureLabel.Of(name, width, size), "<title>.*", "");
            Assert.InRange(TrueTypeFont.Regular.Width(label) * size, 0.8 * width, width / 1.05);
        }
    }

    private static TabNetSummary Model(bool validates)
    {
        double Auroc(double value) => validates ? value : double.NaN;
        return new TabNetSummary(
            "Net", [new(0.7, 1, 0.02, Auroc(0.5)), new(0.4, 1, 0.02, Auroc(0.8)), new(0.3, 1, 0.02, Auroc(0.6))], 1,
            [new([Auroc(0.6), Auroc(0.7)], 1), new([Auroc(0.9), Auroc(0.4)], 0)],
            [new("first & last", 0.6, [0.5, 0.7]), new("second", 0.4, [0.5, 0.3])], s_masks);
    }
}
