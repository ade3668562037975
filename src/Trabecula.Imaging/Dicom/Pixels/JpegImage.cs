using Trabecula.Imaging.Voxels;

namespace Trabecula.Imaging.Dicom.Pixels;

/// <summary>The headers of a JPEG image with one component, up to its first scan. Source: ITU-T T.81, annex B.</summary>
internal sealed class JpegImage
{
    private readonly string _path;

    private JpegImage(string path) => _path = path;

    /// <summary>Number of the start-of-frame marker: 0 baseline, 1 extended, 2 progressive, 3 lossless.</summary>
    public int Process { get; private set; } = -1;

    /// <summary>Bits of a sample.</summary>
    public int Precision { get; private set; }

    /// <summary>Lines.</summary>
    public int Rows { get; private set; }

    /// <summary>Samples of a line.</summary>
    public int Columns { get; private set; }

    /// <summary>Coding units between restart markers; 0 for none.</summary>
    public int RestartInterval { get; private set; }

    /// <summary>Huffman tables: the first four of DC or lossless coding, then four of AC.</summary>
    public HuffmanTable?[] Tables { get; } = new HuffmanTable?[8];

    /// <summary>Quantization tables in zigzag order.</summary>
    public ushort[]?[] Quantization { get; } = new ushort[]?[4];

    /// <summary>The quantization table of the component.</summary>
    public int QuantizationSelector { get; private set; }

    /// <summary>The DC or lossless table of the scan.</summary>
    public int DcSelector { get; private set; }

    /// <summary>The AC table of the scan.</summary>
    public int AcSelector { get; private set; }

    /// <summary>First parameter of the scan: the predictor of lossless coding.</summary>
    public int SpectralStart { get; private set; }

    /// <summary>Last parameter of the scan: bits cut off before lossless coding.</summary>
    public int PointTransform { get; private set; }

    /// <summary>First byte of the scan's bits.</summary>
    public int ScanStart { get; private set; }

    /// <summary>Reads the headers and holds them against what DICOM says of the image.</summary>
    /// <exception cref="ImagingException">They are damaged, of more than one component, or of another size.</exception>
    public static JpegImage Read(ReadOnlySpan<byte> data, PixelFormat format, string path)
    {
        var image = new JpegImage(path);
        image.ReadSegments(data);
        if (image.Rows != format.Rows || image.Columns != format.Columns)
            throw image.Fault(FormattableString.Invariant(
                $"the JPEG image has {image.Rows} x {image.Columns} samples, where the header says {format.Rows} x {format.Columns}"));
        if (image.Precision > format.BitsAllocated)
            throw image.Fault(FormattableString.Invariant(
                $"the JPEG image has {image.Precision} bits for each sample, where {format.BitsAllocated} are allocated"));
        return image;
    }

    /// <summary>A fault of the image.</summary>
    public ImagingException Fault(string problem) => new(_path, $"the pixel data are damaged: {problem}.", Cure.CopyAgain);

    private void ReadSegments(ReadOnlySpan<byte> data)
    {
        int at = 0;
        if (data.Length < 2 || data[0] != 0xFF || data[1] != 0xD8)
            throw Fault("a frame does not begin as JPEG");
        at = 2;
        while (true)
        {
            while (at < data.Length && data[at] == 0xFF)
                at++;
            if (at + 3 > data.Length || data[at - 1] != 0xFF)
                throw Fault("a JPEG marker was expected");
            int marker = data[at++], length = data[at] << 8 | data[at + 1];
            if (length < 2 || at + length > data.Length)
                throw Fault("a JPEG segment reaches beyond its frame");
            ReadOnlySpan<byte> segment = data.Slice(at + 2, length - 2);
            at += length;
            if (marker == 0xDA)
            {
                ReadScan(segment);
                ScanStart = at;
                return;
            }
            ReadSegment(marker, segment);
        }
    }

    private void ReadSegment(int marker, ReadOnlySpan<byte> segment)
    {
        switch (marker)
        {
            case >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC):
                ReadFrame(marker - 0xC0, segment);
                break;
            case 0xC4:
                ReadHuffman(segment);
                break;
            case 0xDB:
                ReadQuantization(segment);
                break;
            case 0xDD when segment.Length >= 2:
                RestartInterval = segment[0] << 8 | segment[1];
                break;
        }
    }

    private void ReadFrame(int process, ReadOnlySpan<byte> segment)
    {
        if (segment.Length < 9 || segment[5] != 1)
            throw Fault("a JPEG image of one component was expected");
        (Process, Precision) = (process, segment[0]);
        (Rows, Columns) = (segment[1] << 8 | segment[2], segment[3] << 8 | segment[4]);
        QuantizationSelector = segment[8] & 3;
        if (Precision is < 2 or > 16)
            throw Fault(FormattableString.Invariant($"the JPEG image claims {Precision} bits for each sample"));
    }

    private void ReadScan(ReadOnlySpan<byte> segment)
    {
        if (Process < 0)
            throw Fault("a JPEG scan stands before its frame header");
        if (segment.Length < 6 || segment[0] != 1)
            throw Fault("a JPEG scan of one component was expected");
        (DcSelector, AcSelector) = (segment[2] >> 4 & 3, 4 + (segment[2] & 3));
        (SpectralStart, PointTransform) = (segment[3], segment[5] & 15);
    }

    private void ReadHuffman(ReadOnlySpan<byte> segment)
    {
        while (segment.Length >= 17)
        {
            int selector = (segment[0] >> 4 & 1) * 4 + (segment[0] & 3), count = 0;
            ReadOnlySpan<byte> counts = segment.Slice(1, 16);
            foreach (byte ofLength in counts)
                count += ofLength;
            if (count > 256 || 17 + count > segment.Length || HuffmanTable.Create(counts, segment.Slice(17, count).ToArray()) is not { } table)
                throw Fault("a Huffman table is none");
            Tables[selector] = table;
            segment = segment[(17 + count)..];
        }
    }

    private void ReadQuantization(ReadOnlySpan<byte> segment)
    {
        while (segment.Length > 0)
        {
            int size = segment[0] >> 4 == 0 ? 1 : 2, selector = segment[0] & 3;
            if (segment.Length < 1 + 64 * size)
                throw Fault("a quantization table is cut off");
            var table = new ushort[64];
            for (int i = 0; i < 64; i++)
                table[i] = size == 1 ? segment[1 + i] : (ushort)(segment[1 + 2 * i] << 8 | segment[2 + 2 * i]);
            Quantization[selector] = table;
            segment = segment[(1 + 64 * size)..];
        }
    }
}
