namespace Trabecula.Learning.Interpretation;

/// <summary>What a prediction is measured in.</summary>
public enum ShapScale
{
    /// <summary>Probability, as of forests.</summary>
    Risk,

    /// <summary>Log odds, as of logistic regression and boosting.</summary>
    LogOdds,

    /// <summary>The decision value of a support vector machine.</summary>
    DecisionValue,
}

/// <summary>
/// Shapley values: each row's prediction parted among the columns, so that <see cref="Baseline"/> and a row's values add up to it.
/// </summary>
/// <remarks>They say how a model came to a prediction, not what causes an outcome.</remarks>
public sealed class ShapValues
{
    private readonly double[] _values;

    internal ShapValues(IReadOnlyList<string> names, IReadOnlyList<string> subjects, ShapScale scale, double baseline, double[] values)
    {
        (Names, Subjects, Scale, Baseline, _values) = (names, subjects, scale, baseline, values);
        if (values.Length != names.Count * subjects.Count)
            throw new ArgumentException($"{values.Length} values for {subjects.Count} rows of {names.Count}.", nameof(values));
    }

    /// <summary>The columns, or the groups of columns.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The subject of each row.</summary>
    public IReadOnlyList<string> Subjects { get; }

    /// <summary>What the values are measured in.</summary>
    public ShapScale Scale { get; }

    /// <summary>The prediction that is expected where nothing is known of a row.</summary>
    public double Baseline { get; }

    /// <summary>What each column adds to the prediction of a row, in the order of <see cref="Names"/>.</summary>
    public ReadOnlySpan<double> Row(int row) => _values.AsSpan(row * Names.Count, Names.Count);

    /// <summary>The prediction of a row: baseline and values added up.</summary>
    public double Prediction(int row)
    {
        double sum = Baseline;
        foreach (double value in Row(row))
            sum += value;
        return sum;
    }

    /// <summary>The mean magnitude of each column's values over the rows: its importance; 0 without rows.</summary>
    public double[] MeanMagnitudes()
    {
        var means = new double[Names.Count];
        for (int i = 0; i < _values.Length; i++)
            means[i % means.Length] += Math.Abs(_values[i]);
        for (int column = 0; column < means.Length && Subjects.Count > 0; column++)
            means[column] /= Subjects.Count;
        return means;
    }

    /// <summary>The values of groups: as Shapley values add up, a group's is the sum of its columns'.</summary>
    public ShapValues Of(IReadOnlyList<ColumnGroup> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        var sums = new double[Subjects.Count * groups.Count];
        for (int row = 0; row < Subjects.Count; row++)
        {
            for (int g = 0; g < groups.Count; g++)
            {
                foreach (int column in groups[g].Columns)
                    sums[row * groups.Count + g] += _values[row * Names.Count + column];
            }
        }
        return new ShapValues([.. groups.Select(group => group.Name)], Subjects, Scale, Baseline, sums);
    }
}
