using System.Globalization;

namespace Trabecula.Workbench.Reports;

/// <summary>A slice with the outline of its mask, as inline SVG.</summary>
internal static class SliceFigure
{
    internal static string Render(SlicePicture slice, string title, string description)
    {
        string png = Convert.ToBase64String(GrayscalePng.Encode(slice.Pixels, slice.Width, slice.Height));
        // As wide as the other figures of a pair, whatever the slice's millimetres.
        double scale = 400 / (slice.Width * slice.PixelWidthMm), across = scale * slice.PixelWidthMm, down = scale * slice.PixelHeightMm, width = slice.Width * across, height = slice.Height * down;
        return string.Create(CultureInfo.InvariantCulture, $"""
            <svg class="slice" role="img" viewBox="0 0 {width:0.##} {height:0.##}">
            <title>{Html.Text(title)}</title><desc>{Html.Text(description)}</desc>
            <image href="data:image/png;base64,{png}" width="{width:0.##}" height="{height:0.##}" preserveAspectRatio="none"/>
            <path class="outline" transform="scale({across:0.####} {down:0.####})" d="{slice.Outline}"/>
            </svg>
            """);
    }
}
