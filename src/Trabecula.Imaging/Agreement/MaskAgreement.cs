namespace Trabecula.Imaging.Agreement;

/// <summary>How far two readers' masks of the same region agree. Distances are in millimetres and follow the grid's spacing.</summary>
/// <remarks>
/// Two empty masks have no overlap to speak of, and a distance needs both: such values are NaN. Overlaps with one empty mask are 0. Volumes count voxels. Sources of the
/// definitions: Taha and Hanbury, BMC Med. Imaging 15 (2015) 29; surface Dice: Nikolov et al., arXiv:1809.04430.
/// </remarks>
public sealed record MaskAgreement
{
    private readonly SurfaceElements? _elements;

    private MaskAgreement(SurfaceElements? elements) => _elements = elements;

    /// <summary>Voxels of the first, of the second, and of both.</summary>
    public (long First, long Second, long Both) Voxels { get; private init; }

    /// <summary>Volume of the first mask in cubic millimetres.</summary>
    public double FirstVolumeMm3 { get; private init; }

    /// <summary>Volume of the second mask in cubic millimetres.</summary>
    public double SecondVolumeMm3 { get; private init; }

    /// <summary>Twice the common voxels by the sum of both, 0 to 1.</summary>
    public double Dice => 2.0 * Voxels.Both / (Voxels.First + Voxels.Second);

    /// <summary>Common voxels by those of either, 0 to 1.</summary>
    public double Jaccard => Voxels.Both / (double)(Voxels.First + Voxels.Second - Voxels.Both);

    /// <summary>Second less first, by their mean: positive where the second is larger.</summary>
    public double RelativeVolumeDifference => 2 * (SecondVolumeMm3 - FirstVolumeMm3) / (FirstVolumeMm3 + SecondVolumeMm3);

    /// <summary>The longest way from a surface voxel of either to the nearest one of the other.</summary>
    public double HausdorffMm { get; private init; } = double.NaN;

    /// <summary>95th percentile (linear) of the ways of both directions together.</summary>
    public double Hausdorff95Mm { get; private init; } = double.NaN;

    /// <summary>Mean of the ways of both directions together.</summary>
    public double MeanSurfaceDistanceMm { get; private init; } = double.NaN;

    /// <summary>Mean way from the first one's surface voxels to the second's.</summary>
    public double FirstToSecondMm { get; private init; } = double.NaN;

    /// <summary>Mean way from the second one's surface voxels to the first's.</summary>
    public double SecondToFirstMm { get; private init; } = double.NaN;

    /// <summary>The longest way from any voxel of either to the nearest one of the other: ITK's Hausdorff distance.</summary>
    public double RegionHausdorffMm { get; private init; } = double.NaN;

    /// <summary>Mean distance from the first to the second, weighted by area instead of counting surface voxels.</summary>
    public double AreaFirstToSecondMm => _elements?.FirstToSecond.Mean ?? double.NaN;

    /// <summary>Mean distance from the second to the first, weighted by area.</summary>
    public double AreaSecondToFirstMm => _elements?.SecondToFirst.Mean ?? double.NaN;

    /// <summary>The distance within which lie 95 % of each surface's area; the larger of both directions.</summary>
    public double AreaHausdorff95Mm =>
        _elements is null ? double.NaN : Math.Max(_elements.FirstToSecond.Percentile(0.95), _elements.SecondToFirst.Percentile(0.95));

    /// <summary>Share of both surfaces, by area, that lies within a tolerance of the other one.</summary>
    /// <param name="toleranceMm">The distance that does not count, such as that of readers who agree; at least 0.</param>
    public double SurfaceDice(double toleranceMm)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(toleranceMm);
        return _elements?.Dice(toleranceMm) ?? (Voxels.First + Voxels.Second > 0 ? 0 : double.NaN);
    }

    /// <summary>Compares two sets of voxels.</summary>
    /// <exception cref="ImagingException">They lie on different grids.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static MaskAgreement Of(VoxelSet first, VoxelSet second, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Geometry.DifferenceTo(second.Geometry) is { } difference)
            throw new ImagingException("", $"The masks lie on different grids: {difference}.", "Compare masks that were drawn on the same image.");
        long both = 0;
        for (int i = 0; i < first.Inside.Length; i++)
            both += first.Inside[i] && second.Inside[i] ? 1 : 0;
        var overlap = new MaskAgreement((SurfaceElements?)null)
        {
            Voxels = (first.Count, second.Count, both),
            FirstVolumeMm3 = first.VolumeMm3,
            SecondVolumeMm3 = second.VolumeMm3,
        };
        if (first.Box() is not { } one || second.Box() is not { } two)
            return overlap;

        VoxelBox box = VoxelBox.Between(
            (Math.Min(one.X, two.X), Math.Min(one.Y, two.Y), Math.Min(one.Z, two.Z)),
            (Math.Max(one.Last(0), two.Last(0)), Math.Max(one.Last(1), two.Last(1)), Math.Max(one.Last(2), two.Last(2))));
        Vector3D spacing = first.Geometry.SpacingMm;
        PaddedSet a = PaddedSet.Of(first, box), b = PaddedSet.Of(second, box);
        (DirectedDistances there, DirectedDistances back) = Between(a.Surface(), b.Surface());
        (DirectedDistances regionThere, DirectedDistances regionBack) = Between(a.Inside, b.Inside);
        double[] joined = [.. there.Millimetres, .. back.Millimetres];
        Array.Sort(joined);
        return new MaskAgreement(SurfaceElements.Of(a, b, spacing, cancellationToken))
        {
            Voxels = overlap.Voxels,
            FirstVolumeMm3 = overlap.FirstVolumeMm3,
            SecondVolumeMm3 = overlap.SecondVolumeMm3,
            HausdorffMm = joined[^1],
            Hausdorff95Mm = Percentile95(joined),
            MeanSurfaceDistanceMm = joined.Average(),
            FirstToSecondMm = there.Mean,
            SecondToFirstMm = back.Mean,
            RegionHausdorffMm = Math.Max(regionThere.Maximum, regionBack.Maximum),
        };

        (DirectedDistances There, DirectedDistances Back) Between(ReadOnlySpan<bool> from, ReadOnlySpan<bool> to) => (
            DirectedDistances.Of(DistanceTransform.Squared(to, a.Size, spacing, cancellationToken), Ones(from)),
            DirectedDistances.Of(DistanceTransform.Squared(from, a.Size, spacing, cancellationToken), Ones(to)));
    }

    private static double[] Ones(ReadOnlySpan<bool> inside) => Array.ConvertAll(inside.ToArray(), each => each ? 1.0 : 0);

    private static double Percentile95(double[] sorted)
    {
        double place = 0.95 * (sorted.Length - 1);
        int below = (int)place, above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
