using Trabecula.Imaging.Agreement;
using Trabecula.Imaging.Segmenting;
using Xunit;

namespace Trabecula.Imaging.Tests.Segmenting;

/// <summary>The vertebral bodies of two lumbar CTs with reference masks, which the preset is measured by.</summary>
internal static class LumbarBodies
{
    public const string Thick = "spine-totalsegmentator", Fine = "spine-tptbox";

    // Less of a body than this is no test of anything.
    private const double LeastMm3 = 10_000;

    /// <summary>The bodies of a CT from below to above: label 1 of the body mask, or labels 49 and 50 of the sub-regions within each vertebra.</summary>
    public static IReadOnlyList<(string Name, VoxelSet Body, bool Cut)> Of(string folder)
    {
        if (folder == Thick)
        {
            Mask bodies = Mask(Thick, "spine_report/example_ct_report/totalseg_vertebrae_body.nii.gz");
            Mask vertebrae = Mask(Thick, "spine_report/test_result/totalseg_vertebrae_pp_refined.nii.gz");
            var body = VoxelSet.Of(bodies, 1);
            return Within(body, vertebrae);
        }
        Mask regions = Mask(Fine, "sub-ct_seg-subreg_label-22_msk.nii.gz");
        var border = VoxelSet.Of(regions, 49);
        var interior = VoxelSet.Of(regions, 50);
        return Within(Both(border, interior, (a, b) => a || b), Mask(Fine, "sub-ct_seg-vert_label-22_msk.nii.gz"));
    }

    public static Volume Image(string folder) =>
        VolumeFile.Read(SharedData.Require($"data/{folder}/{(folder == Thick ? "example_ct.nii.gz" : "sub-ct_label-22_ct.nii.gz")}"), TestContext.Current.CancellationToken);

    public static (int X, int Y, int Z) Middle(VoxelSet set)
    {
        VolumeSize size = set.Geometry.Size;
        (double x, double y, double z) = (0, 0, 0);
        for (int i = 0; i < set.Inside.Length; i++)
        {
            if (set.Inside[i])
                (x, y, z) = (x + i % size.X, y + i / size.X % size.Y, z + i / size.X / size.Y);
        }
        return ((int)Math.Round(x / set.Count), (int)Math.Round(y / set.Count), (int)Math.Round(z / set.Count));
    }

    public static MaskAgreement Compare(VoxelSet found, VoxelSet body) => MaskAgreement.Of(found, body, TestContext.Current.CancellationToken);

    private static List<(string Name, VoxelSet Body, bool Cut)> Within(VoxelSet bodies, Mask vertebrae)
    {
        var found = new List<(string, VoxelSet, bool)>();
        foreach (MaskRegion region in vertebrae.FindRegions(TestContext.Current.CancellationToken).Regions)
        {
            var vertebra = VoxelSet.Of(vertebrae, region.Label);
            VoxelSet body = ConnectedParts.Largest(Both(bodies, VoxelSet.Of(bodies.Geometry, vertebra.Inside), (a, b) => a && b));
            if (body.VolumeMm3 >= LeastMm3)
                found.Add((region.Label < 20 ? $"T{region.Label - 7}" : $"L{region.Label - 19}", body, body.TouchesBorder()));
        }
        return found;
    }

    private static VoxelSet Both(VoxelSet first, VoxelSet second, Func<bool, bool, bool> operation)
    {
        var inside = new bool[first.Inside.Length];
        for (int i = 0; i < inside.Length; i++)
            inside[i] = operation(first.Inside[i], second.Inside[i]);
        return VoxelSet.Of(first.Geometry, inside);
    }

    private static Mask Mask(string folder, string file) => new(VolumeFile.Read(SharedData.Require($"data/{folder}/{file}"), TestContext.Current.CancellationToken));
}
