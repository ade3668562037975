namespace Trabecula.Imaging.Segmentation;

/// <summary>
/// A closed surface around a centre: along each of many rays, the multiple of a template's radius. The multiples are those of the steepest fall
/// of density outwards, taken together, that differ between neighbouring rays by no more than a bound: the optimum over all such surfaces
/// (Li et al., IEEE Trans. Pattern Anal. Mach. Intell. 28 (2006) 119). Where bone goes on, as into the pedicles, the neighbours decide.
/// </summary>
internal sealed class RadialSurface
{
    private const int Rows = 20, Columns = 40, Steps = 48;

    private readonly BodyTemplate _template;
    private readonly double[] _multiples;

    private RadialSurface(BodyTemplate template, double[] multiples) => (_template, _multiples) = (template, multiples);

    public static RadialSurface Find(DensityField image, BodyTemplate template, (double Least, double Most) multiples, int mostStep, CancellationToken cancellationToken)
    {
        double step = (multiples.Most - multiples.Least) / (Steps - 1);
        var costs = new double[Rows * Columns * Steps];
        for (int ray = 0; ray < Rows * Columns; ray++)
        {
            Vector3D own = Direction(ray / Columns, ray % Columns);
            double radius = 1 / template.Norm(own);
            Vector3D lps = template.Turned(own);
            for (int k = 0; k < Steps; k++)
                costs[ray * Steps + k] = -image.FallAlong(template.CentreMm, lps, radius * (multiples.Least + k * step));
        }
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
        bool[] chosen = closure.Solve(cancellationToken);
        var found = new double[Rows * Columns];
        for (int ray = 0; ray < found.Length; ray++)
        {
            int k = 0;
            while (k + 1 < Steps && chosen[ray * Steps + k + 1])
                k++;
            found[ray] = multiples.Least + k * step;
        }
        return new RadialSurface(template, found);

        void Bind(int ray, int other)
        {
            for (int k = mostStep + 1; k < Steps; k++)
            {
                closure.Require(ray * Steps + k, other * Steps + k - mostStep);
                closure.Require(other * Steps + k, ray * Steps + k - mostStep);
            }
        }
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

    private static Vector3D Direction(int row, int column)
    {
        (double sine, double cosine) = Math.SinCos((row + 0.5) * Math.PI / Rows);
        (double y, double x) = Math.SinCos(column * 2 * Math.PI / Columns);
        return new(sine * x, sine * y, cosine);
    }
}
