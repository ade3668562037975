namespace Trabecula.Imaging.Tests.Masks;

/// <summary>Voxels of the segments of highdicom's samples, as pydicom and numpy count them.</summary>
internal static class HighdicomSums
{
    public const long Binary = 638, TrueFractional = 638, Single = 1832;

    public static readonly long[] Overlap = [64, 16];
}
