using System.Buffers.Binary;
using Trabecula.Imaging.Voxels;

namespace Trabecula.Imaging.Dicom.Pixels.Jpeg2000;

/// <summary>How a tile's coefficients are coded: the markers COD and QCD, which a tile may have of its own.</summary>
internal sealed record CodingStyle
{
    /// <summary>Order of the packets: 0 LRCP, 1 RLCP, 2 RPCL, 3 PCRL, 4 CPRL.</summary>
    public int Progression { get; init; }

    /// <summary>Quality layers.</summary>
    public int Layers { get; init; }

    /// <summary>Levels of the wavelet transform.</summary>
    public int Levels { get; init; }

    /// <summary>Exponents of a code block's width and height.</summary>
    public (int X, int Y) BlockExponents { get; init; }

    /// <summary>Options of the bit-plane coder.</summary>
    public BlockOptions Options { get; init; }

    /// <summary>Whether the wavelet is the reversible 5/3, rather than 9/7.</summary>
    public bool Reversible { get; init; }

    /// <summary>Exponents of precinct sizes by resolution.</summary>
    public IReadOnlyList<(int X, int Y)> PrecinctExponents { get; init; } = [];

    /// <summary>0 none, 1 derived from the lowest band, 2 for each band.</summary>
    public int Quantization { get; init; }

    /// <summary>Bits that a coefficient may grow beyond its range.</summary>
    public int GuardBits { get; init; }

    /// <summary>Exponent and mantissa of the steps, band by band.</summary>
    public IReadOnlyList<(int Exponent, int Mantissa)> Steps { get; init; } = [];
}

/// <summary>Options of the bit-plane coder (T.800, table A.19).</summary>
[Flags]
internal enum BlockOptions
{
    None = 0,
    Bypass = 1,
    ResetContexts = 2,
    TerminateEach = 4,
    VerticallyCausal = 8,
    PredictableTermination = 16,
    SegmentationSymbols = 32,
}

/// <summary>The main header of a JPEG 2000 codestream with one component. Source: ITU-T T.800, annex A.</summary>
internal sealed class Jpeg2000Header
{
    private readonly string _path;

    private Jpeg2000Header(string path) => _path = path;

    /// <summary>The image on the reference grid.</summary>
    public GridRect Image { get; private set; }

    /// <summary>Origin of the tiles.</summary>
    public (int X, int Y) TileOrigin { get; private set; }

    /// <summary>Size of a tile.</summary>
    public (int X, int Y) TileSize { get; private set; }

    /// <summary>Bits of a sample.</summary>
    public int Precision { get; private set; }

    /// <summary>Whether samples are signed.</summary>
    public bool Signed { get; private set; }

    /// <summary>The coding of tiles that have none of their own.</summary>
    public CodingStyle Style { get; private set; } = new();

    /// <summary>First byte of the first tile part.</summary>
    public int TilesStart { get; private set; }

    /// <summary>Tiles in a row.</summary>
    public int TilesAcross => (int)(((long)Image.X1 - TileOrigin.X + TileSize.X - 1) / TileSize.X);

    /// <summary>Rows of tiles.</summary>
    public int TilesDown => (int)(((long)Image.Y1 - TileOrigin.Y + TileSize.Y - 1) / TileSize.Y);

    /// <summary>Reads the header and holds it against what DICOM says of the image.</summary>
    /// <exception cref="ImagingException">It is damaged, of more than one component, or of another size.</exception>
    public static Jpeg2000Header Read(ReadOnlySpan<byte> data, PixelFormat format, string path)
    {
        var header = new Jpeg2000Header(path);
        if (data.Length < 4 || data[0] != 0xFF || data[1] != 0x4F)
            throw header.Fault("a frame does not begin as a JPEG 2000 codestream");
        int at = 2;
        while (true)
        {
            (int marker, ReadOnlySpan<byte> segment, int end) = header.Segment(data, at);
            if (marker == 0x90)
                break;
            header.Take(marker, segment);
            at = end;
        }
        header.TilesStart = at;
        header.Check(format);
        return header;
    }

    /// <summary>The rectangle of a tile.</summary>
    public GridRect Tile(int index)
    {
        int column = index % TilesAcross, row = index / TilesAcross;
        return new(
            (int)Math.Max((long)TileOrigin.X + (long)column * TileSize.X, Image.X0), (int)Math.Max((long)TileOrigin.Y + (long)row * TileSize.Y, Image.Y0),
            (int)Math.Min((long)TileOrigin.X + (column + 1L) * TileSize.X, Image.X1), (int)Math.Min((long)TileOrigin.Y + (row + 1L) * TileSize.Y, Image.Y1));
    }

    /// <summary>A marker with its segment, and the byte after it.</summary>
    public MarkerSegment Segment(ReadOnlySpan<byte> data, int at)
    {
        if (at + 4 > data.Length || data[at] != 0xFF)
            throw Fault("a JPEG 2000 marker was expected");
        int length = data[at + 2] << 8 | data[at + 3];
        if (length < 2 || at + 2 + length > data.Length)
            throw Fault("a JPEG 2000 segment reaches beyond its frame");
        return new(data[at + 1], data.Slice(at + 4, length - 2), at + 2 + length);
    }

