namespace Trabecula.Learning.Preparation;

/// <summary>What is done to a column.</summary>
public enum ScalingRule
{
    /// <summary>Left as it is: binary, categorical or outside the scope.</summary>
    Unchanged,

    /// <summary>Less its mean, divided by its standard deviation.</summary>
    MeanDeviation,

    /// <summary>Less its median, divided by its interquartile range.</summary>
    MedianIqr,

    /// <summary>Constant on the training rows: less its value.</summary>
    Constant,
}

/// <summary>What speaks against mean and standard deviation, or against median and interquartile range.</summary>
[Flags]
public enum ScalingCauses
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>|Skewness| reaches its limit.</summary>
    Skewness = 1,

    /// <summary>Kurtosis reaches its limit.</summary>
    Kurtosis = 2,

    /// <summary>More outliers than allowed.</summary>
    Outliers = 4,

    /// <summary>The interquartile range is 0 and cannot divide.</summary>
    NoIqr = 8,
}

/// <summary>The scaling of a column and what it was decided by.</summary>
/// <param name="Rule">The rule taken.</param>
/// <param name="Causes">Which limits the column did not keep.</param>
/// <param name="Centre">What is subtracted, in the column's unit.</param>
/// <param name="Scale">What is divided by then, in the column's unit; positive.</param>
/// <param name="Skewness">On the training rows; NaN where it was not computed.</param>
/// <param name="Kurtosis">On the training rows, in the form of the options; NaN where it was not computed.</param>
/// <param name="OutlierShare">Share of the training rows, 0 to 1; NaN where it was not computed.</param>
public sealed record ColumnScaling(
    ScalingRule Rule, ScalingCauses Causes, double Centre, double Scale, double Skewness, double Kurtosis, double OutlierShare)
{
    internal static ColumnScaling None { get; } = new(ScalingRule.Unchanged, ScalingCauses.None, 0, 1, double.NaN, double.NaN, double.NaN);

    internal static ColumnScaling Constant(double value) => None with { Rule = ScalingRule.Constant, Centre = value };
}
