namespace Trabecula.Imaging.Dicom.Pixels.Jpeg2000;

/// <summary>Reads the packets of a tile and turns them into samples. Source: ITU-T T.800, annex B.9 to B.12 and E.</summary>
/// <param name="header">The main header.</param>
/// <param name="style">How this tile is coded.</param>
/// <param name="tile">Where it lies.</param>
internal sealed class TileDecoder(Jpeg2000Header header, CodingStyle style, GridRect tile)
{
    private readonly Resolution[] _resolutions = [.. Enumerable.Range(0, style.Levels + 1).Select(number => new Resolution(header, style, tile, number))];
    private readonly BitPlaneDecoder _blocks = new();

    /// <summary>Decodes the tile.</summary>
    /// <param name="data">All its packets.</param>
    /// <returns>Its samples before the shift of level, row by row.</returns>
    public double[] Decode(ReadOnlySpan<byte> data)
    {
        int at = 0;
        foreach ((int layer, Resolution resolution, int precinct) in Packets())
            at = ReadPacket(data, at, layer, resolution.Precincts[precinct]);
        foreach (Resolution resolution in _resolutions)
        {
            foreach (PrecinctBand[] precinct in resolution.Precincts)
            {
                foreach (PrecinctBand part in precinct)
                    DecodeBlocks(data, part);
            }
        }
        double[] values = _resolutions[0].Bands[0].Values;
        for (int r = 1; r < _resolutions.Length; r++)
        {
            IReadOnlyList<Band> bands = _resolutions[r].Bands;
            values = Wavelet.Join(_resolutions[r].Area,
                [(_resolutions[r - 1].Area, values), .. bands.Select(band => (band.Area, band.Values))], style.Reversible);
        }
        return values;
    }

    private IEnumerable<(int Layer, Resolution Resolution, int Precinct)> Packets()
    {
        if (style.Progression == 0)
        {
            return from layer in Enumerable.Range(0, style.Layers)
                   from resolution in _resolutions
                   from precinct in Enumerable.Range(0, resolution.Precincts.Length)
                   select (layer, resolution, precinct);
        }
        if (style.Progression == 1)
        {
            return from resolution in _resolutions
                   from layer in Enumerable.Range(0, style.Layers)
                   from precinct in Enumerable.Range(0, resolution.Precincts.Length)
                   select (layer, resolution, precinct);
        }
        var places = from resolution in _resolutions
                     from precinct in Enumerable.Range(0, resolution.Precincts.Length)
                     select (resolution, precinct, corner: resolution.Corners[precinct]);
        // With one component, by position and by component are the same; by resolution the precincts are in order already.
        if (style.Progression is 3 or 4)
            places = places.OrderBy(place => place.corner.Y).ThenBy(place => place.corner.X).ThenBy(place => place.resolution.Number);
        return from place in places
               from layer in Enumerable.Range(0, style.Layers)
               select (layer, place.resolution, place.precinct);
    }

    private int ReadPacket(ReadOnlySpan<byte> data, int at, int layer, PrecinctBand[] precinct)
    {
        // Markers that announce a packet may be there whether or not the style says so.
        if (at + 6 <= data.Length && data[at] == 0xFF && data[at + 1] == 0x91)
            at += 6;
        if (at >= data.Length)
            throw header.Fault("the packets of a JPEG 2000 image end too early");
        var bits = new PacketBits(data, at);
        if (bits.Take() == 1)
        {
            foreach (PrecinctBand part in precinct)
            {
                for (int i = 0; i < part.Blocks.Length; i++)
                    ReadBlockHeader(part, i, layer, ref bits);
            }
        }
        if (bits.IsOver)
            throw header.Fault("the packets of a JPEG 2000 image end too early");
        at = bits.End;
        if (at + 2 <= data.Length && data[at] == 0xFF && data[at + 1] == 0x92)
            at += 2;
        foreach (PrecinctBand part in precinct)
        {
            foreach (CodeBlock block in part.Blocks)
            {
                foreach ((int segment, int length) in block.Pending)
                {
                    if (length > data.Length - at)
                        throw header.Fault("a code block reaches beyond its tile");
                    block.Segments[segment].Pieces.Add((at, length));
                    at += length;
                }
                block.Pending.Clear();
            }
        }
        return at;
    }

    private void ReadBlockHeader(PrecinctBand part, int index, int layer, ref PacketBits bits)
    {
        CodeBlock block = part.Blocks[index];
        int x = index % part.Across, y = index / part.Across;
        if (block.IsIncluded ? bits.Take() == 0 : !part.Inclusion!.IsBelow(x, y, layer + 1, ref bits))
            return;
        if (!block.IsIncluded)
        {
            block.IsIncluded = true;
            while (!part.ZeroPlanes!.IsBelow(x, y, block.ZeroPlanes + 1, ref bits))
            {
                if (++block.ZeroPlanes > 64 || bits.IsOver)
                    throw header.Fault("a code block has more bit planes than can be");
            }
        }
        int passes = ReadPasses(ref bits);
        while (bits.Take() == 1)
        {
            if (++block.LengthBits > 31 || bits.IsOver)
                throw header.Fault("the length of a code block is out of range");
        }
        foreach ((int segment, int taken) in block.Distribute(passes, style.Options))
        {
            int width = block.LengthBits + System.Numerics.BitOperations.Log2((uint)taken);
            int length = width <= 31 ? bits.Take(width) : throw header.Fault("the length of a code block is out of range");
            block.Pending.Add((segment, length));
        }
    }

    private static int ReadPasses(ref PacketBits bits)
    {
        if (bits.Take() == 0)
            return 1;
        if (bits.Take() == 0)
            return 2;
        int few = bits.Take(2);
        if (few < 3)
            return 3 + few;
        int some = bits.Take(5);
        return some < 31 ? 6 + some : 37 + bits.Take(7);
    }

    private void DecodeBlocks(ReadOnlySpan<byte> data, PrecinctBand part)
    {
        Band band = part.Band;
        int steps = style.Quantization == 1 ? 1 : band.Index + 1;
        if (style.Steps.Count < steps)
            throw header.Fault("quantization steps of a JPEG 2000 image are missing");
        (int exponent, int mantissa) = style.Steps[steps - 1];
        if (style.Quantization == 1)
            exponent -= style.Levels - band.Level;
        // The range of a band grows by one bit for each high-pass direction (T.800, table E.1).
        int gain = band.Kind == 0 ? 0 : band.Kind == 3 ? 2 : 1;
        double step = style.Quantization == 0 ? 1 : Math.ScaleB(1 + mantissa / 2048.0, header.Precision + gain - exponent);
        int planes = style.GuardBits + exponent - 1;
        foreach (CodeBlock block in part.Blocks)
        {
            if (block.IsIncluded && !_blocks.Decode(block, data, planes, band.Kind, style, step, band.Values, band.Area))
                throw header.Fault("a code block has more passes than bit planes");
        }
    }
}
