namespace Trabecula.Imaging.Dicom.Pixels;

/// <summary>The bits of a JPEG-LS scan: after a byte of ones the next has seven bits; zeros after a marker or the end. Source: ITU-T T.87, A.1.</summary>
internal ref struct JpegLsBits(ReadOnlySpan<byte> data, int start)
{
    private readonly ReadOnlySpan<byte> _data = data;
    private int _next = start;
    private ulong _window;
    private int _bits;
    private bool _afterOnes;

    /// <summary>Bits taken although the data had ended.</summary>
    public int Missing { get; private set; }

    /// <summary>Takes up to 24 bits.</summary>
    public int Take(int count)
    {
        while (_bits < count)
        {
            bool marker = _next >= _data.Length || _data[_next] == 0xFF && (_next + 1 >= _data.Length || _data[_next + 1] >= 0x80);
            int value = marker ? 0 : _data[_next++], width = _afterOnes ? 7 : 8;
            if (marker)
                Missing += width;
            _window = _window << width | (uint)value;
            _bits += width;
            _afterOnes = value == 0xFF;
        }
        _bits -= count;
        return (int)(_window >> _bits) & ((1 << count) - 1);
    }
}
