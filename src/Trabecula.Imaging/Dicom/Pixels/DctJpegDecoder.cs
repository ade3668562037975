namespace Trabecula.Imaging.Dicom.Pixels;

/// <summary>
/// Sequential JPEG with the discrete cosine transform, 8 and 12 bits, of one component: DICOM's baseline and extended processes. The transform
/// is computed in double and rounded once, so that samples may differ by 1 from decoders that work with integers. Source: ITU-T T.81, annex A and F.
/// </summary>
internal sealed class DctJpegDecoder : IFrameDecoder
{
    private const int Side = 8;

    private static ReadOnlySpan<byte> Zigzag =>
    [
        0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
        35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
    ];

    private static ReadOnlySpan<double> FirstQuarter =>
    [
        1, 0.9807852804032304, 0.9238795325112867, 0.8314696123025452, 0.7071067811865476, 0.5555702330196022, 0.3826834323650898, 0.19509032201612828, 0,
    ];

    private static readonly double[] Cosines = MakeCosines();

    /// <summary>A block of 64 samples takes at least two bits.</summary>
    public long MostSamplesPerByte => 256;

    /// <inheritdoc/>
    public void Decode(ReadOnlySpan<byte> frame, PixelFormat format, string path, Span<int> samples)
    {
        JpegImage image = JpegImage.Read(frame, format, path);
        if (image.Process > 1 || image.Precision is not (8 or 12))
            throw image.Fault(FormattableString.Invariant(
                $"JPEG process {image.Process} with {image.Precision} bits stands where sequential coding with 8 or 12 was announced"));
        HuffmanTable dc = image.Tables[image.DcSelector] ?? throw image.Fault("a Huffman table is missing");
        HuffmanTable ac = image.Tables[image.AcSelector] ?? throw image.Fault("a Huffman table is missing");
        ushort[] quantization = image.Quantization[image.QuantizationSelector] ?? throw image.Fault("a quantization table is missing");
        var bits = new JpegBits(frame, image.ScanStart);
        int across = (image.Columns + Side - 1) / Side, down = (image.Rows + Side - 1) / Side, last = 0;
        Span<double> block = stackalloc double[Side * Side];
        for (int index = 0; index < across * down; index++)
        {
            if (image.RestartInterval > 0 && index > 0 && index % image.RestartInterval == 0)
            {
                if (!bits.Restart())
                    throw image.Fault("a restart marker is missing");
                last = 0;
            }
            ReadBlock(ref bits, image, dc, ac, quantization, ref last, block);
            Transform(block);
            Store(block, image, index % across * Side, index / across * Side, samples);
            if (bits.Missing > 64)
                throw image.Fault(FormattableString.Invariant($"a scan ends in block {index} of {across * down}"));
        }
    }

    private static void ReadBlock(
        ref JpegBits bits, JpegImage image, HuffmanTable dc, HuffmanTable ac, ushort[] quantization, ref int last, scoped Span<double> block)
    {
        block.Clear();
        int category = dc.Decode(ref bits);
        if (category is < 0 or > 15)
            throw image.Fault("a Huffman code is none");
        last += bits.TakeSigned(category);
        block[0] = last * (double)quantization[0];
        for (int k = 1; k < Side * Side; k++)
        {
            int symbol = ac.Decode(ref bits);
            if (symbol < 0)
                throw image.Fault("a Huffman code is none");
            int zeros = symbol >> 4, size = symbol & 15;
            if (size == 0 && zeros < 15)
                return;
            k += zeros;
            if (k >= Side * Side)
                throw image.Fault("a block has more than 64 coefficients");
            block[Zigzag[k]] = bits.TakeSigned(size) * (double)quantization[k];
        }
    }

    /// <summary>The inverse transform, columns then rows (T.81, A.3.3).</summary>
    private static void Transform(Span<double> block)
    {
        Span<double> half = stackalloc double[Side * Side];
        for (int u = 0; u < Side; u++)
        {
            for (int y = 0; y < Side; y++)
            {
                double sum = 0;
                for (int v = 0; v < Side; v++)
                    sum += Cosines[v * Side + y] * block[v * Side + u];
                half[y * Side + u] = sum;
            }
        }
        for (int y = 0; y < Side; y++)
        {
            for (int x = 0; x < Side; x++)
            {
                double sum = 0;
                for (int u = 0; u < Side; u++)
                    sum += Cosines[u * Side + x] * half[y * Side + u];
                block[y * Side + x] = sum;
            }
        }
    }

    private static void Store(ReadOnlySpan<double> block, JpegImage image, int left, int top, Span<int> samples)
    {
        int middle = 1 << (image.Precision - 1), most = 2 * middle - 1;
        int width = Math.Min(Side, image.Columns - left), height = Math.Min(Side, image.Rows - top);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
                samples[(top + y) * image.Columns + left + x] = (int)Math.Clamp(Math.Floor(block[y * Side + x] + 0.5) + middle, 0, most);
        }
    }

    private static double[] MakeCosines()
    {
        var cosines = new double[Side * Side];
        for (int u = 0; u < Side; u++)
        {
            for (int x = 0; x < Side; x++)
                cosines[u * Side + x] = u == 0 ? 0.35355339059327376 : 0.5 * CosineOfSixteenths((2 * x + 1) * u % 32);
        }
        return cosines;
    }

    /// <summary>The cosine of so many sixteenths of a half turn, from literals: a library's last digit may differ from machine to machine.</summary>
    private static double CosineOfSixteenths(int sixteenths)
    {
        int folded = sixteenths > 16 ? 32 - sixteenths : sixteenths;
        return folded > 8 ? -FirstQuarter[16 - folded] : FirstQuarter[folded];
    }
}
