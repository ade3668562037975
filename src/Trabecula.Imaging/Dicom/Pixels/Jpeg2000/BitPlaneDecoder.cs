namespace Trabecula.Imaging.Dicom.Pixels.Jpeg2000;

/// <summary>Decodes the coefficients of a code block, bit plane by bit plane in three passes. Source: ITU-T T.800, annex D.</summary>
internal sealed class BitPlaneDecoder
{
    private const int SignContexts = 9, RefinementContexts = 14, RunContext = 17, UniformContext = 18, StripeHeight = 4;

    /// <summary>A neighbour's bit in what a coefficient knows of those around it.</summary>
    private const int Left = 1, Right = 2, Up = 4, Down = 8, UpLeft = 16, UpRight = 32, DownLeft = 64, DownRight = 128;

    private static readonly byte[] SignificanceContexts = MakeSignificanceContexts();

    private readonly byte[] _contexts = new byte[19];
    private byte[] _significant = [], _around = [], _visited = [], _refined = [], _plane = [];
    private sbyte[] _sign = [];
    private int[] _magnitude = [];
    private int _width, _height, _stride, _bandKind;
    private bool _causal;

    /// <summary>Decodes a block into its band.</summary>
    /// <param name="block">The block with its segments.</param>
    /// <param name="data">What the segments' offsets count from.</param>
    /// <param name="planes">Bit planes of the band.</param>
    /// <param name="bandKind">0 LL, 1 HL, 2 LH, 3 HH.</param>
    /// <param name="style">How it is coded.</param>
    /// <param name="step">Value of a coefficient of 1; halves count.</param>
    /// <param name="target">The coefficients of the band.</param>
    /// <param name="band">Where the band lies.</param>
    public bool Decode(
        CodeBlock block, ReadOnlySpan<byte> data, int planes, int bandKind, CodingStyle style, double step, Span<double> target, GridRect band)
    {
        int plane = planes - block.ZeroPlanes - 1;
        if (plane > 30 || plane < 0 && block.Passes > 0)
            return false;
        Clear(block.Area, bandKind, style.Options.HasFlag(BlockOptions.VerticallyCausal));
        int pass = 0;
        foreach ((int passes, List<(int Offset, int Length)> pieces) in block.Segments)
        {
            ReadOnlySpan<byte> bytes = Join(data, pieces);
            bool raw = style.Options.HasFlag(BlockOptions.Bypass) && pass >= 10 && pass % 3 != 0;
            var decoder = new ArithmeticDecoder(bytes, raw);
            for (int i = 0; i < passes; i++, pass++)
            {
                // The first pass is a cleanup; after each cleanup a plane is complete.
                int current = plane - (pass + 2) / 3;
                if (current < 0)
                    return false;
                Run(pass % 3, current, raw, ref decoder, style.Options);
            }
        }
        Store(block.Area, band, step, style.Reversible, target);
        return true;
    }

    private void Run(int kind, int plane, bool raw, ref ArithmeticDecoder decoder, BlockOptions options)
    {
        for (int top = 0; top < _height; top += StripeHeight)
        {
            int bottom = Math.Min(top + StripeHeight, _height);
            for (int x = 0; x < _width; x++)
            {
                if (kind == 1)
                    Propagate(x, top, bottom, plane, raw, ref decoder);
                else if (kind == 2)
                    Refine(x, top, bottom, plane, ref decoder);
                else
                    CleanUp(x, top, bottom, plane, ref decoder);
            }
        }
        if (kind == 0)
        {
            Array.Clear(_visited);
            for (int i = 0; i < 4 && options.HasFlag(BlockOptions.SegmentationSymbols); i++)
                decoder.Decode(ref _contexts[UniformContext]);
        }
        if (options.HasFlag(BlockOptions.ResetContexts))
            ResetContexts();
    }

    private void Propagate(int x, int top, int bottom, int plane, bool raw, ref ArithmeticDecoder decoder)
    {
        for (int y = top; y < bottom; y++)
        {
            int at = Index(x, y), context;
            if (_significant[at] != 0 || (context = Neighbourhood(at, y, top)) == 0)
                continue;
            _visited[at] = 1;
            if (decoder.Decode(ref _contexts[context]) == 1)
                BecomeSignificant(at, y, top, plane, raw, ref decoder);
        }
    }

    private void Refine(int x, int top, int bottom, int plane, ref ArithmeticDecoder decoder)
    {
        for (int y = top; y < bottom; y++)
        {
            int at = Index(x, y);
            if (_significant[at] == 0 || _visited[at] != 0)
                continue;
            int context = RefinementContexts + (_refined[at] != 0 ? 2 : Neighbourhood(at, y, top) != 0 ? 1 : 0);
            _magnitude[at] |= decoder.Decode(ref _contexts[context]) << plane;
            (_refined[at], _plane[at]) = (1, (byte)plane);
        }
    }

    private void CleanUp(int x, int top, int bottom, int plane, ref ArithmeticDecoder decoder)
    {
        int y = top;
        if (bottom - top == StripeHeight && IsQuiet(x, top))
        {
            if (decoder.Decode(ref _contexts[RunContext]) == 0)
                return;
            y += decoder.Decode(ref _contexts[UniformContext]) << 1;
            y += decoder.Decode(ref _contexts[UniformContext]);
            BecomeSignificant(Index(x, y), y, top, plane, raw: false, ref decoder);
            y++;
        }
        for (; y < bottom; y++)
        {
            int at = Index(x, y);
            if (_significant[at] == 0 && _visited[at] == 0 && decoder.Decode(ref _contexts[Neighbourhood(at, y, top)]) == 1)
                BecomeSignificant(at, y, top, plane, raw: false, ref decoder);
        }
    }

