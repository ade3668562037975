namespace Trabecula.Imaging.Dicom.Pixels.Jpeg2000;

/// <summary>A tree of minima over the code blocks of a precinct, decoded bit by bit as far as it is asked for. Source: ITU-T T.800, B.10.2.</summary>
internal sealed class TagTree
{
    private readonly (int Width, int Height, int Offset)[] _levels;
    private readonly int[] _value, _low;

    public TagTree(int width, int height)
    {
        var levels = new List<(int, int, int)>();
        int offset = 0;
        for (int w = width, h = height; ; w = (w + 1) / 2, h = (h + 1) / 2)
        {
            levels.Add((w, h, offset));
            offset += w * h;
            if (w <= 1 && h <= 1)
                break;
        }
        _levels = [.. levels];
        _value = new int[offset];
        _low = new int[offset];
        Array.Fill(_value, int.MaxValue);
    }

    /// <summary>Whether a leaf's value is below a threshold.</summary>
    public bool IsBelow(int x, int y, int threshold, ref PacketBits bits)
    {
        int low = 0, node = 0;
        for (int level = _levels.Length - 1; level >= 0; level--)
        {
            node = _levels[level].Offset + (y >> level) * _levels[level].Width + (x >> level);
            low = _low[node] = Math.Max(low, _low[node]);
            while (low < threshold && low < _value[node])
            {
                if (bits.Take() == 1)
                    _value[node] = low;
                else
                    low++;
            }
            _low[node] = low;
        }
        return _value[node] < threshold;
    }
}

/// <summary>The bits of a packet header: a byte of ones is followed by seven bits. Source: ITU-T T.800, B.10.1.</summary>
internal ref struct PacketBits(ReadOnlySpan<byte> data, int start)
{
    private readonly ReadOnlySpan<byte> _data = data;
    private int _next = start, _byte, _left;

    /// <summary>Whether bits were taken after the end.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Takes a bit.</summary>
    public int Take()
    {
        if (_left == 0)
        {
            _left = _byte == 0xFF ? 7 : 8;
            IsOver |= _next >= _data.Length;
            _byte = _next < _data.Length ? _data[_next] : 0;
            _next++;
        }
        return _byte >> --_left & 1;
    }

    /// <summary>Takes several bits, the most significant first.</summary>
    public int Take(int count)
    {
        int value = 0;
        for (int i = 0; i < count; i++)
            value = value << 1 | Take();
        return value;
    }

    /// <summary>The byte after the header.</summary>
    public readonly int End => _byte == 0xFF ? _next + 1 : _next;
}
