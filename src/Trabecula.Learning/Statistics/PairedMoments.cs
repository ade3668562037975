namespace Trabecula.Learning.Statistics;

/// <summary>Means, variances and covariance, divisor n, of the pairs without a missing value; NaN without any.</summary>
internal readonly record struct PairedMoments(
    int Count, double MeanX, double MeanY, double VarianceX, double VarianceY, double Covariance)
{
    /// <summary>Computes them in two passes, without allocation.</summary>
    internal static PairedMoments Of(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        RequireSameLength(x, y);
        int count = 0;
        double sumX = 0, sumY = 0;
        for (int i = 0; i < x.Length; i++)
        {
            if (double.IsNaN(x[i]) || double.IsNaN(y[i]))
                continue;
            count++;
            sumX += x[i];
            sumY += y[i];
        }
        double meanX = sumX / count, meanY = sumY / count, xx = 0, yy = 0, xy = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double dx = x[i] - meanX, dy = y[i] - meanY;
            if (double.IsNaN(dx) || double.IsNaN(dy))
                continue;
            xx += dx * dx;
            yy += dy * dy;
            xy += dx * dy;
        }
        return new PairedMoments(count, meanX, meanY, xx / count, yy / count, xy / count);
    }

    /// <summary>The pairs without a missing value.</summary>
    internal static (double[] X, double[] Y) Complete(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        RequireSameLength(x, y);
        var (keptX, keptY) = (new List<double>(x.Length), new List<double>(x.Length));
        for (int i = 0; i < x.Length; i++)
        {
            if (double.IsNaN(x[i]) || double.IsNaN(y[i]))
                continue;
            keptX.Add(x[i]);
            keptY.Add(y[i]);
        }
        return ([.. keptX], [.. keptY]);
    }

    private static void RequireSameLength(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (x.Length != y.Length)
            throw new ArgumentException($"{x.Length} values are paired with {y.Length}.", nameof(y));
    }
}
