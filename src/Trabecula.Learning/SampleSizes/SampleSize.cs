namespace Trabecula.Learning.SampleSizes;

/// <summary>One requirement on the number of subjects.</summary>
/// <param name="Name">What is required.</param>
/// <param name="Formula">The formula with its symbols, as a report prints it.</param>
/// <param name="Exact">What the formula gives, before rounding up.</param>
/// <param name="Subjects">The subjects needed, all groups together.</param>
public sealed record SampleSizeCriterion(string Name, string Formula, double Exact, int Subjects)
{
    /// <summary>Rounds up, but not for the last digits of a formula that gives a whole number.</summary>
    /// <exception cref="LearningException">The formula gives more subjects than can be counted, or none.</exception>
    internal static SampleSizeCriterion Of(string name, string formula, double exact, int groups = 1)
    {
        double rounded = Math.Ceiling(exact * (1 - 1e-12)) * groups;
        if (!(rounded is > 0 and < int.MaxValue))
            throw new LearningException(
                FormattableString.Invariant($"{name}: the formula gives {exact} subjects."), "Choose assumptions that are further from their limits.");
        return new SampleSizeCriterion(name, formula, exact, (int)rounded);
    }
}

/// <summary>The result of a sample-size calculation. Immutable.</summary>
/// <param name="Design">What the size is for, with the assumptions.</param>
/// <param name="Source">Where the formulas come from.</param>
/// <param name="Criteria">Each requirement, in the order of the source.</param>
public sealed record SampleSize(string Design, string Source, IReadOnlyList<SampleSizeCriterion> Criteria)
{
    /// <summary>The subjects that meet every criterion.</summary>
    public int Subjects => Criteria.Max(criterion => criterion.Subjects);
}

/// <summary>The assumptions of a sample-size calculation.</summary>
public abstract record SampleSizeDesign
{
    /// <summary>Every problem of the assumptions, each with its name, value and expectation; empty when there is none.</summary>
    public abstract IReadOnlyList<string> Validate();

    /// <summary>Computes the sizes.</summary>
    /// <exception cref="ArgumentException"><see cref="Validate"/> finds a problem.</exception>
    /// <exception cref="LearningException">The assumptions lead to no finite size.</exception>
    public SampleSize Calculate() => Validate() is { Count: > 0 } problems
        ? throw new ArgumentException($"{GetType().Name}: {string.Join(" ", problems)}")
        : CalculateChecked();

    private protected abstract SampleSize CalculateChecked();

    /// <summary>Adds a problem unless a value lies between two others, both excluded.</summary>
    private protected static void RequireBetween(List<string> problems, string name, double value, double low, double high)
    {
        if (!(value > low && value < high))
            problems.Add(FormattableString.Invariant($"{name} is {value}, expected between {low} and {high}."));
    }
}
