using System.Globalization;
using System.Xml.Linq;
using Trabecula.Workbench.Reports;
using Trabecula.Workbench.Studies;
using Xunit;

namespace Trabecula.Workbench.Tests.Reports;

public sealed class PrecisionRecallFigureTests
{
    [Theory]
    [InlineData(0.45, false)]
    [InlineData(0.02, true)]
    public void Captioned_GoodOrPoorModels_HaveTheirLegendWhereTheirCurvesAreNot(double weight, bool isOnTheRight)
    {
        bool[] outcomes = [.. Enumerable.Range(0, 200).Select(i => i % 8 == 0)];
        double[] risks = [.. outcomes.Select((outcome, i) => weight * (outcome ? 1 : 0) + (1 - weight) * (i * 7919 % 211 / 211.0))];
        string figure = PrecisionRecallFigure.Captioned([.. Enumerable.Range(1, 4).Select(i => new ModelRisks($"Model {i}", risks))], outcomes);
        XElement legend = XDocument.Parse(figure).Descendants("rect").Single();
        Assert.Equal(isOnTheRight, double.Parse(legend.Attribute("x")!.Value, CultureInfo.InvariantCulture) > UnitSquare.X(0.4));
    }
}
