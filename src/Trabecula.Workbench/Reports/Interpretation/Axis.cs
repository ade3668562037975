using System.Globalization;

namespace Trabecula.Workbench.Reports.Interpretation;

/// <summary>Ticks and labels of an axis.</summary>
internal static class Axis
{
    /// <summary>Round numbers from one end to the other, about as many as asked.</summary>
    internal static IReadOnlyList<double> Ticks(double low, double high, int about)
    {
        double step = (high - low) / about;
        if (!(step > 0))
            return [low];
        double power = 1;
        while (power > step)
            power /= 10;
        while (power * 10 <= step)
            power *= 10;
        double unit = ((double[])[1, 2, 5, 10]).First(factor => factor * power >= step * 0.999) * power;
        long first = (long)Math.Ceiling(low / unit - 1e-9), last = (long)Math.Floor(high / unit + 1e-9);
        // Multiples, not sums, so that zero is zero.
        return [.. Enumerable.Range(0, (int)Math.Max(last - first + 1, 0)).Select(i => (first + i) * unit)];
    }

    /// <summary>A number of a tick.</summary>
    internal static string Label(double value)
    {
        double size = Math.Abs(value);
        string text = size is >= 1e5 or (> 0 and < 1e-3)
            ? size.ToString("0.##e+0", CultureInfo.InvariantCulture)
            : Math.Round(size, 4).ToString("0.####", CultureInfo.InvariantCulture);
        return value < 0 && text.AsSpan().IndexOfAnyInRange('1', '9') >= 0 ? "−" + text : text;
    }
}
