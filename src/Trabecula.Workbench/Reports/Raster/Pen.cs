namespace Trabecula.Workbench.Reports.Raster;

/// <summary>Draws along a line: gives the outlines of what the pen covers, all turning the same way.</summary>
/// <param name="Width">The pen's width, above 0.</param>
/// <param name="Dashes">Lengths of dashes and gaps in turn; empty for a whole line.</param>
internal sealed record Pen(double Width, IReadOnlyList<double> Dashes)
{
    /// <summary>The outlines of a stroke with round joins and blunt ends.</summary>
    internal List<List<Spot>> Stroke(Polyline line)
    {
        var outlines = new List<List<Spot>>();
        foreach (Polyline piece in Dashes.Count == 0 || Dashes.Sum() <= 0 ? [line] : Dashed(line))
        {
            int segments = piece.Spots.Count - (piece.Closed ? 0 : 1);
            for (int i = 0; i < segments; i++)
            {
                Spot from = piece.Spots[i], to = piece.Spots[(i + 1) % piece.Spots.Count];
                Segment(outlines, from, to);
                if ((piece.Closed || i > 0) && Turns(piece.Spots[(i - 1 + piece.Spots.Count) % piece.Spots.Count], from, to))
                    outlines.Add(Curves.Circle(from, Width / 2, 16));
            }
        }
        return outlines;
    }

    // Where a line goes on almost straight, the gap cannot be seen, but the edge of a disc could.
    private static bool Turns(Spot before, Spot at, Spot after)
    {
        double ax = at.X - before.X, ay = at.Y - before.Y, bx = after.X - at.X, by = after.Y - at.Y;
        double along = ax * bx + ay * by, across = Math.Abs(ax * by - ay * bx);
        return along <= 0 || across > 0.15 * along;
    }

    private void Segment(List<List<Spot>> outlines, Spot from, Spot to)
    {
        double dx = to.X - from.X, dy = to.Y - from.Y, length = Math.Sqrt(dx * dx + dy * dy);
        if (length == 0)
            return;
        // In the order in which Curves.Circle turns.
        double nx = -dy / length * Width / 2, ny = dx / length * Width / 2;
        outlines.Add([new(from.X - nx, from.Y - ny), new(to.X - nx, to.Y - ny), new(to.X + nx, to.Y + ny), new(from.X + nx, from.Y + ny)]);
    }

    private IEnumerable<Polyline> Dashed(Polyline line)
    {
        List<Spot> spots = line.Closed ? [.. line.Spots, line.Spots[0]] : line.Spots;
        int dash = 0;
        double left = Dashes[0];
        List<Spot> piece = [spots[0]];
        for (int i = 1; i < spots.Count; i++)
        {
            Spot from = spots[i - 1], to = spots[i];
            double length = Math.Sqrt((to.X - from.X) * (to.X - from.X) + (to.Y - from.Y) * (to.Y - from.Y)), gone = 0;
            while (length - gone > left)
            {
                gone += left;
                var spot = new Spot(from.X + (to.X - from.X) * gone / length, from.Y + (to.Y - from.Y) * gone / length);
                if (dash % 2 == 0)
                    yield return new Polyline([.. piece, spot], false);
                piece = [spot];
                left = Dashes[++dash % Dashes.Count];
            }
            left -= length - gone;
            piece.Add(to);
        }
        if (dash % 2 == 0 && piece.Count > 1)
            yield return new Polyline(piece, false);
    }
}
