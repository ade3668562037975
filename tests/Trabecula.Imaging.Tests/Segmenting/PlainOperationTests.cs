using Trabecula.Imaging.Segmenting;
using Xunit;

namespace Trabecula.Imaging.Tests.Segmenting;

public sealed class PlainOperationTests
{
    public static TheoryData<ulong> Seeds => [.. Enumerable.Range(1, 25).Select(seed => (ulong)seed)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Morphology_OfRandomMasks_IsThatOfItsDefinition(ulong seed)
    {
        var random = new XorShift(seed);
        VoxelSet set = NaiveSets.Random(random);
        double radius = random.Below(9) * 0.3;
        CancellationToken token = TestContext.Current.CancellationToken;

        Assert.Equal(NaiveSets.Dilate(set, radius), Morphology.Dilate(set, radius, token).Inside.ToArray());
        Assert.Equal(NaiveSets.Erode(set, radius), Morphology.Erode(set, radius, token).Inside.ToArray());
        Assert.Equal(NaiveSets.Dilate(VoxelSet.Of(set.Geometry, NaiveSets.Erode(set, radius)), radius), Morphology.Open(set, radius, token).Inside.ToArray());
        if (radius < 1.6)
            Assert.Equal(NaiveSets.Close(set, radius), Morphology.Close(set, radius, token).Inside.ToArray());
        Assert.Equal(Morphology.Close(Morphology.Open(set, radius, token), radius, token).Inside.ToArray(), Morphology.Smooth(set, radius, token).Inside.ToArray());
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void HolesAndParts_OfRandomMasks_AreThoseOfTheirDefinition(ulong seed)
    {
        VoxelSet set = NaiveSets.Random(new XorShift(seed + 100));
        Assert.Equal(NaiveSets.Fill(set, 0, 1, 2), Holes.Fill(set).Inside.ToArray());
        for (int axis = 0; axis < 3; axis++)
            Assert.Equal(NaiveSets.Fill(set, (axis + 1) % 3, (axis + 2) % 3), Holes.FillSlices(set, axis).Inside.ToArray());

        bool[][] parts = [.. NaiveSets.Indices(set).Select(at =>
        {
            var start = new bool[set.Inside.Length];
            start[NaiveSets.Index(set, at)] = set.Inside[NaiveSets.Index(set, at)];
            bool[] part = NaiveSets.Reach(set, start, true, 0, 1, 2);
            Assert.Equal(part, ConnectedParts.Containing(set, at).Inside.ToArray());
            return part;
        })];
        Assert.Equal(parts.MaxBy(part => part.Count(each => each)), ConnectedParts.Largest(set).Inside.ToArray());
    }

    [Fact]
    public void Operations_OnRows_AreAsWorkedOutByHand()
    {
        // Rows of 1 mm voxels; y and z have a single voxel. A gap of 2 mm in a thick beam
        // is closed by a ball of 1 mm, not one of 3 mm, nor one in a wire, beside which the ball has room.
        CancellationToken token = TestContext.Current.CancellationToken;
        Assert.Equal("##.#####", Text(Morphology.Dilate(Row("#...###."), 1, token)));
        Assert.Equal("....#...", Text(Morphology.Erode(Row("#..###.."), 1, token)));
        Assert.Equal("......##", Text(Morphology.Erode(Row(".....###"), 1, token)));
        Assert.Equal("...###..", Text(Morphology.Open(Row("#..###.."), 1, token)));
        Assert.Equal("#..###..", Text(Morphology.Close(Row("#..###.."), 1.5, token)));
        Assert.Equal("######..", Text(Morphology.Close(Beam("#..###.."), 1, token))[(4 * 72 + 4 * 8)..][..8]);
        Assert.Equal("#...##..", Text(Morphology.Close(Beam("#...##.."), 1, token))[(4 * 72 + 4 * 8)..][..8]);
        Assert.Equal("#..###..", Text(Holes.Fill(Row("#..###.."))));
    }

    [Fact]
    public void Fill_OfABoxWithARoomAndADoor_FillsTheRoomOnly()
    {
        // 5 x 5 x 5 with a hollow of 3 x 3 x 3, and one voxel of the wall missing.
        var geometry = new VolumeGeometry(new(5, 5, 5), new(1, 1, 1), default, Matrix3D.Identity);
        bool[] wall = [.. from z in Enumerable.Range(0, 5) from y in Enumerable.Range(0, 5) from x in Enumerable.Range(0, 5) select x is 0 or 4 || y is 0 or 4 || z is 0 or 4];
        Assert.Equal(125, Holes.Fill(VoxelSet.Of(geometry, wall)).Count);
        wall[2 * 25 + 2 * 5] = false;
        Assert.Equal(97, Holes.Fill(VoxelSet.Of(geometry, wall)).Count);
        // Slice by slice the door opens one slice; the two others with a hollow are filled.
        Assert.Equal(97 + 18, Holes.FillSlices(VoxelSet.Of(geometry, wall)).Count);
    }

    [Fact]
    public void Threshold_TakesItsEndsAndNoNaN()
    {
        var geometry = new VolumeGeometry(new(6, 1, 1), new(1, 1, 1), default, Matrix3D.Identity);
        Volume image = Volume.Create(geometry, [99.9, 100, double.NaN, 200, 200.1, 150]);
        Assert.Equal(".#.#.#", Text(DensityThreshold.Between(image, 100, 200)));
        Assert.Equal(".#.###", Text(DensityThreshold.Between(image, 100)));
        Assert.Equal("...#..", Text(DensityThreshold.Between(image, 100, 200, VoxelBox.Between((2, 0, 0), (4, 7, 7)))));
        Assert.Throws<ArgumentOutOfRangeException>(() => DensityThreshold.Between(image, 2, 1));
    }

    [Fact]
    public void AddShell_TakesDenseVoxelsThatAdjoin_AndNoFurtherOnes()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        // Within 2 mm: the one beside the set and the next; the dense voxel on the other side has a gap before it.
        Assert.Equal("...####..", Text(Morphology.AddShell(Row("...##...."), Row(".#...####"), 2, token)));
        Assert.Equal("...##....", Text(Morphology.AddShell(Row("...##...."), Row(".#......."), 2, token)));
    }

    [Fact]
    public void Containing_SeedOutsideOfTheImage_IsRefusedWithItsSize() =>
        Assert.Contains("(4, 1, 1)", Assert.Throws<ImagingException>(() => ConnectedParts.Containing(Row("####"), (4, 0, 0))).Message, StringComparison.Ordinal);

    private static VoxelSet Row(string voxels) => VoxelSet.Of(
        new VolumeGeometry(new(voxels.Length, 1, 1), new(1, 1, 1), default, Matrix3D.Identity), voxels.Select(c => c == '#').ToArray());

    /// <summary>A row in the middle of 9 x 9 equal ones.</summary>
    private static VoxelSet Beam(string voxels) => VoxelSet.Of(
        new VolumeGeometry(new(voxels.Length, 9, 9), new(1, 1, 1), default, Matrix3D.Identity), Enumerable.Repeat(voxels, 81).SelectMany(row => row).Select(c => c == '#').ToArray());

    private static string Text(VoxelSet set) => string.Concat(set.Inside.ToArray().Select(inside => inside ? '#' : '.'));
}
