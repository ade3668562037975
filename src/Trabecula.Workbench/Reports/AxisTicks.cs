namespace Trabecula.Workbench.Reports;

/// <summary>Round numbers along an axis: steps of 1, 2 or 5 times a power of ten.</summary>
/// <param name="Lowest">The axis's start: a multiple of the step, at most the lowest value.</param>
/// <param name="Highest">Its end: a multiple of the step, at least the highest value.</param>
/// <param name="Step">From tick to tick.</param>
internal readonly record struct AxisTicks(double Lowest, double Highest, double Step)
{
    /// <summary>The number of decimals that its ticks need.</summary>
    internal int Decimals => Math.Max(0, -(int)Math.Floor(Math.Log10(Step) + 1e-9));

    /// <summary>The ticks, both ends among them.</summary>
    internal IEnumerable<double> Values
    {
        get
        {
            (double lowest, double step) = (Lowest, Step);
            return Enumerable.Range(0, (int)Math.Round((Highest - Lowest) / Step) + 1).Select(i => lowest + i * step);
        }
    }

    /// <summary>The axis of some values, with at most about so many steps; a single value has a step below and above.</summary>
    internal static AxisTicks Of(double lowest, double highest, int most)
    {
        double range = highest > lowest ? highest - lowest : Math.Max(Math.Abs(highest), 1);
        double power = Math.Pow(10, Math.Floor(Math.Log10(range / most)));
        double step = ((double[])[1, 2, 5, 10]).Select(multiple => multiple * power).First(candidate => range / candidate <= most * (1 + 1e-9));
        double first = Math.Floor(lowest / step + 1e-9) * step, last = Math.Ceiling(highest / step - 1e-9) * step;
        return last > first ? new AxisTicks(first, last, step) : new AxisTicks(first - step, last + step, step);
    }

    /// <summary>A value's share of the axis, from 0 to 1.</summary>
    internal double Share(double value) => (value - Lowest) / (Highest - Lowest);
}
