namespace Trabecula.Learning.Statistics;

/// <summary>One group's values of one variable. Immutable.</summary>
/// <param name="Count">Values present.</param>
/// <param name="Missing">Values missing.</param>
/// <param name="Moments">Mean and deviation; all NaN for counts, and without values.</param>
/// <param name="Quartiles">Median and quartiles; all NaN for counts, and without values.</param>
/// <param name="Levels">How many values each level has; empty for measurements.</param>
public sealed record BaselineGroup(int Count, int Missing, Moments Moments, Quartiles Quartiles, IReadOnlyList<int> Levels)
{
    /// <summary>A level's share of the values present, 0 to 1; NaN where there are none.</summary>
    public double Share(int level) => (double)Levels[level] / Count;

    internal static BaselineGroup OfValues(ReadOnlySpan<double> values)
    {
        Moments moments = Moments.Of(values);
        return new BaselineGroup(moments.Count, values.Length - moments.Count, moments, Quartiles.Of(values), []);
    }

    /// <exception cref="ArgumentException">A value is no place among the levels.</exception>
    internal static BaselineGroup OfLevels(ReadOnlySpan<double> values, int levels)
    {
        var counts = new int[levels];
        int missing = 0;
        foreach (double value in values)
        {
            if (double.IsNaN(value))
                missing++;
            else if (value >= 0 && value < levels && value == Math.Floor(value))
                counts[(int)value]++;
            else
                throw new ArgumentException(FormattableString.Invariant($"{value} is no place among {levels} levels."), nameof(values));
        }
        return new BaselineGroup(values.Length - missing, missing, Moments.Of([]), Quartiles.Of([]), Array.AsReadOnly(counts));
    }
}
