using System.Globalization;
using System.Numerics;
using System.Text;
using Trabecula.Imaging;
using Trabecula.Imaging.Measuring;
using Trabecula.Workbench.Extraction;
using Trabecula.Workbench.Reports;

namespace Trabecula.Workbench.Measuring;

/// <summary>
/// The middle plane of a body, cut along its own axes (front to the left): the mask's outline, the three heights and the endplates on one side, core
/// and gas on the other. Nothing of the patient but the voxels is in it.
/// </summary>
internal static class MeasurementPicture
{
    private const double HalfMm = 45, PixelMm = 0.5;
    private const int Side = (int)(2 * HalfMm / PixelMm), Scale = 4;

    internal static string Render(Volume image, MeasuredBody body, double gasBelowHu, double coreMm)
    {
        BodyMeasurement m = body.Measurement;
        var pixels = new byte[Side * Side];
        bool[] mask = new bool[pixels.Length], core = new bool[pixels.Length], gas = new bool[pixels.Length];
        for (int i = 0; i < pixels.Length; i++)
        {
            Vector3D index = image.Geometry.PointToIndex(m.Frame.Point(0, Along(i % Side), -Along(i / Side)));
            if (Nearest(image.Geometry.Size, index) is not { } voxel)
                continue;
            double hu = image.Accept(new Voxel(voxel));
            pixels[i] = BoneWindow.Grey(hu);
            (mask[i], core[i]) = (body.Body.Inside[voxel], m.Core.Inside[voxel]);
            gas[i] = mask[i] && hu < gasBelowHu;
        }
        string png = Convert.ToBase64String(GrayscalePng.Encode(pixels, Side, Side));
        var svg = new StringBuilder();
        double size = 2 * HalfMm * Scale;
        svg.Append(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {2 * size + 10} {size + 98}" width="{2 * size + 10}" height="{size + 98}" font-family="sans-serif" font-size="13">
            <title>Measurements of {Html.Text(body.Region.Title())}</title>
            <rect width="100%" height="100%" fill="white"/>

            """);
        foreach (int panel in (int[])[0, 1])
        {
            svg.Append(CultureInfo.InvariantCulture, $"<g transform=\"translate({panel * (size + 10)} 0)\"><image href=\"data:image/png;base64,{png}\" width=\"{size}\" height=\"{size}\"/>\n");
            svg.Append(CultureInfo.InvariantCulture, $"<g transform=\"scale({Scale * PixelMm})\" stroke-width=\"0.7\" fill=\"none\"><path stroke=\"#ffd24d\" d=\"{PixelOutline.Of(mask, Side, Side)}\"/>");
            if (panel == 1)
                svg.Append(CultureInfo.InvariantCulture, $"<path stroke=\"#4dc3ff\" d=\"{PixelOutline.Of(core, Side, Side)}\"/><path stroke=\"#ff4d4d\" d=\"{PixelOutline.Of(gas, Side, Side)}\"/>");
            svg.Append("</g>\n");
            if (panel == 0)
                Lines(svg, m);
            svg.Append("</g>\n");
        }
        Captions(svg, body, size, gasBelowHu, coreMm);
        return svg.Append("</svg>\n").ToString();
    }

    private static void Lines(StringBuilder svg, BodyMeasurement m)
    {
        double[] heights = [m.AnteriorMm, m.MiddleMm, m.PosteriorMm];
        double centre = (m.FrontMm + m.RearMm) / 2, upper = Slope(m.Frame.UpperDegrees - Tilt(m.Frame)), lower = Slope(m.Frame.LowerDegrees - Tilt(m.Frame));
        for (int i = 0; i < heights.Length; i++)
        {
            double y = m.FrontMm + BodyMeasurement.DepthShares[i] * (m.RearMm - m.FrontMm);
            Line(svg, y, m.LevelsMm[i] - heights[i] / 2, y, m.LevelsMm[i] + heights[i] / 2, "#6dff6d");
        }
        double half = 0.6 * (m.RearMm - m.FrontMm), top = m.LevelsMm[1] + m.MiddleMm / 2, bottom = m.LevelsMm[1] - m.MiddleMm / 2;
        Line(svg, centre - half, top - half * upper, centre + half, top + half * upper, "#ff8cf0");
        Line(svg, centre - half, bottom - half * lower, centre + half, bottom + half * lower, "#ff8cf0");

        static double Slope(double degrees) => Math.Tan(degrees * Math.PI / 180);
        static double Tilt(BodyFrame frame) => Math.Atan2(-frame.Up.Y, frame.Up.Z) * 180 / Math.PI;
    }

    private static void Line(StringBuilder svg, double y0, double z0, double y1, double z1, string colour) => svg.Append(CultureInfo.InvariantCulture,
        $"<line x1=\"{(y0 + HalfMm) * Scale:0.#}\" y1=\"{(HalfMm - z0) * Scale:0.#}\" x2=\"{(y1 + HalfMm) * Scale:0.#}\" y2=\"{(HalfMm - z1) * Scale:0.#}\" stroke=\"{colour}\" stroke-width=\"2\"/>\n");

    private static void Captions(StringBuilder svg, MeasuredBody body, double size, double gasBelowHu, double coreMm)
    {
        BodyMeasurement m = body.Measurement;
        string cobb = double.IsNaN(body.SegmentalCobbDegrees) ? "needs labelled neighbours" : string.Create(CultureInfo.InvariantCulture, $"{body.SegmentalCobbDegrees:0.0}°");
        string[] lines =
        [
            string.Create(CultureInfo.InvariantCulture, $"{Html.Text(body.Region.Title())}, middle plane, front to the left"),
            string.Create(CultureInfo.InvariantCulture, $"Heights (green): {m.AnteriorMm:0.0}, {m.MiddleMm:0.0}, {m.PosteriorMm:0.0} mm"),
            string.Create(CultureInfo.InvariantCulture, $"Endplates (pink): wedge {m.WedgeDegrees:0.0}°"),
            $"Segmental Cobb angle: {cobb}",
        ];
        for (int i = 0; i < lines.Length; i++)
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"6\" y=\"{size + 20 + 20 * i}\">{lines[i]}</text>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{size + 16}\" y=\"{size + 20}\">Core (blue), {coreMm} mm within the mask: {(double.IsNaN(m.CoreHu) ? "empty" : m.CoreHu.ToString("0.0 'HU'", CultureInfo.InvariantCulture))}</text>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{size + 16}\" y=\"{size + 40}\">Gas (red), below {gasBelowHu} HU: {100 * m.GasFraction:0.00} % of the body</text>\n");
        if (body.TouchesBorder)
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{size + 16}\" y=\"{size + 60}\">Touches the border of the image: perhaps cut off</text>\n");
    }

    private static double Along(int pixel) => (pixel + 0.5) * PixelMm - HalfMm;

    private static int? Nearest(VolumeSize size, Vector3D index)
    {
        (double x, double y, double z) = (Math.Round(index.X), Math.Round(index.Y), Math.Round(index.Z));
        return x >= 0 && y >= 0 && z >= 0 && x < size.X && y < size.Y && z < size.Z ? ((int)z * size.Y + (int)y) * size.X + (int)x : null;
    }

    private readonly struct Voxel(int at) : IVolumeOperation<double>
    {
        public double Run<T>(Volume<T> volume) where T : unmanaged, INumber<T> => double.CreateChecked(volume.Voxels[at]);
    }
}
