using Trabecula.Imaging.Voxels;

namespace Trabecula.Imaging.Dicom.Pixels;

/// <summary>What the headers of JPEG and JPEG-LS images with one component have in common. Source: ITU-T T.81, annex B; T.87, annex C.</summary>
/// <param name="coding">What messages call the coding.</param>
/// <param name="path">The file, for messages.</param>
internal abstract class JpegHeaders(string coding, string path)
{
    private const int StartOfScan = 0xDA;

    /// <summary>Bits of a sample; 0 before the frame's header.</summary>
    public int Precision { get; private set; }

    /// <summary>Lines.</summary>
    public int Rows { get; private set; }

    /// <summary>Samples of a line.</summary>
    public int Columns { get; private set; }

    /// <summary>First byte of the scan's bits.</summary>
    public int ScanStart { get; private set; }

    /// <summary>A fault of the image.</summary>
    public ImagingException Fault(string problem) => new(path, $"the pixel data are damaged: {problem}.", Cure.CopyAgain);

    /// <summary>Reads the segments up to the first scan and holds them against what DICOM says of the image.</summary>
    /// <exception cref="ImagingException">They are damaged, of more than one component, or of another size.</exception>
    protected void ReadSegments(ReadOnlySpan<byte> data, PixelFormat format)
    {
        if (data.Length < 2 || data[0] != 0xFF || data[1] != 0xD8)
            throw Fault("a frame does not begin as JPEG");
        int at = 2, marker;
        do
        {
            while (at < data.Length && data[at] == 0xFF)
                at++;
            if (at + 3 > data.Length || data[at - 1] != 0xFF)
                throw Fault($"a {coding} marker was expected");
            marker = data[at++];
            int length = data[at] << 8 | data[at + 1];
            if (length < 2 || at + length > data.Length)
                throw Fault($"a {coding} segment reaches beyond its frame");
            ReadOnlySpan<byte> segment = data.Slice(at + 2, length - 2);
            at += length;
            if (marker == StartOfScan)
                ReadScan(segment);
            else
                ReadSegment(marker, segment);
        }
        while (marker != StartOfScan);
        ScanStart = at;
        if (Rows != format.Rows || Columns != format.Columns)
            throw Fault(FormattableString.Invariant($"the {coding} image has {Rows} x {Columns} samples, where the header says {format.Rows} x {format.Columns}"));
        if (Precision > format.BitsAllocated)
            throw Fault(FormattableString.Invariant($"the {coding} image has {Precision} bits for each sample, where {format.BitsAllocated} are allocated"));
    }

    /// <summary>Reads the frame's header: precision, lines, samples of a line, and its one component.</summary>
    protected void ReadFrame(ReadOnlySpan<byte> segment)
    {
        if (segment.Length < 9 || segment[5] != 1)
            throw Fault($"a {coding} image of one component was expected");
        (Precision, Rows, Columns) = (segment[0], segment[1] << 8 | segment[2], segment[3] << 8 | segment[4]);
        if (Precision is < 2 or > 16)
            throw Fault(FormattableString.Invariant($"the {coding} image claims {Precision} bits for each sample"));
    }

    /// <summary>Reads one segment, such as a table or the frame's header.</summary>
    protected abstract void ReadSegment(int marker, ReadOnlySpan<byte> segment);

    /// <summary>Reads the header of the scan.</summary>
    protected abstract void ReadScan(ReadOnlySpan<byte> segment);
}