    private bool IsQuiet(int x, int top)
    {
        for (int y = top; y < top + StripeHeight; y++)
        {
            int at = Index(x, y);
            if (_significant[at] != 0 || _visited[at] != 0 || Neighbourhood(at, y, top) != 0)
                return false;
        }
        return true;
    }

    private void BecomeSignificant(int at, int y, int top, int plane, bool raw, ref ArithmeticDecoder decoder)
    {
        int negative;
        if (raw)
        {
            byte unused = 0;
            negative = decoder.Decode(ref unused);
        }
        else
        {
            bool hasBelow = SeesBelow(y, top);
            int h = Math.Clamp(_sign[at - 1] + _sign[at + 1], -1, 1), v = Math.Clamp(_sign[at - _stride] + (hasBelow ? _sign[at + _stride] : 0), -1, 1);
            int flip = h < 0 || h == 0 && v < 0 ? 1 : 0;
            // Table D.3: contexts 9 to 13 by the horizontal and the vertical contribution, signs turned so that the first is not negative.
            int context = SignContexts + (h == 0 ? Math.Abs(v) : 3 + h * v);
            negative = decoder.Decode(ref _contexts[context]) ^ flip;
        }
        _significant[at] = 1;
        byte[] around = _around;
        int above = at - _stride, below = at + _stride;
        around[at + 1] |= Left;
        around[at - 1] |= Right;
        around[below] |= Up;
        around[above] |= Down;
        around[below + 1] |= UpLeft;
        around[below - 1] |= UpRight;
        around[above + 1] |= DownLeft;
        around[above - 1] |= DownRight;
        _sign[at] = (sbyte)(negative == 1 ? -1 : 1);
        _magnitude[at] = 1 << plane;
        _plane[at] = (byte)plane;
    }

    /// <summary>The context of significance; 0 where no neighbour is significant.</summary>
    private int Neighbourhood(int at, int y, int top)
    {
        int around = _around[at];
        if (!SeesBelow(y, top))
            around &= ~(Down | DownLeft | DownRight);
        return SignificanceContexts[_bandKind << 8 | around];
    }

    /// <summary>Table D.1 for every band and every set of significant neighbours.</summary>
    private static byte[] MakeSignificanceContexts()
    {
        var contexts = new byte[4 << 8];
        for (int i = 0; i < contexts.Length; i++)
        {
            int kind = i >> 8, h = Count(i & (Left | Right)), v = Count(i & (Up | Down)), d = Count(i & (UpLeft | UpRight | DownLeft | DownRight)), hv = h + v;
            if (kind == 1)
                (h, v) = (v, h);
            contexts[i] = (byte)(kind == 3
                ? d >= 3 ? 8 : d == 2 ? hv >= 1 ? 7 : 6 : d == 1 ? hv >= 2 ? 5 : 3 + hv : Math.Min(hv, 2)
                : h == 2 ? 8 : h == 1 ? v >= 1 ? 7 : d >= 1 ? 6 : 5 : v > 0 ? 2 + v : Math.Min(d, 2));
        }
        return contexts;
    }

    private static int Count(int bits) => System.Numerics.BitOperations.PopCount((uint)bits);

    private bool SeesBelow(int y, int top) => !_causal || y != top + StripeHeight - 1;

    private int Index(int x, int y) => (y + 1) * _stride + x + 1;

    private void Clear(GridRect area, int bandKind, bool causal)
    {
        (_width, _height, _stride, _bandKind, _causal) = (area.Width, area.Height, area.Width + 2, bandKind, causal);
        int length = _stride * (_height + 2);
        if (_significant.Length < length)
            (_significant, _visited, _refined, _plane, _sign, _magnitude) =
                (new byte[length], new byte[length], new byte[length], new byte[length], new sbyte[length], new int[length]);
        if (_around.Length < length)
            _around = new byte[length];
        Array.Clear(_around);
        Array.Clear(_significant);
        Array.Clear(_visited);
        Array.Clear(_refined);
        Array.Clear(_sign);
        Array.Clear(_magnitude);
        ResetContexts();
    }

    private void ResetContexts()
    {
        Array.Clear(_contexts);
        (_contexts[0], _contexts[RunContext], _contexts[UniformContext]) = (4 << 1, 3 << 1, 46 << 1);
    }

    /// <summary>Values at the middle of what the bits that were not decoded leave open; whole numbers stay whole.</summary>
    private void Store(GridRect area, GridRect band, double step, bool reversible, Span<double> target)
    {
        for (int y = 0; y < _height; y++)
        {
            Span<double> line = target.Slice((area.Y0 - band.Y0 + y) * band.Width + area.X0 - band.X0, _width);
            for (int x = 0; x < _width; x++)
            {
                int at = Index(x, y);
                double value = _magnitude[at] == 0 ? 0 : _magnitude[at] + 0.5 * (1 << _plane[at]);
                line[x] = _sign[at] * (reversible ? Math.Floor(value) : value * step);
            }
        }
    }

    private static ReadOnlySpan<byte> Join(ReadOnlySpan<byte> data, List<(int Offset, int Length)> pieces)
    {
        if (pieces.Count == 1)
            return data.Slice(pieces[0].Offset, pieces[0].Length);
        byte[] joined = new byte[pieces.Sum(piece => piece.Length)];
        int at = 0;
        foreach ((int offset, int length) in pieces)
        {
            data.Slice(offset, length).CopyTo(joined.AsSpan(at));
            at += length;
        }
        return joined;
    }
}
