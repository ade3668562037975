namespace Trabecula.Imaging.Dicom.Pixels;

/// <summary>Lossless JPEG with Huffman coding, all seven predictors. Source: ITU-T T.81, annex H.</summary>
internal sealed class LosslessJpegDecoder : IFrameDecoder
{
    private const int LosslessProcess = 3;

    /// <summary>A sample takes at least one bit.</summary>
    public long MostSamplesPerByte => 8;

    /// <inheritdoc/>
    public void Decode(ReadOnlySpan<byte> frame, PixelFormat format, string path, Span<int> samples)
    {
        JpegImage image = JpegImage.Read(frame, format, path);
        if (image.Process != LosslessProcess)
            throw image.Fault(FormattableString.Invariant($"JPEG process {image.Process} stands where lossless coding was announced"));
        if (image.SpectralStart is < 1 or > 7 || image.PointTransform >= image.Precision)
            throw image.Fault("the predictor or the point transform of a lossless scan is none");
        HuffmanTable table = image.Tables[image.DcSelector] ?? throw image.Fault("a Huffman table is missing");
        if (image.RestartInterval % image.Columns != 0)
            throw image.Fault("a restart interval is not a whole number of lines");
        Decode(frame, image, table, samples);
        for (int i = 0; image.PointTransform > 0 && i < samples.Length; i++)
            samples[i] <<= image.PointTransform;
    }

    private static void Decode(ReadOnlySpan<byte> frame, JpegImage image, HuffmanTable table, Span<int> samples)
    {
        int columns = image.Columns, linesPerRestart = image.RestartInterval / columns;
        int start = 1 << (image.Precision - image.PointTransform - 1);
        var bits = new JpegBits(frame, image.ScanStart);
        for (int row = 0; row < image.Rows; row++)
        {
            Span<int> line = samples.Slice(row * columns, columns);
            bool restarts = linesPerRestart > 0 && row % linesPerRestart == 0;
            if (restarts && row > 0 && !bits.Restart())
                throw image.Fault("a restart marker is missing");
            ReadOnlySpan<int> above = row > 0 && !restarts ? samples.Slice((row - 1) * columns, columns) : [];
            line[0] = Next(ref bits, table, image, above.IsEmpty ? start : above[0]);
            for (int x = 1; x < columns; x++)
            {
                int left = line[x - 1];
                // The first line after a start has nothing above it: its samples are predicted from the left.
                int predicted = above.IsEmpty ? left : Predict(image.SpectralStart, left, above[x], above[x - 1]);
                line[x] = Next(ref bits, table, image, predicted);
            }
            if (bits.Missing > 64)
                throw image.Fault(FormattableString.Invariant($"a lossless scan ends in line {row} of {image.Rows}"));
        }
    }

    private static int Next(ref JpegBits bits, HuffmanTable table, JpegImage image, int predicted)
    {
        int category = table.Decode(ref bits);
        if (category is < 0 or > 16)
            throw image.Fault("a Huffman code is none");
        // Category 16 is the single difference of 32768 and has no bits of its own.
        int difference = category == 16 ? 1 << 15 : bits.TakeSigned(category);
        return predicted + difference & 0xFFFF;
    }

    private static int Predict(int predictor, int left, int above, int diagonal) => predictor switch
    {
        1 => left,
        2 => above,
        3 => diagonal,
        4 => left + above - diagonal,
        5 => left + (above - diagonal >> 1),
        6 => above + (left - diagonal >> 1),
        _ => left + above >> 1,
    };
}