    /// <summary>Takes a marker of coding or quantization into a style.</summary>
    public CodingStyle TakeStyle(CodingStyle style, int marker, ReadOnlySpan<byte> segment) => marker switch
    {
        0x52 when segment.Length >= 10 => WithCoding(style with { Progression = segment[1], Layers = segment[2] << 8 | segment[3] }, segment[0], segment[5..]),
        0x53 when segment.Length >= 7 => WithCoding(style, segment[1], segment[2..]),
        0x5C when segment.Length >= 2 => WithQuantization(style, segment),
        0x5D when segment.Length >= 3 => WithQuantization(style, segment[1..]),
        0x52 or 0x53 or 0x5C or 0x5D => throw Fault("a coding style is cut off"),
        0x5E => throw Fault("a region of interest (RGN) cannot be read"),
        0x5F or 0x60 or 0x61 => throw Fault("changes of progression and packed packet headers (POC, PPM, PPT) cannot be read"),
        _ => style,
    };

    /// <summary>A fault of the image.</summary>
    public ImagingException Fault(string problem) => new(_path, $"the pixel data are damaged: {problem}.", Cure.CopyAgain);

    private void Take(int marker, ReadOnlySpan<byte> segment)
    {
        if (marker == 0x51)
            ReadSize(segment);
        else
            Style = TakeStyle(Style, marker, segment);
    }

    private void ReadSize(ReadOnlySpan<byte> segment)
    {
        if (segment.Length < 39)
            throw Fault("the size of a JPEG 2000 image is cut off");
        var numbers = new int[8];
        for (int i = 0; i < numbers.Length; i++)
        {
            uint number = BinaryPrimitives.ReadUInt32BigEndian(segment[(2 + 4 * i)..]);
            // Tiles may be larger than any image; coordinates of one may not.
            numbers[i] = number > 1 << 30 ? i is 4 or 5 ? 1 << 30 : throw Fault("a JPEG 2000 image is larger than can be") : (int)number;
        }
        if ((segment[34] << 8 | segment[35]) != 1 || segment[37] != 1 || segment[38] != 1)
            throw Fault("a JPEG 2000 image of one component was expected");
        Image = new(numbers[2], numbers[3], numbers[0], numbers[1]);
        (TileSize, TileOrigin) = ((numbers[4], numbers[5]), (numbers[6], numbers[7]));
        (Signed, Precision) = (segment[36] >= 0x80, (segment[36] & 0x7F) + 1);
    }

    private CodingStyle WithCoding(CodingStyle style, int flags, ReadOnlySpan<byte> parameters)
    {
        int levels = parameters[0];
        var precincts = new (int X, int Y)[Math.Min(levels, 32) + 1];
        if (levels > 32 || (flags & 1) != 0 && parameters.Length < 5 + precincts.Length)
            throw Fault("the levels of a wavelet transform are out of range");
        for (int i = 0; i < precincts.Length; i++)
            precincts[i] = (flags & 1) == 0 ? (15, 15) : (parameters[5 + i] & 15, parameters[5 + i] >> 4);
        return style with
        {
            Levels = levels,
            BlockExponents = (parameters[1] + 2, parameters[2] + 2),
            Options = (BlockOptions)parameters[3],
            Reversible = parameters[4] == 1,
            PrecinctExponents = precincts,
        };
    }

    private static CodingStyle WithQuantization(CodingStyle style, ReadOnlySpan<byte> segment)
    {
        int kind = segment[0] & 31, size = kind == 0 ? 1 : 2;
        var steps = new (int, int)[(segment.Length - 1) / size];
        for (int i = 0; i < steps.Length; i++)
        {
            int value = kind == 0 ? segment[1 + i] << 8 : segment[1 + 2 * i] << 8 | segment[2 + 2 * i];
            steps[i] = (value >> 11, kind == 0 ? 0 : value & 0x7FF);
        }
        return style with { Quantization = kind, GuardBits = segment[0] >> 5, Steps = steps };
    }

    private void Check(PixelFormat format)
    {
        if (Image.Width != format.Columns || Image.Height != format.Rows)
            throw Fault(FormattableString.Invariant(
                $"the JPEG 2000 image has {Image.Height} x {Image.Width} samples, where the header says {format.Rows} x {format.Columns}"));
        if (Precision > format.BitsAllocated)
            throw Fault(FormattableString.Invariant(
                $"the JPEG 2000 image has {Precision} bits for each sample, where {format.BitsAllocated} are allocated"));
        if (TileSize.X < 1 || TileSize.Y < 1 || TileOrigin.X > Image.X0 || TileOrigin.Y > Image.Y0 || (long)TilesAcross * TilesDown > 65535)
            throw Fault("the tiles of a JPEG 2000 image do not cover it");
    }
}

/// <summary>A marker with what belongs to it.</summary>
internal readonly ref struct MarkerSegment(int marker, ReadOnlySpan<byte> content, int end)
{
    private readonly ReadOnlySpan<byte> _content = content;

    public void Deconstruct(out int number, out ReadOnlySpan<byte> segment, out int after)
    {
        number = marker;
        segment = _content;
        after = end;
    }
}

/// <summary>A rectangle of the reference grid, or of one of its reductions; the last column and row are outside.</summary>
internal readonly record struct GridRect(int X0, int Y0, int X1, int Y1)
{
    public int Width => Math.Max(0, X1 - X0);

    public int Height => Math.Max(0, Y1 - Y0);

    public bool IsEmpty => X1 <= X0 || Y1 <= Y0;

    /// <summary>The part of another rectangle within this one.</summary>
    public GridRect Intersect(GridRect other) =>
        new(Math.Max(X0, other.X0), Math.Max(Y0, other.Y0), Math.Min(X1, other.X1), Math.Min(Y1, other.Y1));
}
