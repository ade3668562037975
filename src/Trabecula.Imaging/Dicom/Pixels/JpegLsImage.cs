using System.Numerics;

namespace Trabecula.Imaging.Dicom.Pixels;

/// <summary>The headers of a JPEG-LS image with one component. Source: ITU-T T.87, annex C.</summary>
internal sealed class JpegLsImage : JpegHeaders
{
    private JpegLsImage(string path)
        : base("JPEG-LS", path)
    {
    }

    /// <summary>The greatest sample.</summary>
    public int Maximum { get; private set; }

    /// <summary>How far a sample may be off: 0 for lossless.</summary>
    public int Near { get; private set; }

    /// <summary>First bound of the gradients' classes.</summary>
    public int Threshold1 { get; private set; }

    /// <summary>Second bound of the gradients' classes.</summary>
    public int Threshold2 { get; private set; }

    /// <summary>Third bound of the gradients' classes.</summary>
    public int Threshold3 { get; private set; }

    /// <summary>After how many samples of a context its statistics are halved.</summary>
    public int Reset { get; private set; } = 64;

    /// <summary>Number of prediction errors that differ.</summary>
    public int Range => (Maximum + 2 * Near) / (2 * Near + 1) + 1;

    /// <summary>Bits of a prediction error.</summary>
    public int RangeBits => BitsFor(Range);

    /// <summary>Bits that hold so many different numbers.</summary>
    public static int BitsFor(int count) => BitOperations.Log2((uint)(count - 1)) + 1;

    /// <summary>Reads the headers and holds them against what DICOM says of the image.</summary>
    /// <exception cref="ImagingException">They are damaged, of more than one component, or of another size.</exception>
    public static JpegLsImage Read(ReadOnlySpan<byte> data, PixelFormat format, string path)
    {
        var image = new JpegLsImage(path);
        image.ReadSegments(data, format);
        image.SetDefaults();
        return image;
    }

    /// <inheritdoc/>
    protected override void ReadSegment(int marker, ReadOnlySpan<byte> segment)
    {
        if (marker == 0xF7)
            ReadFrame(segment);
        else if (marker == 0xF8)
            ReadParameters(segment);
        else if (marker == 0xDD && segment.ContainsAnyExcept((byte)0))
            throw Fault("JPEG-LS with restart intervals cannot be read");
    }

    private void ReadParameters(ReadOnlySpan<byte> segment)
    {
        if (segment.Length < 11 || segment[0] != 1)
            throw Fault("a JPEG-LS parameter segment is of a kind that one component has no use for");
        Maximum = segment[1] << 8 | segment[2];
        (Threshold1, Threshold2, Threshold3) = (segment[3] << 8 | segment[4], segment[5] << 8 | segment[6], segment[7] << 8 | segment[8]);
        Reset = segment[9] << 8 | segment[10];
        if (Reset == 0)
            Reset = 64;
    }

    /// <inheritdoc/>
    protected override void ReadScan(ReadOnlySpan<byte> segment)
    {
        if (Precision == 0 || segment.Length < 6 || segment[0] != 1 || (segment[5] & 15) != 0)
            throw Fault("a JPEG-LS scan of one component after its frame header was expected");
        Near = segment[3];
    }

    /// <summary>What a parameter segment left out (T.87, C.2.4.1.1).</summary>
    private void SetDefaults()
    {
        int most = (1 << Precision) - 1;
        if (Maximum == 0)
            Maximum = most;
        if (Maximum > most || Near > Math.Min(255, Maximum / 2) || Reset < 3)
            throw Fault("the parameters of a JPEG-LS image contradict each other");
        int coarse = (Math.Min(Maximum, 4095) + 128) / 256, fine = 256 / (Maximum + 1);
        int Default(int basis, int least, int shift) => Maximum >= 128 ? coarse * (basis - least) + least + shift * Near : Math.Max(least, basis / fine + shift * Near);
        int Bound(int value, int from) => value > Maximum || value < from ? from : value;
        Threshold1 = Threshold1 != 0 ? Threshold1 : Bound(Default(3, 2, 3), Near + 1);
        Threshold2 = Threshold2 != 0 ? Threshold2 : Bound(Default(7, 3, 5), Threshold1);
        Threshold3 = Threshold3 != 0 ? Threshold3 : Bound(Default(21, 4, 7), Threshold2);
        if (Threshold1 > Threshold2 || Threshold2 > Threshold3)
            throw Fault("the thresholds of a JPEG-LS image are not in order");
    }
}
