using System.Numerics;

namespace Trabecula.Learning;

/// <summary>
/// A sequence of pseudo-random numbers: xoshiro256** started by SplitMix64. Its numbers are part of Trabecula's results and never
/// changes. Not for use by several threads at once: derive a seed for each.
/// </summary>
/// <remarks>Source: Blackman and Vigna, Scrambled linear pseudorandom number generators, ACM Trans. Math. Softw. 47 (2021) 36;
/// Steele, Lea and Flood, Fast splittable pseudorandom number generators, OOPSLA 2014.</remarks>
public sealed class RandomSequence
{
    private const ulong GoldenGamma = 0x9E3779B97F4A7C15;

    private ulong _s0, _s1, _s2, _s3;
    private double? _spareGaussian;

    /// <summary>Starts the sequence of a seed.</summary>
    public RandomSequence(Seed seed)
    {
        ulong state = seed.Value;
        _s0 = Mix(state += GoldenGamma);
        _s1 = Mix(state += GoldenGamma);
        _s2 = Mix(state += GoldenGamma);
        _s3 = Mix(state += GoldenGamma);
    }

    /// <summary>64 random bits.</summary>
    public ulong NextUInt64()
    {
        ulong result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
        ulong t = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= t;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>A number from 0 (included) to 1 (excluded), a multiple of 2⁻⁵³.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>An integer from 0 to <paramref name="exclusiveMaximum"/> - 1, each equally likely.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="exclusiveMaximum"/> is not positive.</exception>
    public int NextInt(int exclusiveMaximum) => (int)NextLong(exclusiveMaximum);

    /// <summary>An integer from 0 to <paramref name="exclusiveMaximum"/> - 1, each equally likely.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="exclusiveMaximum"/> is not positive.</exception>
    public long NextLong(long exclusiveMaximum)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(exclusiveMaximum);
        ulong range = (ulong)exclusiveMaximum;
        // 2^64 mod range values at the bottom are over-represented by the remainder: draw again.
        ulong reject = (0 - range) % range;
        ulong bits;
        do
        {
            bits = NextUInt64();
        } while (bits < reject);
        return (long)(bits % range);
    }

    /// <summary>A standard normal number, by Marsaglia's polar method.</summary>
    public double NextGaussian()
    {
        if (_spareGaussian is { } spare)
        {
            _spareGaussian = null;
            return spare;
        }
        double u, v, s;
        do
        {
            u = 2 * NextDouble() - 1;
            v = 2 * NextDouble() - 1;
            s = u * u + v * v;
        } while (s >= 1 || s == 0);
        double factor = Math.Sqrt(-2 * Math.Log(s) / s);
        _spareGaussian = v * factor;
        return u * factor;
    }

    /// <summary>Puts the items into random order (Fisher and Yates).</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (int last = items.Length - 1; last > 0; last--)
        {
            int other = NextInt(last + 1);
            (items[last], items[other]) = (items[other], items[last]);
        }
    }

    /// <summary>SplitMix64's finaliser.</summary>
    internal static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
