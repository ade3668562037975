using System.Globalization;

namespace Trabecula.Workbench.Studies.Plans;

/// <summary>Something in a plan that is refused, or that its reader should know.</summary>
/// <param name="Line">Line of the file, from 1; 0 where the file itself is at fault.</param>
/// <param name="Path">Place inside the plan, as in <c>models[2].svm.grid.C</c>; empty for the file itself.</param>
/// <param name="Value">The value found; null where the key itself is at fault.</param>
/// <param name="Expected">What is wrong and what was expected.</param>
/// <param name="Cure">What the user can do.</param>
public sealed record PlanProblem(int Line, string Path, string? Value, string Expected, string Cure)
{
    /// <summary>One line: place, value, what was expected, what to do.</summary>
    public override string ToString()
    {
        string place = Path.Length == 0 ? "" : Value is null ? $"{Path}: " : $"{Path} = {Value}: ";
        string line = Line == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"line {Line}: ");
        return $"{line}{place}{Expected} {Cure}".TrimEnd();
    }
}
