namespace Trabecula.Imaging.Dicom.Pixels;

/// <summary>The entropy-coded bits of a JPEG scan: stuffed zero bytes left out, zeros after a marker or the end. Source: ITU-T T.81, B.1.1.5.</summary>
internal ref struct JpegBits(ReadOnlySpan<byte> data, int start)
{
    private readonly ReadOnlySpan<byte> _data = data;
    private ulong _window;
    private int _bits;

    /// <summary>The next byte that was not taken; a marker is never taken.</summary>
    public int Position { get; private set; } = start;

    /// <summary>Bits taken although the data had ended: the scan is cut off.</summary>
    public int Missing { get; private set; }

    /// <summary>The next bits without taking them.</summary>
    public int Peek(int count)
    {
        if (_bits < count)
            Fill();
        return (int)(_window >> (_bits - count)) & ((1 << count) - 1);
    }

    /// <summary>Takes bits that were looked at.</summary>
    public void Drop(int count) => _bits -= count;

    /// <summary>Takes up to 16 bits.</summary>
    public int Take(int count)
    {
        if (count == 0)
            return 0;
        int value = Peek(count);
        Drop(count);
        return value;
    }

    /// <summary>The difference that a category and its bits stand for (T.81, F.2.2.1).</summary>
    public int TakeSigned(int category)
    {
        int value = Take(category);
        return category == 0 || value >= 1 << (category - 1) ? value : value - (1 << category) + 1;
    }

    /// <summary>Passes a restart marker, if the next bytes are one; the bits before it are padding.</summary>
    public bool Restart()
    {
        (_window, _bits) = (0, 0);
        while (Position + 1 < _data.Length && _data[Position] == 0xFF && _data[Position + 1] == 0xFF)
            Position++;
        if (Position + 1 >= _data.Length || _data[Position] != 0xFF || _data[Position + 1] is < 0xD0 or > 0xD7)
            return false;
        Position += 2;
        return true;
    }

    private void Fill()
    {
        while (_bits <= 40)
        {
            int value = 0;
            if (Position < _data.Length && _data[Position] != 0xFF)
                value = _data[Position++];
            else if (Position + 1 < _data.Length && _data[Position + 1] == 0)
                (value, Position) = (0xFF, Position + 2);
            else
                Missing += 8;
            _window = _window << 8 | (uint)value;
            _bits += 8;
        }
    }
}
