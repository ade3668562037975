namespace Trabecula.Imaging.Dicom.Pixels;

/// <summary>The headers of a JPEG image with one component, up to its first scan. Source: ITU-T T.81, annex B.</summary>
internal sealed class JpegImage : JpegHeaders
{
    private JpegImage(string path)
        : base("JPEG", path)
    {
    }

    /// <summary>Number of the start-of-frame marker: 0 baseline, 1 extended, 2 progressive, 3 lossless.</summary>
    public int Process { get; private set; } = -1;

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

    /// <summary>Reads the headers and holds them against what DICOM says of the image.</summary>
    /// <exception cref="ImagingException">They are damaged, of more than one component, or of another size.</exception>
    public static JpegImage Read(ReadOnlySpan<byte> data, PixelFormat format, string path)
    {
        var image = new JpegImage(path);
        image.ReadSegments(data, format);
        return image;
    }

    /// <inheritdoc/>
    protected override void ReadSegment(int marker, ReadOnlySpan<byte> segment)
    {
        switch (marker)
        {
            case >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC):
                ReadFrame(segment);
                (Process, QuantizationSelector) = (marker - 0xC0, segment[8] & 3);
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

    /// <inheritdoc/>
    protected override void ReadScan(ReadOnlySpan<byte> segment)
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
