using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Trabecula.Learning;

/// <summary>
/// The origin of every random choice. A seed is a value, not a generator: each use derives its own from names and numbers,
/// so that neither the order of work nor the number of threads changes a result.
/// </summary>
/// <param name="Value">Any number; equal values give equal results.</param>
public readonly record struct Seed(ulong Value)
{
    private const ulong FnvOffset = 0xCBF29CE484222325;
    private const ulong FnvPrime = 0x00000100000001B3;

    /// <summary>The seed of a named use, as in <c>seed.Derive("outer-fold", 3)</c>.</summary>
    /// <param name="name">What the seed is for; case counts.</param>
    /// <param name="indices">Which one of several: fold, subject, tree.</param>
    /// <remarks>FNV-1a over parent, name and indices, each length-delimited, then the SplitMix64 finaliser, since FNV alone
    /// leaves neighbouring indices close in its high bits.</remarks>
    public Seed Derive(string name, params ReadOnlySpan<long> indices)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Span<byte> number = stackalloc byte[8];
        ulong hash = FnvOffset;
        BinaryPrimitives.WriteUInt64LittleEndian(number, Value);
        Absorb(ref hash, number);
        byte[] text = Encoding.UTF8.GetBytes(name);
        BinaryPrimitives.WriteInt64LittleEndian(number, text.Length);
        Absorb(ref hash, number);
        Absorb(ref hash, text);
        foreach (long index in indices)
        {
            BinaryPrimitives.WriteInt64LittleEndian(number, index);
            Absorb(ref hash, number);
        }
        return new Seed(RandomSequence.Mix(hash));
    }

    /// <summary>A new generator at its start.</summary>
    public RandomSequence Open() => new(this);

    /// <summary>The number in decimal digits.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);

    private static void Absorb(ref ulong hash, ReadOnlySpan<byte> bytes)
    {
        foreach (byte b in bytes)
            hash = (hash ^ b) * FnvPrime;
    }
}
