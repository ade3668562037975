using System.Text.RegularExpressions;

namespace Trabecula.Learning.Search;

/// <summary>
/// A kind of model with the hyper-parameters that a search can set: from a configuration to a <see cref="Classifier"/>.
/// </summary>
public sealed partial class ModelFamily
{
    private readonly Func<ParameterSet, Classifier> _create;

    /// <summary>Describes a family.</summary>
    /// <param name="key">The name in plans, as <c>randomForest</c>.</param>
    /// <param name="name">The field's name, as <c>Random forest</c>.</param>
    /// <param name="parameters">What can be set.</param>
    /// <param name="defaultGrid">What is searched where a plan names no grid.</param>
    /// <param name="create">Makes the model of a configuration whose names and values are allowed.</param>
    public ModelFamily(
        string key, string name, IReadOnlyList<HyperParameter> parameters, ParameterGrid defaultGrid, Func<ParameterSet, Classifier> create)
    {
        (Key, Name, Parameters, DefaultGrid, _create) = (key, name, Array.AsReadOnly([.. parameters]), defaultGrid, create);
    }

    /// <summary>The name in plans, as <c>randomForest</c>.</summary>
    public string Key { get; }

    /// <summary>The field's name, as messages and reports show it.</summary>
    public string Name { get; }

    /// <summary>What can be set.</summary>
    public IReadOnlyList<HyperParameter> Parameters { get; }

    /// <summary>What is searched where a plan names no grid.</summary>
    public ParameterGrid DefaultGrid { get; }

    /// <summary>Every problem of a configuration, each with name, value and expectation; empty when there is none.</summary>
    public IReadOnlyList<string> Problems(ParameterSet configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var problems = new List<string>();
        foreach (string name in configuration.Names)
        {
            HyperParameter? known = Parameters.FirstOrDefault(parameter => parameter.Name == name);
            string? problem = known is null
                ? $"{Name} has no hyper-parameter {name}; it has {string.Join(", ", Parameters.Select(parameter => parameter.Name))}."
                : known.Problem(configuration[name]!);
            if (problem is not null)
                problems.Add(problem);
        }
        return problems.Count > 0 ? problems : [.. _create(configuration).Validate().Select(InKeys)];
    }

    /// <summary>A problem of the model's options by the names that configurations have for them, as <c>class_weight</c> for <c>ClassWeight</c>.</summary>
    private string InKeys(string problem) => OptionName().Replace(problem, option =>
        Parameters.FirstOrDefault(parameter => parameter.Name.Replace("_", "", StringComparison.Ordinal).Equals(option.Value, StringComparison.OrdinalIgnoreCase))?.Name ?? option.Value);

    [GeneratedRegex(@"\b[A-Z]\w+")]
    private static partial Regex OptionName();

    /// <summary>The model of a configuration; what it does not name has its default.</summary>
    /// <exception cref="ArgumentException"><see cref="Problems"/> finds one; all are listed.</exception>
    public Classifier Create(ParameterSet configuration)
    {
        IReadOnlyList<string> problems = Problems(configuration);
        return problems.Count == 0 ? _create(configuration) : throw new ArgumentException($"{{{configuration}}}: {string.Join(" ", problems)}");
    }
}
