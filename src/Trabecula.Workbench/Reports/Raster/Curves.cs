namespace Trabecula.Workbench.Reports.Raster;

/// <summary>A place in the plane.</summary>
internal readonly record struct Spot(double X, double Y)
{
    internal static Spot Middle(Spot a, Spot b) => new((a.X + b.X) / 2, (a.Y + b.Y) / 2);
}

/// <summary>Curves as short straight pieces.</summary>
internal static class Curves
{
    private const int Pieces = 8;

    /// <summary>A closed contour of a TrueType glyph: between two points off the curve lies one on it.</summary>
    internal static List<Spot> OfQuadraticRing((Spot Point, bool On)[] ring)
    {
        int n = ring.Length, first = Array.FindIndex(ring, point => point.On);
        Spot start = first >= 0 ? ring[first].Point : Spot.Middle(ring[0].Point, ring[^1].Point);
        List<Spot> line = [start];
        Spot last = start;
        for (int i = 1; i <= n; i++)
        {
            (Spot point, bool on) = ring[(Math.Max(first, 0) + i - (first < 0 ? 1 : 0)) % n];
            if (on)
            {
                line.Add(last = point);
                continue;
            }
            (Spot next, bool nextOn) = i == n ? (start, true) : ring[(Math.Max(first, 0) + i + 1 - (first < 0 ? 1 : 0)) % n];
            Spot end = nextOn ? next : Spot.Middle(point, next);
            Quadratic(line, last, point, end);
            last = end;
        }
        return line;
    }

    /// <summary>Adds the pieces of a quadratic Bézier curve after its start.</summary>
    internal static void Quadratic(List<Spot> line, Spot start, Spot control, Spot end)
    {
        for (int i = 1; i <= Pieces; i++)
        {
            double t = (double)i / Pieces, s = 1 - t;
            line.Add(new Spot(s * s * start.X + 2 * s * t * control.X + t * t * end.X, s * s * start.Y + 2 * s * t * control.Y + t * t * end.Y));
        }
    }

    /// <summary>Adds the pieces of a cubic Bézier curve after its start.</summary>
    internal static void Cubic(List<Spot> line, Spot start, Spot first, Spot second, Spot end)
    {
        for (int i = 1; i <= 2 * Pieces; i++)
        {
            double t = (double)i / (2 * Pieces), s = 1 - t, a = s * s * s, b = 3 * s * s * t, c = 3 * s * t * t, d = t * t * t;
            line.Add(new Spot(a * start.X + b * first.X + c * second.X + d * end.X, a * start.Y + b * first.Y + c * second.Y + d * end.Y));
        }
    }

    /// <summary>A circle as a regular polygon.</summary>
    internal static List<Spot> Circle(Spot centre, double radius, int corners = 32) =>
        [.. Enumerable.Range(0, corners).Select(i => new Spot(centre.X + radius * Math.Cos(2 * Math.PI * i / corners), centre.Y + radius * Math.Sin(2 * Math.PI * i / corners)))];
}
