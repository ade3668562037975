namespace Trabecula.Imaging.Dicom.Pixels;

/// <summary>A Huffman table of JPEG: canonical codes of up to 16 bits. Source: ITU-T T.81, annex C and F.2.2.3.</summary>
internal sealed class HuffmanTable
{
    private const int FastBits = 9;

    private readonly byte[] _symbols;
    private readonly int[] _lastCode = new int[18], _offset = new int[17];
    private readonly ushort[] _fast = new ushort[1 << FastBits];

    private HuffmanTable(ReadOnlySpan<byte> counts, byte[] symbols)
    {
        _symbols = symbols;
        int code = 0, index = 0;
        for (int length = 1; length <= 16; length++)
        {
            _offset[length] = index - code;
            for (int i = 0; i < counts[length - 1]; i++, index++, code++)
            {
                if (length > FastBits)
                    continue;
                int first = code << (FastBits - length);
                _fast.AsSpan(first, 1 << (FastBits - length)).Fill((ushort)(length << 8 | symbols[index]));
            }
            _lastCode[length] = counts[length - 1] == 0 ? -1 : code - 1;
            code <<= 1;
        }
    }

    /// <summary>Makes a table; null where the counts describe more codes than there can be.</summary>
    public static HuffmanTable? Create(ReadOnlySpan<byte> counts, byte[] symbols)
    {
        int code = 0;
        for (int length = 1; length <= 16; length++)
        {
            code = (code << 1) + counts[length - 1];
            if (code > 1 << length)
                return null;
        }
        return new(counts, symbols);
    }

    /// <summary>Takes the next symbol; -1 where the bits are none of the codes.</summary>
    public int Decode(ref JpegBits bits)
    {
        int entry = _fast[bits.Peek(FastBits)];
        if (entry != 0)
        {
            bits.Drop(entry >> 8);
            return entry & 0xFF;
        }
        int window = bits.Peek(16);
        for (int length = 1; length <= 16; length++)
        {
            int code = window >> (16 - length);
            if (_lastCode[length] >= 0 && code <= _lastCode[length])
            {
                int index = code + _offset[length];
                if (index < 0 || index >= _symbols.Length)
                    return -1;
                bits.Drop(length);
                return _symbols[index];
            }
        }
        return -1;
    }
}
