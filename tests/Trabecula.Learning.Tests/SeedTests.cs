using CsCheck;
using Xunit;

namespace Trabecula.Learning.Tests;

public sealed class SeedTests
{
    [Fact]
    public void Derive_DifferentNamesOrIndices_GiveDifferentSeeds()
    {
        var seed = new Seed(1);
        Seed[] derived =
        [
            seed, seed.Derive("fold"), seed.Derive("fold", 0), seed.Derive("fold", 1), seed.Derive("fold", 0, 1), seed.Derive("fold", 1, 0),
            seed.Derive("Fold"), seed.Derive("tree"), seed.Derive("fold").Derive("tree"), seed.Derive("tree").Derive("fold"),
            new Seed(2).Derive("fold"), seed.Derive("ab").Derive("c"), seed.Derive("a").Derive("bc"),
        ];
        Assert.Equal(derived.Length, derived.Distinct().Count());
    }

    [Fact]
    public void RandomSequence_SeedZero_StartsWithReferenceNumbers()
    {
        // SplitMix64 of state 0 gives e220a8397b1dcdaf 6e789e6aa1b965f4 06c45d188009454f f88bb8a8724c81ec (Vigna's splitmix64.c);
        // the first output of xoshiro256** follows by hand: rotl(s1 * 5, 7) * 9.
        ulong product = unchecked(0x6E789E6AA1B965F4UL * 5);
        ulong expected = unchecked(((product << 7) | (product >> 57)) * 9);
        Assert.Equal(expected, new Seed(0).Open().NextUInt64());
        Assert.Equal(0x99EC5F36CB75F2B4UL, new Seed(0).Open().NextUInt64());
    }

    [Fact]
    public void NextGaussian_ManyDraws_HasMomentsOfStandardNormal()
    {
        RandomSequence random = new Seed(7).Open();
        double[] draws = [.. Enumerable.Range(0, 200_000).Select(_ => random.NextGaussian())];
        Assert.Equal(0, draws.Average(), 0.01);
        Assert.Equal(1, draws.Average(x => x * x), 0.02);
        Assert.Equal(3, draws.Average(x => x * x * x * x), 0.1);
    }

    [Fact]
    public void NextInt_ManyDraws_AreUniform()
    {
        RandomSequence random = new Seed(8).Open();
        var counts = new int[7];
        for (int i = 0; i < 70_000; i++)
            counts[random.NextInt(7)]++;
        Assert.All(counts, count => Assert.InRange(count, 9_600, 10_400));
    }

    [Fact]
    public void Shuffle_AnySpan_KeepsItems() =>
        Gen.Select(Gen.ULong, Gen.Int[0, 40]).Sample((value, length) =>
        {
            int[] items = [.. Enumerable.Range(0, length)];
            new Seed(value).Open().Shuffle(items.AsSpan());
            Assert.Equal(Enumerable.Range(0, length), items.Order());
        });
}
