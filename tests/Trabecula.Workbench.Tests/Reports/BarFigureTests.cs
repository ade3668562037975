using Trabecula.Workbench.Reports.Interpretation;
using Xunit;

namespace Trabecula.Workbench.Tests.Reports;

public sealed class BarFigureTests
{
    [Fact]
    public void Render_BarThatCannotBeEstimated_NamesItAndDrawsNone()
    {
        string picture = BarFigure.Render([new Bar("age", 0.12, 0.01), new Bar("site", double.NaN, double.NaN)], "Drop", "Importance");
        Assert.Contains("<desc>age 0.120; site –</desc>", picture, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", picture, StringComparison.Ordinal);
        Assert.Equal(1, picture.Split("<rect class=\"raises\"").Length - 1);
    }
}
