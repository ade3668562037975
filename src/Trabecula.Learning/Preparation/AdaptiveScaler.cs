using Trabecula.Learning.Splitting;
using Trabecula.Learning.Statistics;

namespace Trabecula.Learning.Preparation;

/// <summary>How the fourth moment is stated.</summary>
public enum KurtosisForm
{
    /// <summary>The fourth moment over the squared variance: 3 for a normal distribution.</summary>
    Pearson,

    /// <summary>Pearson's less 3: 0 for a normal distribution.</summary>
    Excess,
}

/// <summary>
/// Scales each continuous column by the rule that its distribution on the training rows allows: mean and standard deviation where it
/// is near normal and has few outliers, median and interquartile range otherwise.
/// </summary>
/// <remarks>
/// Rule: <c>(x - mean) / sd</c> where |skewness| is below <see cref="MaxSkewness"/>, kurtosis below <see cref="MaxKurtosis"/> and the share
/// of values beyond <see cref="OutlierFence"/> interquartile ranges from the quartiles at most <see cref="MaxOutlierShare"/>; else
/// <c>(x - median) / IQR</c>, quartiles by linear interpolation. The limits are West, Finch and Curran's (1995), who mean Pearson's
/// kurtosis; papers seldom say which forms they took, so all are options, and the fitted step holds them with what was found.
/// Edge cases: binary and categorical columns stay as they are. A column that is constant on the training rows is moved to 0 and keeps
/// its scale. Where more than half of the values are equal, the interquartile range can be 0: then mean and standard deviation serve.
/// Missing values are left out of the fit and stay missing; a column without any value is refused.
/// </remarks>
public sealed record AdaptiveScaler : Transformer
{
    internal const string FieldName = "Adaptive scaler";

    /// <inheritdoc/>
    public override string Name => FieldName;

    /// <summary>|Skewness| must be below this for mean and deviation.</summary>
    public double MaxSkewness { get; init; } = 2;

    /// <summary>Kurtosis, in the form of <see cref="Kurtosis"/>, must be below this for mean and deviation.</summary>
    public double MaxKurtosis { get; init; } = 7;

    /// <summary>The form of kurtosis that <see cref="MaxKurtosis"/> is stated in.</summary>
    public KurtosisForm Kurtosis { get; init; } = KurtosisForm.Pearson;

    /// <summary>Whether skewness and kurtosis are corrected for bias (Joanes and Gill 1998: G1, G2), as SPSS and pandas do.</summary>
    public bool UnbiasedMoments { get; init; }

    /// <summary>The largest share of outliers, 0 to 1, for mean and deviation.</summary>
    public double MaxOutlierShare { get; init; } = 0.1;

    /// <summary>How many interquartile ranges beyond the quartiles an outlier lies.</summary>
    public double OutlierFence { get; init; } = 1.5;

    /// <summary>The divisor of the standard deviation.</summary>
    public MomentDivisor Divisor { get; init; } = MomentDivisor.NMinusOne;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Validate()
    {
        var problems = new List<string>();
        Check(nameof(MaxSkewness), MaxSkewness, MaxSkewness >= 0 && double.IsFinite(MaxSkewness), "0 or more");
        Check(nameof(MaxKurtosis), MaxKurtosis, double.IsFinite(MaxKurtosis), "a number");
        Check(nameof(MaxOutlierShare), MaxOutlierShare, MaxOutlierShare is >= 0 and <= 1, "0 to 1");
        Check(nameof(OutlierFence), OutlierFence, OutlierFence >= 0 && double.IsFinite(OutlierFence), "0 or more");
        return problems;

        void Check(string option, double value, bool holds, string expected)
        {
            if (!holds)
                problems.Add(FormattableString.Invariant($"{option} is {value}, expected {expected}."));
        }
    }

    /// <inheritdoc/>
    protected override FittedAdaptiveScaler FitChecked(TrainingSet training, Seed seed, CancellationToken cancellationToken)
    {
        FeatureTable table = training.Table;
        int[] scope = [.. table.ColumnsOf(Scope).Where(column => table.Schema[column].Kind == ColumnKind.Continuous)];
        ScopedColumns.RequireAnyValue(table, scope, Name);
        ScopedColumns.RequireDifferences(table, scope, Name);
        var scalings = new ColumnScaling[table.ColumnCount];
        Array.Fill(scalings, ColumnScaling.None);
        ColumnMajor columns = ColumnMajor.Of(table, scope);
        for (int place = 0; place < scope.Length; place++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            scalings[scope[place]] = ScalingOf(columns[place]);
        }
        return new FittedAdaptiveScaler(training.Origin, table.Schema, this, scalings);
    }

    private ColumnScaling ScalingOf(Span<double> column)
    {
        Moments moments = Moments.Of(column);
        if (moments.Minimum == moments.Maximum)
            return ColumnScaling.Constant(moments.Minimum);

        double skewness = UnbiasedMoments ? moments.UnbiasedSkewness : moments.Skewness;
        double kurtosis = (UnbiasedMoments ? moments.UnbiasedExcessKurtosis : moments.ExcessKurtosis) + (Kurtosis == KurtosisForm.Pearson ? 3 : 0);
        Span<double> sorted = column[..Present.MoveToFront(column)];
        sorted.Sort();
        double lower = Quantiles.OfSorted(sorted, 0.25), median = Quantiles.OfSorted(sorted, 0.5), upper = Quantiles.OfSorted(sorted, 0.75);
        double iqr = upper - lower, share = ShareOutside(sorted, lower - OutlierFence * iqr, upper + OutlierFence * iqr);

        // Written so that a moment that is not a number, as of values too large to square, fails.
        ScalingCauses causes = (Math.Abs(skewness) < MaxSkewness ? 0 : ScalingCauses.Skewness) |
                               (kurtosis < MaxKurtosis ? 0 : ScalingCauses.Kurtosis) |
                               (share <= MaxOutlierShare ? 0 : ScalingCauses.Outliers);
        if (causes != 0 && iqr > 0)
            return new ColumnScaling(ScalingRule.MedianIqr, causes, median, iqr, skewness, kurtosis, share);
        if (causes != 0)
            causes |= ScalingCauses.NoIqr;
        double deviation = Divisor == MomentDivisor.N ? moments.PopulationDeviation : moments.SampleDeviation;
        return new ColumnScaling(ScalingRule.MeanDeviation, causes, moments.Mean, deviation, skewness, kurtosis, share);
    }

    private static double ShareOutside(ReadOnlySpan<double> values, double below, double above)
    {
        int outside = 0;
        foreach (double value in values)
            outside += value < below || value > above ? 1 : 0;
        return (double)outside / values.Length;
    }
}
