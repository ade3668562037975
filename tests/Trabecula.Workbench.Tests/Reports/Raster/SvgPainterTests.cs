using System.Xml.Linq;
using Trabecula.Workbench.Reports;
using Trabecula.Workbench.Reports.Raster;
using Xunit;

namespace Trabecula.Workbench.Tests.Reports.Raster;

public sealed class SvgPainterTests
{
    /// <summary>As the masks are drawn: a cell is one unit each way, and seen narrow and high.</summary>
    [Theory]
    [InlineData("", 10)]
    [InlineData(" vector-effect=\"non-scaling-stroke\"", 1)]
    public void Paint_StrokeScaledMoreAcrossThanAlong_IsAsHighAsInABrowser(string effect, int height)
    {
        XElement figure = XElement.Parse($"<svg viewBox=\"0 0 20 30\"><g transform=\"scale(2 10)\" fill=\"none\"><path{effect} stroke=\"#000\" d=\"M1 1.5h4\"/></g></svg>");
        Canvas page = SvgPainter.Paint(figure, new StyleSheet(ReportPage.Style), 1);
        int inked = 0;
        for (int row = 0; row < page.Height; row++)
            inked += 255 - page.Pixels[3 * (row * page.Width + 5)];
        // Both edges of a row that is covered in part are rounded to one of 255 shades.
        Assert.InRange(inked, height * 255 - 1, height * 255 + 1);
    }
}
