using Trabecula.Imaging.Agreement;

namespace Trabecula.Workbench.Readers;

/// <summary>Two readers' masks of a region, compared.</summary>
/// <param name="Subject">The subject.</param>
/// <param name="Label">The label or the segment's name.</param>
/// <param name="First">The first reader, from 1.</param>
/// <param name="Second">The second reader.</param>
/// <param name="Agreement">How far they agree.</param>
internal sealed record MaskPair(string Subject, string Label, int First, int Second, MaskAgreement Agreement);

/// <summary>A measure of two masks.</summary>
/// <param name="Name">Its name in tables and pictures.</param>
/// <param name="Of">Its value.</param>
internal sealed record MaskMeasure(string Name, Func<MaskAgreement, double> Of)
{
    /// <summary>All measures, with a surface Dice for each tolerance.</summary>
    public static IReadOnlyList<MaskMeasure> All(IReadOnlyList<double> tolerancesMm) =>
    [
        new("Dice", a => a.Dice),
        new("Jaccard", a => a.Jaccard),
        .. tolerancesMm.Select(mm => new MaskMeasure(FormattableString.Invariant($"Surface Dice {mm:0.###} mm"), a => a.SurfaceDice(mm))),
        new("Hausdorff mm", a => a.HausdorffMm),
        new("Hausdorff 95 % mm", a => a.Hausdorff95Mm),
        new("Mean surface distance mm", a => a.MeanSurfaceDistanceMm),
        new("Volume 1 mm3", a => a.FirstVolumeMm3),
        new("Volume 2 mm3", a => a.SecondVolumeMm3),
        new("Relative volume difference", a => a.RelativeVolumeDifference),
    ];
}
