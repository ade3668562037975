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
        for (int y = 0; y < height; y++)
            Synthesize(joined.AsSpan(y * width, width), 1, area.X0 & 1, reversible);
        // Down the columns all of a row goes together: memory is read in its order.
        Synthesize(joined, width, area.Y0 & 1, reversible);
        return joined;
    }

    /// <summary>Lines whose low-pass samples stand at even coordinates.</summary>
    /// <param name="values">Both kinds of samples, interleaved; those of several lines lie beside each other.</param>
    /// <param name="lanes">Number of lines.</param>
    /// <param name="first">0 where the lines begin with a low-pass sample, 1 where with a high-pass one.</param>
    /// <param name="reversible">Which wavelet.</param>
    private static void Synthesize(Span<double> values, int lanes, int first, bool reversible)
    {
        int count = values.Length / Math.Max(1, lanes), low = first, high = 1 - first;
        if (count == 1)
        {
            for (int i = 0; first == 1 && i < values.Length; i++)
                values[i] = reversible ? Math.Floor(values[i] / 2) : values[i] / 2;
            return;
        }
        if (reversible)
        {
            for (int i = low; i < count; i += 2)
            {
                (Span<double> here, Span<double> before, Span<double> after) = Around(values, lanes, count, i);
                for (int x = 0; x < here.Length; x++)
                    here[x] -= Math.Floor((before[x] + after[x] + 2) / 4);
            }
            for (int i = high; i < count; i += 2)
            {
                (Span<double> here, Span<double> before, Span<double> after) = Around(values, lanes, count, i);
                for (int x = 0; x < here.Length; x++)
                    here[x] += Math.Floor((before[x] + after[x]) / 2);
            }
            return;
        }
        for (int i = 0; i < values.Length; i++)
            values[i] = (i / lanes & 1) == low ? values[i] * K : values[i] / K;
        Lift(values, lanes, count, low, Delta);
        Lift(values, lanes, count, high, Gamma);
        Lift(values, lanes, count, low, Beta);
        Lift(values, lanes, count, high, Alpha);
    }

    private static void Lift(Span<double> values, int lanes, int count, int start, double weight)
    {
        for (int i = start; i < count; i += 2)
        {
            (Span<double> here, Span<double> before, Span<double> after) = Around(values, lanes, count, i);
            for (int x = 0; x < here.Length; x++)
                here[x] -= weight * (before[x] + after[x]);
        }
    }

    /// <summary>A sample of every line with those before and after it; beyond their ends lines go on as in a mirror.</summary>
    private static Neighbours Around(Span<double> values, int lanes, int count, int i) => new(
        values.Slice(i * lanes, lanes), values.Slice((i > 0 ? i - 1 : 1) * lanes, lanes), values.Slice((i < count - 1 ? i + 1 : count - 2) * lanes, lanes));

    private readonly ref struct Neighbours(Span<double> here, Span<double> before, Span<double> after)
    {
        private readonly Span<double> _here = here, _before = before, _after = after;

        public void Deconstruct(out Span<double> here, out Span<double> before, out Span<double> after)
        {
            here = _here;
            before = _before;
            after = _after;
        }
    }
}
