namespace Trabecula.Imaging.Dicom.Pixels.Jpeg2000;

/// <summary>A band of wavelet coefficients.</summary>
/// <param name="Kind">0 LL, 1 HL, 2 LH, 3 HH.</param>
/// <param name="Area">Where it lies.</param>
/// <param name="Index">Its place among the quantization steps.</param>
/// <param name="Level">Decomposition level, 1 being the finest.</param>
internal sealed record Band(int Kind, GridRect Area, int Index, int Level)
{
    /// <summary>The coefficients.</summary>
    public double[] Values { get; } = new double[Area.Width * Area.Height];
}

/// <summary>The code blocks of one band within a precinct.</summary>
internal sealed class PrecinctBand
{
    /// <summary>Divides a rectangle into blocks whose borders are multiples of their size.</summary>
    public PrecinctBand(Band band, GridRect area, int xExponent, int yExponent)
    {
        Band = band;
        if (area.IsEmpty)
        {
            Blocks = [];
            return;
        }
        int x0 = area.X0 >> xExponent, y0 = area.Y0 >> yExponent;
        Across = (area.X1 - 1 >> xExponent) - x0 + 1;
        int down = (area.Y1 - 1 >> yExponent) - y0 + 1;
        Blocks = new CodeBlock[Across * down];
        for (int i = 0; i < Blocks.Length; i++)
        {
            int x = x0 + i % Across, y = y0 + i / Across;
            Blocks[i] = new(area.Intersect(new(x << xExponent, y << yExponent, x + 1 << xExponent, y + 1 << yExponent)));
        }
        Inclusion = new TagTree(Across, down);
        ZeroPlanes = new TagTree(Across, down);
    }

    public Band Band { get; }

    /// <summary>Blocks in a row.</summary>
    public int Across { get; }

    /// <summary>The blocks, row by row.</summary>
    public CodeBlock[] Blocks { get; }

    public TagTree? Inclusion { get; }

    public TagTree? ZeroPlanes { get; }
}

/// <summary>One resolution of a tile: its bands, divided into precincts. Source: ITU-T T.800, annex B.5 to B.7.</summary>
internal sealed class Resolution
{
    /// <summary>A real image has some thousand; more are a damaged header.</summary>
    private const int MostPrecincts = 1 << 18;

    public Resolution(Jpeg2000Header header, CodingStyle style, GridRect tile, int number)
    {
        int reduction = style.Levels - number;
        Area = Reduce(tile, reduction, 0, 0);
        Number = number;
        int level = number == 0 ? style.Levels : reduction + 1;
        Bands = number == 0 ? [new(0, Reduce(tile, level, 0, 0), 0, level)]
            : [.. Enumerable.Range(1, 3).Select(kind => new Band(kind, Reduce(tile, level, kind & 1, kind >> 1), 3 * (number - 1) + kind, level))];
        (int x, int y) = style.PrecinctExponents[number];
        if (number > 0 && (x == 0 || y == 0))
            throw header.Fault("precincts of a JPEG 2000 image are too small");
        Across = Area.IsEmpty ? 0 : (Area.X1 - 1 >> x) - (Area.X0 >> x) + 1;
        int down = Area.IsEmpty ? 0 : (Area.Y1 - 1 >> y) - (Area.Y0 >> y) + 1;
        if ((long)Across * down > MostPrecincts)
            throw header.Fault("a JPEG 2000 image has too many precincts");
        Precincts = new PrecinctBand[Across * down][];
        Corners = new (long, long)[Precincts.Length];
        for (int i = 0; i < Precincts.Length; i++)
        {
            int column = (Area.X0 >> x) + i % Across, row = (Area.Y0 >> y) + i / Across;
            Corners[i] = (Math.Max((long)column << x + reduction, tile.X0), Math.Max((long)row << y + reduction, tile.Y0));
            // In the bands of a higher resolution a precinct takes half as many coefficients each way.
            int half = number == 0 ? 0 : 1, px = x - half, py = y - half;
            var area = new GridRect(Shift(column, px), Shift(row, py), Shift(column + 1, px), Shift(row + 1, py));
            Precincts[i] = [.. Bands.Select(band => new PrecinctBand(band, band.Area.Intersect(area),
                Math.Min(style.BlockExponents.X, px), Math.Min(style.BlockExponents.Y, py)))];
        }
    }

    /// <summary>0 for the lowest.</summary>
    public int Number { get; }

    public GridRect Area { get; }

    public IReadOnlyList<Band> Bands { get; }

    public int Across { get; }

    /// <summary>The bands' blocks of each precinct.</summary>
    public PrecinctBand[][] Precincts { get; }

    /// <summary>Where each precinct begins on the reference grid, which orders packets by position.</summary>
    public (long X, long Y)[] Corners { get; }

    /// <summary>A rectangle in the coordinates of a band (T.800, equation B-15).</summary>
    private static GridRect Reduce(GridRect tile, int level, int xOdd, int yOdd)
    {
        int X(int value, int odd) => level == 0 ? value : (int)(value - ((long)odd << level - 1) + (1L << level) - 1 >> level);
        return new(X(tile.X0, xOdd), X(tile.Y0, yOdd), X(tile.X1, xOdd), X(tile.Y1, yOdd));
    }

    private static int Shift(int value, int bits) => (int)Math.Min((long)value << bits, int.MaxValue);
}
