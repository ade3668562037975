using Xunit;

namespace Trabecula.Architecture.Tests;

public sealed class DependencyDirectionsTests
{
    public static TheoryData<string> ProductAssemblies => [.. DependencyDirections.Allowed.Keys];

    [Theory]
    [MemberData(nameof(ProductAssemblies))]
    public void References_OfProductAssembly_FollowTheTable(string name) =>
        Assert.Empty(DependencyDirections.Violations(CompiledAssembly.OfProduct(name), DependencyDirections.Allowed));

    [Fact]
    public void References_AgainstATableThatForbidsThem_AreReported()
    {
        Dictionary<string, string[]> nobodyUsesAnybody = DependencyDirections.Allowed.Keys.ToDictionary(name => name, _ => Array.Empty<string>());

        IReadOnlyList<string> violations =
            DependencyDirections.Violations(CompiledAssembly.OfProduct("Trabecula.Radiomics"), nobodyUsesAnybody);

        Assert.Equal(["Trabecula.Radiomics uses Trabecula.Imaging"], violations);
    }

    [Fact]
    public void Table_OfDirections_NamesEveryProductProject()
    {
        IEnumerable<string> projects = RepositoryTree.Projects
            .Where(path => path.StartsWith("src/", StringComparison.Ordinal))
            .Select(path => Path.GetFileNameWithoutExtension(path) is "Trabecula.Cli" ? "trabecula" : Path.GetFileNameWithoutExtension(path));

        Assert.Equal(projects.Order(StringComparer.Ordinal), DependencyDirections.Allowed.Keys.Order(StringComparer.Ordinal));
    }
}
