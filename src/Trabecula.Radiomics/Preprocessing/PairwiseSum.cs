namespace Trabecula.Radiomics.Preprocessing;

/// <summary>
/// Sums, mean and standard deviation (with n) in NumPy's arithmetic: in blocks of 128 with eight accumulators, blocks added in pairs. The bounds
/// of a resegmentation hang on their last bits, above all in single precision, in which NumPy adds an image of that type.
/// </summary>
internal static class PairwiseSum
{
    private const int Block = 128;

    /// <summary>In double precision.</summary>
    public static (double Mean, double Deviation) Statistics(double[] values)
    {
        double mean = Sum(values) / values.Length;
        double[] squares = [.. values.Select(value => (value - mean) * (value - mean))];
        return (mean, Math.Sqrt(Sum(squares) / values.Length));
    }

    /// <summary>In single precision.</summary>
    public static (double Mean, double Deviation) StatisticsSingle(double[] values)
    {
        float[] single = [.. values.Select(value => (float)value)];
        float mean = Sum(single) / single.Length;
        float[] squares = [.. single.Select(value => (value - mean) * (value - mean))];
        return (mean, MathF.Sqrt(Sum(squares) / single.Length));
    }

    private static T Sum<T>(ReadOnlySpan<T> values) where T : System.Numerics.IFloatingPointIeee754<T>
    {
        int n = values.Length;
        if (n > Block)
        {
            int half = n / 2;
            half -= half % 8;
            return Sum(values[..half]) + Sum(values[half..]);
        }
        T sum = T.Zero;
        if (n < 8)
        {
            foreach (T value in values)
                sum += value;
            return sum;
        }
        T a = values[0], b = values[1], c = values[2], d = values[3], e = values[4], f = values[5], g = values[6], h = values[7];
        int i = 8;
        for (; i < n - n % 8; i += 8)
        {
            a += values[i];
            b += values[i + 1];
            c += values[i + 2];
            d += values[i + 3];
            e += values[i + 4];
            f += values[i + 5];
            g += values[i + 6];
            h += values[i + 7];
        }
        sum = a + b + (c + d) + (e + f + (g + h));
        for (; i < n; i++)
            sum += values[i];
        return sum;
    }

    /// <summary>The sum of values in double precision.</summary>
    public static double Sum(double[] values) => Sum<double>(values.AsSpan());

    private static float Sum(float[] values) => Sum<float>(values.AsSpan());
}
