using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace Trabecula.Architecture.Tests;

/// <summary>What the parts of the tree promise each other: projects, lock files, the solution and links between documents.</summary>
public sealed class ProjectTests
{
    public static TheoryData<string> Projects => [.. RepositoryTree.Projects];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_OfTheTree_HasALockFile(string project)
    {
        string lockFile = Path.Combine(RepositoryTree.Root, Path.GetDirectoryName(project)!, "packages.lock.json");

        Assert.True(File.Exists(lockFile), $"{project} has no packages.lock.json beside it; cure: dotnet restore, and commit the file.");
    }

    [Fact]
    public void Solution_Lists_EveryProjectOfTheTree()
    {
        IEnumerable<string> listed = XDocument.Load(Path.Combine(RepositoryTree.Root, "Trabecula.slnx"))
            .Descendants("Project").Select(project => project.Attribute("Path")!.Value);

        Assert.Equal(RepositoryTree.Projects.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void ExampleParameters_InTheDocuments_AreThoseOfTheProgram() => Assert.Equal(
        File.ReadAllText(Path.Combine(RepositoryTree.Root, "src/Trabecula.Radiomics/Parameters/paper.yaml")),
        File.ReadAllText(Path.Combine(RepositoryTree.Root, "docs/examples/paper.yaml")));

    [Fact]
    public void Documents_LinksWithinTheTree_LeadSomewhere()
    {
        IEnumerable<string> broken =
            from text in RepositoryTree.Texts
            where text.Path.EndsWith(".md", StringComparison.Ordinal)
            from line in text.Lines
            from Match link in Regex.Matches(line, @"\]\((?!https?:|mailto:|#)([^)#\s]+)")
            let target = Path.Combine(RepositoryTree.Root, Path.GetDirectoryName(text.Path)!, link.Groups[1].Value)
            where !Path.Exists(target)
            select $"{text.Path}: {link.Groups[1].Value}";

        Assert.Empty(broken);
    }
}
