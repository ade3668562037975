namespace Trabecula.Imaging.Segmenting;

/// <summary>How a surface is looked for around a template.</summary>
/// <param name="Least">The smallest multiple of the template's radius.</param>
/// <param name="Most">The largest.</param>
/// <param name="Stiffness">What a millimetre off the template costs, squared, in Hounsfield units of fall.</param>
internal sealed record SurfaceSearch(double Least, double Most, double Stiffness);

/// <summary>
/// A closed surface around a centre: along each of many rays, the multiple of a template's radius. The multiples are those of the steepest fall
/// of density outwards, taken together, that stay near the template and differ between neighbouring rays by no more than a bound: the optimum over
/// all such surfaces (Li et al., IEEE Trans. Pattern Anal. Mach. Intell. 28 (2006) 119). Where bone goes on, as into the pedicles, template and
/// neighbours decide.
/// </summary>
internal sealed class RadialSurface
{
    private const int Rows = 20, Columns = 40, Steps = 48, MostStep = 3;

    private readonly BodyTemplate _template;
    private readonly double[] _multiples;

    private RadialSurface(BodyTemplate template, double[] multiples) => (_template, _multiples) = (template, multiples);

    /// <summary>The best surface around a template.</summary>
    public static RadialSurface Find(DensityField image, BodyTemplate template, SurfaceSearch search, CancellationToken cancellationToken)
    {
        double step = (search.Most - search.Least) / (Steps - 1);
        var costs = new double[Rows * Columns * Steps];
        for (int ray = 0; ray < Rows * Columns; ray++)
        {
            Vector3D own = Direction(ray);
            double radius = 1 / template.Norm(own), share = Share(ray);
            Vector3D lps = template.Turned(own);
            for (int k = 0; k < Steps; k++)
            {
                double multiple = search.Least + k * step, off = (multiple - 1) * radius;
                costs[ray * Steps + k] = share * (search.Stiffness * off * off - (image.FallAlong(template.CentreMm, lps, radius * multiple) ?? 0));
            }
        }
        bool[] chosen = Closure(costs).Solve(cancellationToken);
        var found = new double[Rows * Columns];
        for (int ray = 0; ray < found.Length; ray++)
        {
            int k = 0;
            while (k + 1 < Steps && chosen[ray * Steps + k + 1])
                k++;
            found[ray] = search.Least + k * step;
        }
        return new RadialSurface(template, found);
    }

    /// <summary>Whether an LPS point lies within the surface.</summary>
    public bool Contains(Vector3D point)
    {
        Vector3D centre = _template.CentreMm, own = _template.TurnedBack(new(point.X - centre.X, point.Y - centre.Y, point.Z - centre.Z));
        double length = Math.Sqrt(own.X * own.X + own.Y * own.Y + own.Z * own.Z);
        if (length == 0)
            return true;
        double row = Math.Acos(Math.Clamp(own.Z / length, -1, 1)) / Math.PI * Rows - 0.5, column = Math.Atan2(own.Y, own.X) / (2 * Math.PI) * Columns;
        int r = Math.Clamp((int)Math.Floor(row), 0, Rows - 2), c = (int)Math.Floor(column);
        double down = Math.Clamp(row - r, 0, 1), along = column - c;
        double multiple = (1 - down) * ((1 - along) * At(r, c) + along * At(r, c + 1)) + down * ((1 - along) * At(r + 1, c) + along * At(r + 1, c + 1));
        return _template.Norm(own) <= multiple;

        double At(int i, int j) => _multiples[i * Columns + (j + Columns) % Columns];
    }

