using System.Text.Json;
using Trabecula.Imaging.Agreement;
using Xunit;

namespace Trabecula.Imaging.Tests.Agreement;

public sealed class MaskAgreementTests
{
    public static TheoryData<string> Cases => ["v01_3mm", "v02_oblique", "v03_1mm", "v10_two_parts_hole"];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Of_TwoReaders_AgreesWithSimpleItkMedPyAndSurfaceDistance(string name)
    {
        using JsonDocument golden = JsonDocument.Parse(File.ReadAllBytes(SharedData.Require("golden/segmentation/agreement.json")));
        JsonElement expected = golden.RootElement.GetProperty("cases").GetProperty(name);
        MaskAgreement actual = MaskAgreement.Of(
            Read($"golden/pyradiomics/images/{name}_mask.nrrd"), Read($"golden/segmentation/{name}_reader2.nrrd"), TestContext.Current.CancellationToken);

        Assert.Equal(expected.GetProperty("voxels").EnumerateArray().Select(e => e.GetInt64()), [actual.Voxels.First, actual.Voxels.Second]);
        Check(expected, "dice", actual.Dice);
        Check(expected, "jaccard", actual.Jaccard);
        Check(expected, "volume_similarity", -actual.RelativeVolumeDifference);
        Check(expected, "hausdorff_region_mm", actual.RegionHausdorffMm);

        JsonElement medpy = expected.GetProperty("medpy");
        Check(medpy, "hausdorff_mm", actual.HausdorffMm);
        Check(medpy, "hausdorff95_mm", actual.Hausdorff95Mm);
        Check(medpy, "assd_mm", actual.MeanSurfaceDistanceMm);
        Check(medpy, "asd_a_to_b_mm", actual.FirstToSecondMm);
        Check(medpy, "asd_b_to_a_mm", actual.SecondToFirstMm);

        JsonElement elements = expected.GetProperty("surface_distance");
        Check(elements, "average_gt_to_pred_mm", actual.AreaFirstToSecondMm);
        Check(elements, "average_pred_to_gt_mm", actual.AreaSecondToFirstMm);
        Check(elements, "hausdorff95_mm", actual.AreaHausdorff95Mm);
        Check(elements, "surface_dice_1mm", actual.SurfaceDice(1));
        Check(elements, "surface_dice_2mm", actual.SurfaceDice(2));
    }

    [Fact]
    public void Of_ShiftedCube_IsAsWorkedOutByHand()
    {
        // A cube of 4 x 4 x 4 voxels of 1 x 2 x 3 mm, and the same one voxel further along x: 48 of 64 voxels in common; no surface voxel is
        // further than one step of 1 mm from the other surface, and both ends of each row of 4 x 4 faces are.
        MaskAgreement actual = MaskAgreement.Of(Block(2, 2, 2, 4, 4, 4), Block(3, 2, 2, 4, 4, 4), TestContext.Current.CancellationToken);
        Assert.Equal((64, 64, 48), actual.Voxels);
        Assert.Equal(0.75, actual.Dice);
        Assert.Equal(0.6, actual.Jaccard);
        Assert.Equal((384, 384, 0), (actual.FirstVolumeMm3, actual.SecondVolumeMm3, actual.RelativeVolumeDifference));
        Assert.Equal((1, 1, 1), (actual.HausdorffMm, actual.Hausdorff95Mm, actual.RegionHausdorffMm));
        // Of 56 surface voxels, the near end's 16 lie outside of the other cube; of the far end's, 4 lie inside it with the surface one
        // step away along x, and the other 12 on its rim. The ends' neighbours are on both surfaces or are inner voxels.
        Assert.Equal(20.0 / 56, actual.MeanSurfaceDistanceMm, 15);
    }

    [Fact]
    public void Of_SingleVoxels_HasTheirDistance()
    {
        MaskAgreement actual = MaskAgreement.Of(Block(1, 1, 1, 1, 1, 1), Block(4, 3, 2, 1, 1, 1), TestContext.Current.CancellationToken);
        double distance = Math.Sqrt(3 * 3 + 4 * 4 + 3 * 3);
        Assert.Equal((0, 0), (actual.Dice, actual.Jaccard));
        Assert.Equal((distance, distance, distance), (actual.HausdorffMm, actual.Hausdorff95Mm, actual.MeanSurfaceDistanceMm));
        Assert.Equal((0, 1), (actual.SurfaceDice(1), actual.SurfaceDice(distance + 1)));
    }

    [Fact]
    public void Of_SameMask_AgreesFullyAlsoAtTheBorderOfTheImage()
    {
        VoxelSet whole = Block(0, 0, 0, 10, 9, 8);
        MaskAgreement actual = MaskAgreement.Of(whole, whole, TestContext.Current.CancellationToken);
        Assert.Equal((1, 1, 0, 0, 1), (actual.Dice, actual.Jaccard, actual.HausdorffMm, actual.MeanSurfaceDistanceMm, actual.SurfaceDice(0)));
    }

    [Fact]
    public void Of_EmptyMasks_HasNoDistance()
    {
        VoxelSet none = Block(0, 0, 0, 0, 0, 0), some = Block(1, 1, 1, 2, 2, 2);
        MaskAgreement one = MaskAgreement.Of(some, none, TestContext.Current.CancellationToken);
        Assert.Equal((0, 0, -2), (one.Dice, one.Jaccard, one.RelativeVolumeDifference));
        Assert.True(double.IsNaN(one.HausdorffMm) && double.IsNaN(one.MeanSurfaceDistanceMm));
        Assert.Equal(0, one.SurfaceDice(1));
        MaskAgreement neither = MaskAgreement.Of(none, none, TestContext.Current.CancellationToken);
        Assert.True(double.IsNaN(neither.Dice) && double.IsNaN(neither.SurfaceDice(1)));
    }

