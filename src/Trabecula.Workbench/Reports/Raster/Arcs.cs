namespace Trabecula.Workbench.Reports.Raster;

/// <summary>Elliptical arcs as short straight pieces (SVG 1.1, F.6.5 and F.6.6: from ends to centre).</summary>
internal static class Arcs
{
    private const double StepAngle = Math.PI / 16;

    /// <summary>Adds the pieces of an arc after its start.</summary>
    internal static void Add(List<Spot> line, Spot start, double rx, double ry, double turn, bool large, bool clockwise, Spot end)
    {
        (rx, ry) = (Math.Abs(rx), Math.Abs(ry));
        if (rx == 0 || ry == 0 || start == end)
        {
            line.Add(end);
            return;
        }
        (double sin, double cos) = Math.SinCos(turn * Math.PI / 180);
        double dx = (start.X - end.X) / 2, dy = (start.Y - end.Y) / 2, x = cos * dx + sin * dy, y = cos * dy - sin * dx;
        double reach = x * x / (rx * rx) + y * y / (ry * ry);
        // Radii too short to join the ends are made just long enough.
        if (reach > 1)
            (rx, ry, reach) = (rx * Math.Sqrt(reach), ry * Math.Sqrt(reach), 1);
        double factor = Math.Sqrt(Math.Max(0, 1 / reach - 1)) * (large == clockwise ? -1 : 1);
        double cx = factor * rx * y / ry, cy = -factor * ry * x / rx;
        double first = Math.Atan2((y - cy) / ry, (x - cx) / rx), last = Math.Atan2((-y - cy) / ry, (-x - cx) / rx), sweep = last - first;
        if (clockwise && sweep < 0)
            sweep += 2 * Math.PI;
        if (!clockwise && sweep > 0)
            sweep -= 2 * Math.PI;
        double middleX = (start.X + end.X) / 2, middleY = (start.Y + end.Y) / 2;
        int pieces = Math.Max(1, (int)Math.Ceiling(Math.Abs(sweep) / StepAngle));
        for (int i = 1; i < pieces; i++)
        {
            double angle = first + sweep * i / pieces, px = cx + rx * Math.Cos(angle), py = cy + ry * Math.Sin(angle);
            line.Add(new Spot(middleX + cos * px - sin * py, middleY + sin * px + cos * py));
        }
        line.Add(end);
    }
}
