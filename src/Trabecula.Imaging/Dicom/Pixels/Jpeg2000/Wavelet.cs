namespace Trabecula.Imaging.Dicom.Pixels.Jpeg2000;

/// <summary>One level of the inverse wavelet transform, reversible (5/3) or not (9/7). Source: ITU-T T.800, annex F.</summary>
internal static class Wavelet
{
    private const double Alpha = -1.586134342059924, Beta = -0.052980118572961, Gamma = 0.882911075530934, Delta = 0.443506852043971, K = 1.230174104914001;

    /// <summary>Puts four bands together.</summary>
    /// <param name="area">The rectangle that they make.</param>
    /// <param name="bands">LL, HL, LH and HH with their rectangles.</param>
    /// <param name="reversible">Which wavelet.</param>
    public static double[] Join(GridRect area, ReadOnlySpan<(GridRect Area, double[] Values)> bands, bool reversible)
    {
        int width = area.Width, height = area.Height;
        var joined = new double[width * height];
        for (int kind = 0; kind < bands.Length; kind++)
        {
            (GridRect band, double[] values) = bands[kind];
            int xOdd = kind & 1, yOdd = kind >> 1;
            for (int y = 0; y < band.Height; y++)
            {
                int row = 2 * (band.Y0 + y) + yOdd - area.Y0;
                for (int x = 0; x < band.Width; x++)
                    joined[row * width + 2 * (band.X0 + x) + xOdd - area.X0] = values[y * band.Width + x];
            }
        }
        var line = new double[Math.Max(width, height)];
        for (int y = 0; y < height; y++)
            Synthesize(joined.AsSpan(y * width, width), area.X0 & 1, reversible);
        for (int x = 0; x < width; x++)
        {
            for (int y = 0; y < height; y++)
                line[y] = joined[y * width + x];
            Synthesize(line.AsSpan(0, height), area.Y0 & 1, reversible);
            for (int y = 0; y < height; y++)
                joined[y * width + x] = line[y];
        }
        return joined;
    }

    /// <summary>A line whose low-pass samples stand at even coordinates.</summary>
    /// <param name="line">Both kinds of samples, interleaved.</param>
    /// <param name="first">0 where the line begins with a low-pass sample, 1 where with a high-pass one.</param>
    /// <param name="reversible">Which wavelet.</param>
    private static void Synthesize(Span<double> line, int first, bool reversible)
    {
        if (line.Length == 1)
        {
            if (first == 1)
                line[0] = reversible ? Math.Floor(line[0] / 2) : line[0] / 2;
            return;
        }
        int low = first, high = 1 - first;
        if (reversible)
        {
            for (int i = low; i < line.Length; i += 2)
                line[i] -= Math.Floor((Before(line, i) + After(line, i) + 2) / 4);
            for (int i = high; i < line.Length; i += 2)
                line[i] += Math.Floor((Before(line, i) + After(line, i)) / 2);
            return;
        }
        for (int i = low; i < line.Length; i += 2)
            line[i] *= K;
        for (int i = high; i < line.Length; i += 2)
            line[i] /= K;
        Lift(line, low, Delta);
        Lift(line, high, Gamma);
        Lift(line, low, Beta);
        Lift(line, high, Alpha);
    }

    private static void Lift(Span<double> line, int start, double weight)
    {
        for (int i = start; i < line.Length; i += 2)
            line[i] -= weight * (Before(line, i) + After(line, i));
    }

    // The line goes on beyond its ends as in a mirror.
    private static double Before(ReadOnlySpan<double> line, int i) => line[i > 0 ? i - 1 : 1];

    private static double After(ReadOnlySpan<double> line, int i) => line[i < line.Length - 1 ? i + 1 : line.Length - 2];
}
