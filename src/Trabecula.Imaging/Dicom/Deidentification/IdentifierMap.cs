using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;

namespace Trabecula.Imaging.Dicom.Deidentification;

/// <summary>
/// Replaces identifiers by others that only the holder of the secret can tell from each other's origin: the same for the same, in every file and run with
/// that secret, so that references between objects stay.
/// </summary>
/// <param name="secret">Random bytes, kept apart from what is given away.</param>
public sealed class IdentifierMap(ReadOnlySpan<byte> secret)
{
    private readonly byte[] _secret = secret.Length >= 16 ? secret.ToArray() : throw new ArgumentException("A secret has at least 16 bytes.", nameof(secret));

    /// <summary>The identifier that stands for another one: under 2.25, from the first 122 bits of a keyed hash (PS3.5, B.2).</summary>
    public string Uid(string original)
    {
        byte[] hash = Hash("uid", original);
        hash[6] = (byte)(hash[6] & 0x0F | 0x80);
        hash[8] = (byte)(hash[8] & 0x3F | 0x80);
        return FormattableString.Invariant($"2.25.{new BigInteger(hash.AsSpan(0, 16), isUnsigned: true, isBigEndian: true)}");
    }

    /// <summary>A pseudonym of a subject: S- and 12 letters or digits.</summary>
    public string Subject(string original) => "S-" + Convert.ToHexString(Hash("subject", original), 0, 6);

    /// <summary>By how many days the dates of a subject are made earlier: 1 to 1,826 (five years), one number for all dates of a subject, so that what lies between them stays.</summary>
    public int DaysEarlier(string original) => 1 + (int)(BinaryPrimitives.ReadUInt64BigEndian(Hash("days", original)) % 1826);

    private byte[] Hash(string purpose, string text) => HMACSHA256.HashData(_secret, System.Text.Encoding.UTF8.GetBytes($"{purpose}\n{text}"));
}
