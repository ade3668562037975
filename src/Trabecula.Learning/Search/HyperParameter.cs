namespace Trabecula.Learning.Search;

/// <summary>A hyper-parameter of a model family, by the name that scikit-learn and XGBoost gave it.</summary>
/// <param name="Name">The name, as <c>min_samples_leaf</c>.</param>
/// <param name="Meaning">What it does, in one line, for guides and editors.</param>
/// <param name="Default">The value of a configuration that does not name it.</param>
/// <param name="Allowed">What it can be: at least one rule.</param>
public sealed record HyperParameter(string Name, string Meaning, ParameterValue Default, params IReadOnlyList<AllowedValue> Allowed)
{
    /// <summary>What it can be, in words: <c>sqrt, log2, a whole number from 1, or null</c>.</summary>
    public string Expected
    {
        get
        {
            string[] rules = [.. Allowed.Select(rule => rule.ToString())];
            return rules.Length < 3 ? string.Join(" or ", rules) : $"{string.Join(", ", rules[..^1])}, or {rules[^1]}";
        }
    }

    /// <summary>What is wrong with a value, or null.</summary>
    public string? Problem(ParameterValue value) =>
        Allowed.Any(rule => rule.Accepts(value)) ? null : $"{Name} is {value}, expected {Expected}.";
}