    /// <summary>The template of the body that was found: its centre, extents and the normal of its endplates.</summary>
    /// <param name="usualHalfMm">Extents that it stays within half and one and a half times of.</param>
    public BodyTemplate Fit(Vector3D usualHalfMm)
    {
        // Moments of what the surface encloses, which may reach beyond the image.
        (double volume, double x, double y, double z) = (0, 0, 0, 0);
        for (int ray = 0; ray < _multiples.Length; ray++)
        {
            (Vector3D end, double radius) = End(ray);
            double share = Share(ray) * Math.Pow(radius, 3);
            (volume, x, y, z) = (volume + share, x + share * 0.75 * end.X, y + share * 0.75 * end.Y, z + share * 0.75 * end.Z);
        }
        (x, y, z) = (x / volume, y / volume, z / volume);
        Vector3D half = new(Half(0, x), Half(1, y), Half(2, z)), centre = _template.CentreMm, moved = _template.Turned(new(x, y, z));
        (double slopeX, double slopeY) = Slopes();
        Vector3D up = BodyTemplate.Unit(_template.Turned(new(-slopeX, -slopeY, 1)));
        return new(new(centre.X + moved.X, centre.Y + moved.Y, centre.Z + moved.Z), half, up);

        // A uniform body's points deviate from its middle by a known share of its half extent; the square mean does not care for spurs.
        double Half(int axis, double mean)
        {
            double sum = 0;
            for (int ray = 0; ray < _multiples.Length; ray++)
            {
                (Vector3D end, double radius) = End(ray);
                sum += Share(ray) * Math.Pow(radius, 3) * 0.6 * end[axis] * end[axis];
            }
            double share = axis == 2 ? 1 / 3.0 : 0.275;
            return Math.Clamp(Math.Sqrt((sum / volume - mean * mean) / share), 0.5 * usualHalfMm[axis], 1.5 * usualHalfMm[axis]);
        }
    }

    /// <summary>The mean slopes of both endplates, from the ends of the rays that meet them well within the rim.</summary>
    private (double X, double Y) Slopes()
    {
        (double x, double y) = (0, 0);
        foreach (bool upper in (bool[])[true, false])
        {
            Vector3D[] ends = [.. Enumerable.Range(0, _multiples.Length).Select(ray => End(ray).End)
                .Where(end => end.Z > 0 == upper && Math.Abs(end.X) < 0.7 * _template.HalfMm.X && Math.Abs(end.Y) < 0.7 * _template.HalfMm.Y
                    && Math.Abs(end.Z) > 0.5 * _template.HalfMm.Z)];
            x += 0.5 * Slope(ends, 0);
            y += 0.5 * Slope(ends, 1);
        }
        return (x, y);
    }

    private static double Slope(Vector3D[] ends, int axis)
    {
        if (ends.Length < 3)
            return 0;
        double at = ends.Average(end => end[axis]), height = ends.Average(end => end.Z), spread = ends.Sum(end => (end[axis] - at) * (end[axis] - at));
        return spread > 0 ? ends.Sum(end => (end[axis] - at) * (end.Z - height)) / spread : 0;
    }

    private (Vector3D End, double Radius) End(int ray)
    {
        Vector3D own = Direction(ray);
        double radius = _multiples[ray] / _template.Norm(own);
        return (new(radius * own.X, radius * own.Y, radius * own.Z), radius);
    }

    private static MaximumClosure Closure(double[] costs)
    {
        var weights = new double[costs.Length];
        for (int i = 0; i < weights.Length; i++)
            weights[i] = i % Steps == 0 ? -1e9 : costs[i] - costs[i - 1];
        var closure = new MaximumClosure(weights);
        for (int row = 0; row < Rows; row++)
        {
            for (int column = 0; column < Columns; column++)
            {
                int ray = row * Columns + column;
                for (int k = 1; k < Steps; k++)
                    closure.Require(ray * Steps + k, ray * Steps + k - 1);
                Bind(ray, row * Columns + (column + 1) % Columns);
                if (row + 1 < Rows)
                    Bind(ray, ray + Columns);
                // The last ray before a pole meets the one beyond it.
                if (row is 0 or Rows - 1 && column < Columns / 2)
                    Bind(ray, ray + Columns / 2);
            }
        }
        return closure;

        void Bind(int ray, int other)
        {
            for (int k = MostStep + 1; k < Steps; k++)
            {
                closure.Require(ray * Steps + k, other * Steps + k - MostStep);
                closure.Require(other * Steps + k, ray * Steps + k - MostStep);
            }
        }
    }

    /// <summary>The share of all directions that a ray stands for.</summary>
    private static double Share(int ray) => Math.Sin((ray / Columns + 0.5) * Math.PI / Rows) * Math.PI / (2 * Rows * Columns);

    private static Vector3D Direction(int ray)
    {
        (double sine, double cosine) = Math.SinCos((ray / Columns + 0.5) * Math.PI / Rows);
        (double y, double x) = Math.SinCos(ray % Columns * 2 * Math.PI / Columns);
        return new(sine * x, sine * y, cosine);
    }
}
