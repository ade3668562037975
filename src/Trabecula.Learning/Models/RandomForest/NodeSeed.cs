namespace Trabecula.Learning.Models;

/// <summary>
/// The random numbers of one node. They follow from the seed of the tree and the path from its root alone, so that a tree grown to
/// any depth is the top of the tree grown deeper, and no node's draws depend on how many its neighbours made.
/// </summary>
/// <remarks>SplitMix64 (Steele, Lea and Flood 2014): the seed is its state, and both children start anew from the mixed seed.</remarks>
internal struct NodeSeed(ulong seed)
{
    private const ulong GoldenGamma = 0x9E3779B97F4A7C15;
    private const ulong LeftMark = 0x3C6EF372FE94F82A;
    private const ulong RightMark = 0xA54FF53A5F1D36F1;

    private ulong _state = seed;

    internal static ulong Left(ulong seed) => RandomSequence.Mix(RandomSequence.Mix(seed) ^ LeftMark);

    internal static ulong Right(ulong seed) => RandomSequence.Mix(RandomSequence.Mix(seed) ^ RightMark);

    /// <summary>An integer from 0 to <paramref name="exclusiveMaximum"/> - 1, each equally likely to within 2⁻³².</summary>
    internal int NextInt(int exclusiveMaximum) => (int)Math.BigMul(Next(), (ulong)exclusiveMaximum, out _);

    /// <summary>A number from 0 (included) to 1 (excluded).</summary>
    internal double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));

    private ulong Next() => RandomSequence.Mix(_state += GoldenGamma);
}
