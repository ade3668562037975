using System.Buffers;
using System.Buffers.Binary;

namespace Trabecula.Workbench.Reports.Raster;

/// <summary>A zlib stream (RFC 1950) of one deflate block with fixed codes (RFC 1951, 3.2.6) in which only runs of one byte are shortened.</summary>
internal sealed class RunLengthZlib
{
    private const int LongestRun = 258, ShortestRun = 3;

    private static readonly int[] s_lengthBase = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
    private static readonly int[] s_lengthBits = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];

    private readonly ArrayBufferWriter<byte> _stream = new();
    private uint _bits;
    private int _count;

    private RunLengthZlib() => _stream.Write<byte>([0x78, 0x01]);

    internal static byte[] Compress(ReadOnlySpan<byte> data)
    {
        var writer = new RunLengthZlib();
        writer.Put(0b011, 3);
        for (int i = 0; i < data.Length;)
        {
            writer.Symbol(data[i]);
            int run = data[(i + 1)..].IndexOfAnyExcept(data[i++]);
            run = run < 0 ? data.Length - i : run;
            while (run >= ShortestRun)
            {
                int length = Math.Min(run, LongestRun);
                writer.Run(length);
                (i, run) = (i + length, run - length);
            }
        }
        writer.Symbol(256);
        writer.Put(0, (8 - writer._count) % 8);
        Span<byte> check = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(check, Adler(data));
        writer._stream.Write(check);
        return writer._stream.WrittenSpan.ToArray();
    }

    /// <summary>Repeats the byte before.</summary>
    private void Run(int length)
    {
        int code = Array.FindLastIndex(s_lengthBase, first => first <= length);
        Symbol(257 + code);
        Put((uint)(length - s_lengthBase[code]), s_lengthBits[code]);
        Put(0, 5);
    }

    private void Symbol(int symbol)
    {
        (int code, int bits) = symbol switch { < 144 => (0x30 + symbol, 8), < 256 => (0x190 + symbol - 144, 9), < 280 => (symbol - 256, 7), _ => (0xC0 + symbol - 280, 8) };
        // Codes are written from their highest bit, all else from the lowest.
        for (int bit = bits - 1; bit >= 0; bit--)
            Put((uint)(code >> bit) & 1, 1);
    }

    private void Put(uint value, int bits)
    {
        _bits |= value << _count;
        _count += bits;
        for (; _count >= 8; _count -= 8, _bits >>= 8)
            _stream.Write<byte>([(byte)_bits]);
    }

    private static uint Adler(ReadOnlySpan<byte> data)
    {
        uint a = 1, b = 0;
        // So many sums fit before they must be reduced.
        for (int start = 0; start < data.Length; start += 5552)
        {
            foreach (byte value in data[start..Math.Min(data.Length, start + 5552)])
                b += a += value;
            (a, b) = (a % 65521, b % 65521);
        }
        return (b << 16) | a;
    }
}
