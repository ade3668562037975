namespace Trabecula.Imaging.Dicom.Pixels.Jpeg2000;

/// <summary>JPEG 2000 (Part 1), lossless and lossy, of one component. Source: ITU-T T.800.</summary>
internal sealed class Jpeg2000Decoder : IFrameDecoder
{
    /// <summary>There is no bound in the format; an image of one grey takes about a hundred bytes.</summary>
    public long MostSamplesPerByte => 1 << 14;

    /// <inheritdoc/>
    public void Decode(ReadOnlySpan<byte> frame, PixelFormat format, string path, Span<int> samples)
    {
        Jpeg2000Header header = Jpeg2000Header.Read(frame, format, path);
        var done = new bool[header.TilesAcross * header.TilesDown];
        foreach ((int index, TilePart part) in Tiles(frame, header))
        {
            if (index >= done.Length)
                throw header.Fault("a tile lies outside of its image");
            CodingStyle style = part.Style;
            Check(header, style);
            GridRect tile = header.Tile(index);
            Store(new TileDecoder(header, style, tile).Decode(part.Data(frame)), tile, header, format, samples);
            done[index] = true;
        }
        if (Array.Exists(done, tile => !tile))
            throw header.Fault("tiles of a JPEG 2000 image are missing");
    }

    private static SortedDictionary<int, TilePart> Tiles(ReadOnlySpan<byte> frame, Jpeg2000Header header)
    {
        var tiles = new SortedDictionary<int, TilePart>();
        int at = header.TilesStart;
        while (at + 2 <= frame.Length && frame[at] == 0xFF && frame[at + 1] == 0x90)
        {
            (_, ReadOnlySpan<byte> segment, int next) = header.Segment(frame, at);
            if (segment.Length < 8)
                throw header.Fault("a tile header is cut off");
            int index = segment[0] << 8 | segment[1];
            uint length = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(segment[2..]);
            long end = length == 0 ? frame.Length : at + (long)length;
            if (end > frame.Length)
                throw header.Fault("a tile reaches beyond its frame");
            if (!tiles.TryGetValue(index, out TilePart? tile))
                tiles[index] = tile = new TilePart { Style = header.Style };
            while (next + 2 <= end && !(frame[next] == 0xFF && frame[next + 1] == 0x93))
            {
                (int marker, ReadOnlySpan<byte> own, int after) = header.Segment(frame, next);
                tile.Style = header.TakeStyle(tile.Style, marker, own);
                next = after;
            }
            if (next + 2 > end)
                throw header.Fault("a tile has no data");
            tile.Pieces.Add((next + 2, (int)end - next - 2));
            at = (int)end;
        }
        return tiles;
    }

    private static void Check(Jpeg2000Header header, CodingStyle style)
    {
        (int x, int y) = style.BlockExponents;
        if (style.Layers < 1 || x > 10 || y > 10 || x + y > 12 || style.Progression > 4 || style.PrecinctExponents.Count != style.Levels + 1)
            throw header.Fault("the coding style of a JPEG 2000 image is out of range");
        if (style.Reversible != (style.Quantization == 0) || style.Quantization > 2)
            throw header.Fault("wavelet and quantization of a JPEG 2000 image do not go together");
        if (((int)style.Options & 0x40) != 0)
            throw header.Fault("the code blocks are of high-throughput JPEG 2000, which cannot be read");
    }

    private static void Store(double[] values, GridRect tile, Jpeg2000Header header, PixelFormat format, Span<int> samples)
    {
        double shift = header.Signed ? 0 : 1L << (header.Precision - 1);
        double least = header.Signed ? -(1L << (header.Precision - 1)) : 0, most = least + (1L << header.Precision) - 1;
        // Where DICOM says signed and the codestream does not, the sign is the codestream's highest bit, not that of the stored bits.
        int unused = format.Signed && !header.Signed ? 32 - header.Precision : 0;
        for (int y = 0; y < tile.Height; y++)
        {
            Span<int> line = samples.Slice((tile.Y0 - header.Image.Y0 + y) * format.Columns + tile.X0 - header.Image.X0, tile.Width);
            for (int x = 0; x < line.Length; x++)
                line[x] = (int)(long)Math.Clamp(Math.Floor(values[y * tile.Width + x] + 0.5) + shift, least, most) << unused >> unused;
        }
    }

    private sealed class TilePart
    {
        public required CodingStyle Style { get; set; }

        public List<(int Offset, int Length)> Pieces { get; } = [];

        public ReadOnlySpan<byte> Data(ReadOnlySpan<byte> frame)
        {
            if (Pieces.Count == 1)
                return frame.Slice(Pieces[0].Offset, Pieces[0].Length);
            var data = new byte[Pieces.Sum(piece => piece.Length)];
            int at = 0;
            foreach ((int offset, int length) in Pieces)
            {
                frame.Slice(offset, length).CopyTo(data.AsSpan(at));
                at += length;
            }
            return data;
        }
    }
}
