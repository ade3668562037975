using System.Globalization;

namespace Trabecula.Workbench.Studies.Plans;

/// <summary>A plan that cannot be used; all of its problems together.</summary>
public sealed class PlanException : Exception
{
    /// <summary>Collects the problems of a plan.</summary>
    /// <param name="file">The file's name.</param>
    /// <param name="problems">At least one problem; shown in the order of their lines.</param>
    public PlanException(string file, IReadOnlyList<PlanProblem> problems) : this(file, Sorted(problems))
    {
    }

    private PlanException(string file, PlanProblem[] sorted) : base(Describe(file, sorted)) => (File, Problems) = (file, Array.AsReadOnly(sorted));

    /// <summary>The file's name.</summary>
    public string File { get; }

    /// <summary>The problems, in the order of the file.</summary>
    public IReadOnlyList<PlanProblem> Problems { get; }

    private static PlanProblem[] Sorted(IReadOnlyList<PlanProblem> problems) => [.. problems.Distinct().OrderBy(problem => problem.Line)];

    private static string Describe(string file, PlanProblem[] problems) => problems.Length == 1
        ? $"{file}: {problems[0]}"
        : string.Create(CultureInfo.InvariantCulture, $"{file}: {problems.Length} problems.") + string.Concat(problems.Select(problem => $"\n  {problem}"));
}
