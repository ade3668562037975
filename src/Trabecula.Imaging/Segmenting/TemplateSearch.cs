namespace Trabecula.Imaging.Segmenting;

/// <summary>
/// The rigid template of a body whose surface meets the steepest falls of density, among many near the seed: a seed need not lie in the middle, and
/// a scan may cut the body off.
/// </summary>
internal static class TemplateSearch
{
    private const int Rows = 10, Columns = 20;

    // A millimetre off the seed, squared, costs so many Hounsfield units of the mean fall.
    private const double Distance = 0.1;

    // Falls are looked for in a wide range, for the template is only near to the body.
    private const double ReachMm = 3;

    // The wall to fat or gas falls many times as much as an endplate to its disc, and must not outweigh it.
    private const double LargestFall = 60;

    // Directions that end beyond the image speak neither for nor against a template; counted not at all, they would draw it out of the image.
    private const double Unseen = 0.3;

    private static readonly double[] s_tilts = [-0.6, -0.45, -0.3, -0.15, 0, 0.15, 0.3, 0.45, 0.6];
    private static readonly double[] s_across = [-5, 0, 5], s_depths = [-8, -4, 0, 4, 8], s_heights = [-10, -7.5, -5, -2.5, 0, 2.5, 5, 7.5, 10];
    private static readonly double[] s_scales = [0.8, 1, 1.2];

    private static readonly (Vector3D Own, double Share)[] s_rays = [.. Enumerable.Range(0, Rows * Columns).Select(ray =>
    {
        (double sine, double cosine) = Math.SinCos((ray / Columns + 0.5) * Math.PI / Rows);
        (double y, double x) = Math.SinCos(ray % Columns * 2 * Math.PI / Columns);
        return (new Vector3D(sine * x, sine * y, cosine), sine);
    })];

    private static readonly double s_shares = s_rays.Sum(ray => ray.Share);

    /// <summary>The best template.</summary>
    /// <param name="field">The image.</param>
    /// <param name="seedMm">LPS point near the middle of the body.</param>
    /// <param name="usualHalfMm">Half of the usual width, depth and height.</param>
    /// <param name="cancellationToken">Checked for each tilt and place.</param>
    public static BodyTemplate Around(DensityField field, Vector3D seedMm, Vector3D usualHalfMm, CancellationToken cancellationToken)
    {
        (Vector3D Half, double[] Radii)[] sizes = [.. from plane in s_scales from tall in s_scales
                                                      let half = new Vector3D(plane * usualHalfMm.X, plane * usualHalfMm.Y, tall * usualHalfMm.Z)
                                                      let template = BodyTemplate.Tilted(seedMm, half, 0)
                                                      select (half, Array.ConvertAll(s_rays, ray => 1 / template.Norm(ray.Own)))];
        (double Cost, BodyTemplate Template) best = (double.PositiveInfinity, BodyTemplate.Tilted(seedMm, usualHalfMm, 0));
        foreach (double tilt in s_tilts)
        {
            BodyTemplate tilted = BodyTemplate.Tilted(seedMm, usualHalfMm, tilt);
            Vector3D[] directions = Array.ConvertAll(s_rays, ray => tilted.Turned(ray.Own));
            foreach (Vector3D offset in from height in s_heights from depth in s_depths from across in s_across select new Vector3D(across, depth, height))
            {
                cancellationToken.ThrowIfCancellationRequested();
                Vector3D moved = tilted.Turned(offset), centre = new(seedMm.X + moved.X, seedMm.Y + moved.Y, seedMm.Z + moved.Z);
                double off = Distance * (offset.X * offset.X + offset.Y * offset.Y + offset.Z * offset.Z);
                foreach ((Vector3D half, double[] radii) in sizes)
                {
                    double cost = off - MeanFall(field, centre, directions, radii);
                    if (cost < best.Cost)
                        best = (cost, tilted with { CentreMm = centre, HalfMm = half });
                }
            }
        }
        return best.Template;
    }

    /// <summary>The mean fall over all directions, of which those that end beyond the image count little.</summary>
    private static double MeanFall(DensityField field, Vector3D centre, Vector3D[] directions, double[] radii)
    {
        (double sum, double seen) = (0, 0);
        for (int ray = 0; ray < radii.Length; ray++)
        {
            if (field.FallAlong(centre, directions[ray], radii[ray], ReachMm) is not { } fall)
                continue;
            sum += s_rays[ray].Share * Math.Clamp(fall, -LargestFall, LargestFall);
            seen += s_rays[ray].Share;
        }
        return sum / (seen + Unseen * (s_shares - seen));
    }
}
