using System.Globalization;
using System.Text;
using Trabecula.Workbench.Studies;

namespace Trabecula.Workbench.Reports;

/// <summary>The importances of columns as inline SVG: a bar for the mean over the refits, a mark for each, and one for the study's model.</summary>
internal static class ImportanceFigure
{
    private const double RowHeight = 24, LabelWidth = 360, PlotWidth = 420, Width = 872, Top = 34;

    internal static string Render(IReadOnlyList<ColumnShare> shown, int others, double sumOfOthers)
    {
        AxisTicks axis = AxisTicks.Of(0, shown.Max(column => column.Refits.Append(column.Final).Max()), 6);
        double height = Top + RowHeight * shown.Count + 46;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"""
            <svg class="figure wide" role="img" viewBox="0 0 {Width} {height}">
            <title>Importances</title><desc>{Html.Text(Describe(shown))}</desc>
            <rect class="raises" x="{LabelWidth}" y="6" width="22" height="11" fill-opacity=".45"/><text class="tick" x="{LabelWidth + 28}" y="16">mean of {shown[0].Refits.Count} refits</text>
            {Refit(LabelWidth + 152, 11.5)}<text class="tick" x="{LabelWidth + 160}" y="16">one refit</text>
            {Study(LabelWidth + 240, 11.5)}<text class="tick" x="{LabelWidth + 250}" y="16">the study's model</text>

            """);
        foreach (double tick in axis.Values)
        {
            svg.Append(CultureInfo.InvariantCulture, $"""
                <path class="grid" d="M{X(tick):0.##} {Top}v{RowHeight * shown.Count}"/><text class="tick" x="{X(tick):0.##}" y="{Top + RowHeight * shown.Count + 17}" text-anchor="middle">{Html.Number(tick, axis.Decimals)}</text>

                """);
        }
        foreach ((int i, ColumnShare column) in shown.Index())
        {
            double middle = Top + RowHeight * (i + 0.5);
            svg.Append(CultureInfo.InvariantCulture, $"""
                <text class="feature" x="{LabelWidth - 10}" y="{middle + 4:0.##}" text-anchor="end">{FigureLabel.Of(column.Column, LabelWidth - 10, 12)}</text>
                <rect class="raises" x="{LabelWidth}" y="{middle - 8:0.##}" width="{X(column.Mean) - LabelWidth:0.##}" height="16" fill-opacity=".45"/>
                {string.Concat(column.Refits.Select(share => Refit(X(share), middle)))}{Study(X(column.Final), middle)}

                """);
        }
        string rest = others == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" · {others} more columns together {sumOfOthers:0.00}");
        svg.Append(CultureInfo.InvariantCulture, $"""
            <text class="axis" x="{LabelWidth}" y="{height - 6}">Share of the decisions on training rows{rest}</text>
            </svg>
            """);
        return svg.ToString();

        double X(double share) => LabelWidth + PlotWidth * axis.Share(share);
    }

    private static string Refit(double x, double y) => string.Create(CultureInfo.InvariantCulture, $"<circle class=\"no-event\" cx=\"{x:0.##}\" cy=\"{y:0.##}\" r=\"3.2\"/>");

    private static string Study(double x, double y) =>
        string.Create(CultureInfo.InvariantCulture, $"<path class=\"event\" d=\"M{x:0.##} {y - 6:0.##}l5.5 6l-5.5 6l-5.5 -6z\"/>");

    private static string Describe(IReadOnlyList<ColumnShare> shown) => string.Join("; ", shown.Select(column => string.Create(
        CultureInfo.InvariantCulture, $"{column.Column}: mean {column.Mean:0.000}, from {column.Refits.Min():0.000} to {column.Refits.Max():0.000}, the study's model {column.Final:0.000}")));
}
