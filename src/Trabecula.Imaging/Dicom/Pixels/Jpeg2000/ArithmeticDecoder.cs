namespace Trabecula.Imaging.Dicom.Pixels.Jpeg2000;

/// <summary>The adaptive binary arithmetic decoder (MQ), and the raw bits that replace it where coding is bypassed. Source: ITU-T T.800, annex C and D.6.</summary>
internal ref struct ArithmeticDecoder
{
    private readonly ReadOnlySpan<byte> _data;
    private readonly bool _raw;
    private int _next, _count;
    private uint _code, _interval;

    // Probability estimate, next state after the more and the less probable symbol, and whether the sense of the symbol switches (table C.2).
    private static ReadOnlySpan<ushort> Estimates =>
    [
        0x5601, 0x3401, 0x1801, 0x0AC1, 0x0521, 0x0221, 0x5601, 0x5401, 0x4801, 0x3801, 0x3001, 0x2401, 0x1C01, 0x1601, 0x5601, 0x5401,
        0x5101, 0x4801, 0x3801, 0x3401, 0x3001, 0x2801, 0x2401, 0x2201, 0x1C01, 0x1801, 0x1601, 0x1401, 0x1201, 0x1101, 0x0AC1, 0x09C1,
        0x08A1, 0x0521, 0x0441, 0x02A1, 0x0221, 0x0141, 0x0111, 0x0085, 0x0049, 0x0025, 0x0015, 0x0009, 0x0005, 0x0001, 0x5601,
    ];

    private static ReadOnlySpan<byte> AfterMore =>
    [
        1, 2, 3, 4, 5, 38, 7, 8, 9, 10, 11, 12, 13, 29, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38,
        39, 40, 41, 42, 43, 44, 45, 45, 46,
    ];

    private static ReadOnlySpan<byte> AfterLess =>
    [
        1, 6, 9, 12, 29, 33, 6, 14, 14, 14, 17, 18, 20, 21, 14, 14, 15, 16, 17, 18, 19, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34,
        35, 36, 37, 38, 39, 40, 41, 42, 43, 46,
    ];

    /// <summary>Begins a codeword segment.</summary>
    public ArithmeticDecoder(ReadOnlySpan<byte> data, bool raw)
    {
        _data = data;
        _raw = raw;
        if (raw)
            return;
        _code = (uint)(data.Length > 0 ? data[0] : 0xFF) << 16;
        ReadByte();
        _code <<= 7;
        _count -= 7;
        _interval = 0x8000;
    }

    /// <summary>Decodes a symbol in a context, or takes a raw bit.</summary>
    /// <param name="context">State of the context, twice its number in the table plus the more probable symbol; changed by what is decoded.</param>
    public int Decode(ref byte context)
    {
        if (_raw)
            return TakeRaw();
        int state = context >> 1, symbol = context & 1;
        uint estimate = Estimates[state];
        _interval -= estimate;
        if (_code >> 16 < estimate)
        {
            // The less probable part lies below; it counts as the more probable one where it has become the larger.
            bool exchanged = _interval < estimate;
            _interval = estimate;
            return Renormalize(ref context, state, symbol, exchanged);
        }
        _code -= estimate << 16;
        if ((_interval & 0x8000) != 0)
            return symbol;
        return Renormalize(ref context, state, symbol, _interval >= estimate);
    }

    private int Renormalize(ref byte context, int state, int symbol, bool more)
    {
        int decoded = more ? symbol : 1 - symbol;
        bool switches = !more && state is 0 or 6 or 14;
        context = (byte)((more ? AfterMore[state] : AfterLess[state]) << 1 | (switches ? 1 - symbol : symbol));
        do
        {
            if (_count == 0)
                ReadByte();
            _interval <<= 1;
            _code <<= 1;
            _count--;
        }
        while ((_interval & 0x8000) == 0);
        return decoded;
    }

    private void ReadByte()
    {
        byte current = _next < _data.Length ? _data[_next] : (byte)0xFF, following = _next + 1 < _data.Length ? _data[_next + 1] : (byte)0xFF;
        if (current == 0xFF && following > 0x8F)
        {
            _code += 0xFF00;
            _count = 8;
            return;
        }
        _next++;
        _code += (uint)following << (current == 0xFF ? 9 : 8);
        _count = current == 0xFF ? 7 : 8;
    }

    private int TakeRaw()
    {
        if (_count == 0)
        {
            _count = _next > 0 && _next <= _data.Length && _data[_next - 1] == 0xFF ? 7 : 8;
            _code = _next < _data.Length ? _data[_next] : 0xFFu;
            _next++;
        }
        return (int)(_code >> --_count & 1);
    }
}
