namespace Trabecula.Architecture.Tests;

/// <summary>Which of our assemblies may use which: the table of <c>docs/architecture.md</c>.</summary>
internal static class DependencyDirections
{
    public static IReadOnlyDictionary<string, string[]> Allowed { get; } = new Dictionary<string, string[]>
    {
        ["Trabecula.Imaging"] = [],
        ["Trabecula.Radiomics"] = ["Trabecula.Imaging"],
        ["Trabecula.Learning"] = [],
        ["Trabecula.XGBoost"] = ["Trabecula.Learning"],
        ["Trabecula.Workbench"] = ["Trabecula.Imaging", "Trabecula.Radiomics", "Trabecula.Learning", "Trabecula.XGBoost"],
        ["trabecula"] = ["Trabecula.Workbench"],
    };

    /// <summary>The references of an assembly to assemblies of ours that the table does not allow it.</summary>
    public static IReadOnlyList<string> Violations(CompiledAssembly assembly, IReadOnlyDictionary<string, string[]> allowed) =>
    [
        .. assembly.References
            .Where(allowed.ContainsKey)
            .Except(allowed[assembly.Name], StringComparer.Ordinal)
            .Select(reference => $"{assembly.Name} uses {reference}"),
    ];
}
