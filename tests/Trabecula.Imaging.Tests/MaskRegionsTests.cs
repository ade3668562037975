using System.Numerics;
using Xunit;

namespace Trabecula.Imaging.Tests;

public sealed class MaskRegionsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void FindRegions_ArbitraryMask_AgreesWithCountingVoxels(ulong seed)
    {
        Check<byte>(seed, 3);
        Check<short>(seed, 200);
        Check<uint>(seed, 100000);
        Check<float>(seed, 5);
        Check<double>(seed, 2);
        Check<long>(seed, 7);
    }

    [Fact]
    public void FindRegions_EmptyMask_HasOneValueAndNoRegion()
    {
        MaskRegions regions = Find(new byte[60]);
        Assert.Empty(regions.Regions);
        Assert.True(regions.HasOneValue);
    }

    [Fact]
    public void FindRegions_FullMask_HasOneValue()
    {
        MaskRegions regions = Find(Enumerable.Repeat((short)7, 60).ToArray());
        Assert.Equal(new VoxelBox(0, 0, 0, new(5, 4, 3)), Assert.Single(regions.Regions).Box);
        Assert.True(regions.HasOneValue);
    }

    [Fact]
    public void FindRegions_NumbersThatAreNoLabels_AreCastLikePyRadiomics()
    {
        float[] voxels = new float[60];
        (voxels[0], voxels[1], voxels[2], voxels[3], voxels[4]) = (0.9f, 1.9f, -1, float.NaN, 1);
        MaskRegions regions = Find(voxels);
        Assert.Equal([1u, uint.MaxValue], regions.Regions.Select(region => region.Label));
        Assert.Equal(2, regions.Find(1)!.VoxelCount);
        Assert.Null(regions.Find(2));
        Assert.False(regions.HasOneValue);
    }

    [Fact]
    public void FindRegions_ManyLabels_AreRefused()
    {
        var geometry = new VolumeGeometry(new(66000, 1, 1), new(1, 1, 1), default, Matrix3D.Identity);
        var mask = new Mask(Volume.Create(geometry, Enumerable.Range(1, 66000).ToArray()));
        Assert.Contains("looks like an image", Assert.Throws<ImagingException>(
            () => mask.FindRegions(TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("brain1_label.nrrd", "(162, 84, 11, 47, 70, 7)", 4137, 186.98549673676578, 106.3562968334542, 14.38917089678511)]
    [InlineData("breast1_label.nrrd", "(21, 64, 8, 9, 12, 3)", 143, 24.58041958041958, 69.27272727272727, 9.132867132867133)]
    public void FindRegions_RealMask_AgreesWithPyRadiomics(string name, string box, long count, double x, double y, double z)
    {
        Volume labels = VolumeFile.Read(SharedData.Require($"data/pyradiomics/{name}"), TestContext.Current.CancellationToken);
        MaskRegion region = new Mask(labels).FindRegions(TestContext.Current.CancellationToken).Find(1)!;
        Assert.Equal(box, region.Box.ToString());
        Assert.Equal(count, region.VoxelCount);
        Assert.Equal(new Vector3D(x, y, z), region.CenterOfMassIndex);
    }

    private static MaskRegions Find<T>(T[] voxels) where T : unmanaged, INumber<T> =>
        new Mask(Volume.Create(SampleVolume.Geometry, voxels)).FindRegions();

    private static void Check<T>(ulong seed, int labels) where T : unmanaged, INumber<T>
    {
        var random = new XorShift(seed);
        var size = new VolumeSize(random.Below(40) + 1, random.Below(20) + 1, random.Below(10) + 1);
        T[] voxels = new T[size.Count];
        for (int i = 0; i < voxels.Length;)
        {
            T value = random.Below(3) == 0 ? T.CreateTruncating(random.Below(labels) + 1) : T.Zero;
            for (int run = random.Below(30) + 1; run > 0 && i < voxels.Length; run--)
                voxels[i++] = value;
        }
        var mask = new Mask(Volume.Create(new VolumeGeometry(size, new(1, 1, 1), default, Matrix3D.Identity), voxels));
        MaskRegions actual = mask.FindRegions();

        var expected = new SortedDictionary<uint, List<(int X, int Y, int Z)>>();
        for (int i = 0; i < voxels.Length; i++)
        {
            uint label = Mask.LabelOf(voxels[i]);
            if (!expected.TryGetValue(label, out List<(int X, int Y, int Z)>? places))
                expected[label] = places = [];
            places.Add((i % size.X, i / size.X % size.Y, i / size.X / size.Y));
        }
        Assert.Equal(expected.Count == 1, actual.HasOneValue);
        expected.Remove(0);
        Assert.Equal(expected.Keys, actual.Regions.Select(region => region.Label));
        foreach (MaskRegion region in actual.Regions)
        {
            List<(int X, int Y, int Z)> places = expected[region.Label];
            Assert.Equal(places.Count, region.VoxelCount);
            Assert.Equal((places.Sum(p => (long)p.X), places.Sum(p => (long)p.Y), places.Sum(p => (long)p.Z)), region.IndexSum);
            VoxelBox box = region.Box;
            Assert.Equal((places.Min(p => p.X), places.Min(p => p.Y), places.Min(p => p.Z)), (box.First(0), box.First(1), box.First(2)));
            Assert.Equal((places.Max(p => p.X), places.Max(p => p.Y), places.Max(p => p.Z)), (box.Last(0), box.Last(1), box.Last(2)));
        }
    }
}