    [Fact]
    public void Of_MasksOfDifferentGrids_IsRefused()
    {
        VoxelSet here = Block(1, 1, 1, 2, 2, 2);
        var moved = new VolumeGeometry(here.Geometry.Size, here.Geometry.SpacingMm, new(0.5, 0, 0), Matrix3D.Identity);
        Assert.Contains("different grids", Assert.Throws<ImagingException>(() => MaskAgreement.Of(here, VoxelSet.Of(moved, here.Inside), TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
        var fewer = new VolumeGeometry(new(1, 1, 1), here.Geometry.SpacingMm, default, Matrix3D.Identity);
        Assert.Contains("(10, 9, 8)", Assert.Throws<ImagingException>(() => MaskAgreement.Of(here, VoxelSet.Of(fewer, [true]), TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Of_RandomMasks_AgreesWithComparingEveryPairOfVoxels(ulong seed)
    {
        var random = new XorShift(seed);
        var geometry = new VolumeGeometry(new(random.Below(9) + 1, random.Below(9) + 1, random.Below(9) + 1),
            new(0.3 + random.Below(5) * 0.41, 0.3 + random.Below(5) * 0.37, 0.3 + random.Below(8) * 0.5), default, Matrix3D.Identity);
        int density = random.Below(9) + 1;
        VoxelSet first = Random(), second = Random();
        MaskAgreement actual = MaskAgreement.Of(first, second, TestContext.Current.CancellationToken);
        double[] there = Ways(first, second, surface: true), back = Ways(second, first, surface: true), both = [.. there, .. back];
        if (first.Count * second.Count == 0)
            return;
        Assert.Equal(both.Max(), actual.HausdorffMm, 1e-12);
        Assert.Equal(both.Average(), actual.MeanSurfaceDistanceMm, 1e-12);
        Assert.Equal(there.Average(), actual.FirstToSecondMm, 1e-12);
        Assert.Equal(back.Average(), actual.SecondToFirstMm, 1e-12);
        Assert.Equal(Math.Max(Ways(first, second, false).Max(), Ways(second, first, false).Max()), actual.RegionHausdorffMm, 1e-12);

        VoxelSet Random()
        {
            var inside = new bool[geometry.Size.Count];
            for (int i = 0; i < inside.Length; i++)
                inside[i] = random.Below(10) < density;
            return VoxelSet.Of(geometry, inside);
        }
    }

    private static double[] Ways(VoxelSet from, VoxelSet to, bool surface)
    {
        List<(int X, int Y, int Z)> targets = Places(to);
        Vector3D mm = from.Geometry.SpacingMm;
        return [.. Places(from).Select(a => Math.Sqrt(targets.Select(b =>
            (a.X - b.X) * mm.X * ((a.X - b.X) * mm.X) + (a.Y - b.Y) * mm.Y * ((a.Y - b.Y) * mm.Y) + (a.Z - b.Z) * mm.Z * ((a.Z - b.Z) * mm.Z)).DefaultIfEmpty(double.NaN).Min()))];

        List<(int X, int Y, int Z)> Places(VoxelSet set)
        {
            var places = new List<(int X, int Y, int Z)>();
            VolumeSize size = set.Geometry.Size;
            for (int i = 0; i < set.Inside.Length; i++)
            {
                (int x, int y, int z) = (i % size.X, i / size.X % size.Y, i / size.X / size.Y);
                if (In(x, y, z) && (!surface || !(In(x - 1, y, z) && In(x + 1, y, z) && In(x, y - 1, z) && In(x, y + 1, z) && In(x, y, z - 1) && In(x, y, z + 1))))
                    places.Add((x, y, z));
            }
            return places;

            bool In(int x, int y, int z) =>
                x >= 0 && y >= 0 && z >= 0 && x < size.X && y < size.Y && z < size.Z && set.Inside[(z * size.Y + y) * size.X + x];
        }
    }

    private static void Check(JsonElement expected, string name, double actual, double tolerance = 1e-12)
    {
        double value = expected.GetProperty(name).GetDouble();
        Assert.True(Math.Abs(value - actual) <= tolerance * Math.Max(1, Math.Abs(value)), $"{name}: expected {value:R}, found {actual:R}, by {actual / value - 1:g3}");
    }

    private static VoxelSet Read(string path) => VoxelSet.Of(new Mask(VolumeFile.Read(SharedData.Require(path), TestContext.Current.CancellationToken)));

    private static VoxelSet Block(int x0, int y0, int z0, int nx, int ny, int nz)
    {
        var geometry = new VolumeGeometry(new(10, 9, 8), new(1, 2, 3), default, Matrix3D.Identity);
        var inside = new bool[720];
        for (int z = z0; z < z0 + nz; z++)
        {
            for (int y = y0; y < y0 + ny; y++)
            {
                for (int x = x0; x < x0 + nx; x++)
                    inside[(z * 9 + y) * 10 + x] = true;
            }
        }
        return VoxelSet.Of(geometry, inside);
    }
}
