using System.Globalization;

namespace Trabecula.Learning.Models;

/// <summary>How many columns a node of a tree looks at, drawn without replacement: scikit-learn's <c>max_features</c>.</summary>
/// <remarks>
/// At least 1 and at most all; fractions are rounded down. A node in which all of them are constant looks at more, until one is not.
/// </remarks>
public readonly record struct MaxFeatures
{
    private readonly Rule _rule;
    private readonly double _number;

    private MaxFeatures(Rule rule, double number = 0) => (_rule, _number) = (rule, number);

    private enum Rule
    {
        All,
        Sqrt,
        Log2,
        Share,
        Count,
    }

    /// <summary>All columns; the default.</summary>
    public static MaxFeatures All => default;

    /// <summary>The square root of the number of columns.</summary>
    public static MaxFeatures Sqrt => new(Rule.Sqrt);

    /// <summary>The binary logarithm of the number of columns.</summary>
    public static MaxFeatures Log2 => new(Rule.Log2);

    /// <summary>A share of the columns.</summary>
    /// <param name="share">Above 0, at most 1.</param>
    public static MaxFeatures Share(double share) => new(Rule.Share, share);

    /// <summary>A number of columns.</summary>
    /// <param name="count">1 or more.</param>
    public static MaxFeatures Count(int count) => new(Rule.Count, count);

    /// <summary>Reads <c>sqrt</c>, <c>log2</c>, <c>all</c>, a share with a decimal point or a count without: the inverse of <see cref="ToString"/>.</summary>
    /// <returns>False for any other text.</returns>
    public static bool TryParse(string? text, out MaxFeatures result)
    {
        (bool known, result) = text switch
        {
            "sqrt" => (true, Sqrt),
            "log2" => (true, Log2),
            "all" => (true, All),
            _ when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) => (true, Count(count)),
            _ when double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double share) => (true, Share(share)),
            _ => (false, All),
        };
        return known;
    }

    /// <summary>The number of columns looked at, of so many.</summary>
    public int Of(int columns) => Math.Clamp(
        _rule switch
        {
            Rule.Sqrt => (int)Math.Sqrt(columns),
            Rule.Log2 => columns < 1 ? 1 : (int)Math.Log2(columns),
            Rule.Share => (int)(_number * columns),
            Rule.Count => (int)_number,
            _ => columns,
        },
        1, Math.Max(1, columns));

    /// <summary>The rule as plans write it.</summary>
    public override string ToString() => _rule switch
    {
        Rule.Sqrt => "sqrt",
        Rule.Log2 => "log2",
        Rule.All => "all",
        Rule.Count => _number.ToString(CultureInfo.InvariantCulture),
        _ => _number.ToString(_number == Math.Floor(_number) ? "0.0" : "R", CultureInfo.InvariantCulture),
    };

    internal bool IsValid => _rule switch
    {
        Rule.Share => _number is > 0 and <= 1,
        Rule.Count => _number >= 1,
        _ => true,
    };
}
