using System.Globalization;

namespace Trabecula.Learning.Models;

/// <summary>The similarity of two rows u and v that a support vector machine is built on.</summary>
public enum Kernel
{
    /// <summary><c>u·v</c>.</summary>
    Linear,

    /// <summary>Radial basis function, <c>exp(-γ |u - v|²)</c>.</summary>
    Rbf,

    /// <summary><c>(γ u·v + Coef0)</c> to the power <c>Degree</c>.</summary>
    Polynomial,

    /// <summary><c>tanh(γ u·v + Coef0)</c>. Not positive definite: the fit is one of possibly several stationary points.</summary>
    Sigmoid,
}

/// <summary>The scale γ of a kernel: a number, or a rule that takes it from the training rows.</summary>
public readonly record struct Gamma
{
    private readonly double _number;
    private readonly Rule _rule;

    private Gamma(Rule rule, double number) => (_rule, _number) = (rule, number);

    private enum Rule
    {
        Scale,
        Auto,
        Number,
    }

    /// <summary>1 / (columns × variance of all entries): scikit-learn's <c>scale</c>. 1 where no entry varies.</summary>
    public static Gamma Scale => default;

    /// <summary>1 / columns: scikit-learn's <c>auto</c>.</summary>
    public static Gamma Auto => new(Rule.Auto, 0);

    /// <summary>A number, which must be positive and finite.</summary>
    public static Gamma Of(double number) => new(Rule.Number, number);

    /// <summary>A number as γ.</summary>
    public static implicit operator Gamma(double number) => Of(number);

    /// <summary>A number as γ.</summary>
    public static Gamma ToGamma(double number) => Of(number);

    /// <summary><c>scale</c>, <c>auto</c>, or the number.</summary>
    public override string ToString() => _rule switch
    {
        Rule.Scale => "scale",
        Rule.Auto => "auto",
        _ => _number.ToString(CultureInfo.InvariantCulture),
    };

    internal bool IsUsable => _rule != Rule.Number || (_number > 0 && double.IsFinite(_number));

    /// <summary>The number for rows to fit on.</summary>
    internal double For(FeatureTable table)
    {
        if (_rule == Rule.Number)
            return _number;
        if (_rule == Rule.Auto)
            return 1.0 / table.ColumnCount;
        double mean = VectorSums.Sum(table.Values) / table.Values.Length, squares = 0;
        foreach (double value in table.Values)
            squares += (value - mean) * (value - mean);
        double variance = squares / table.Values.Length;
        return variance > 0 ? 1 / (table.ColumnCount * variance) : 1;
    }
}
