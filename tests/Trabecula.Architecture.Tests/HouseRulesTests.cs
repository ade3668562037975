using Xunit;

namespace Trabecula.Architecture.Tests;

/// <summary>Each rule over the whole tree, and beside it a case that shows the rule can fail.</summary>
public sealed class HouseRulesTests
{
    [Fact]
    public void Length_OfEverySourceFile_IsWithinTheLimit() => Assert.Empty(RepositoryTree.Code.SelectMany(HouseRules.TooLong));

    [Theory]
    [InlineData(HouseRules.MostLines, 0)]
    [InlineData(HouseRules.MostLines + 1, 1)]
    public void Length_AroundTheLimit_IsReportedAbove(int lines, int reports) =>
        Assert.Equal(reports, HouseRules.TooLong(new("A.cs", Enumerable.Repeat("x", lines).ToArray())).Count());

    [Fact]
    public void Code_OfTheTree_IsFinished() => Assert.Empty(RepositoryTree.Code.SelectMany(HouseRules.LeftUnfinished));

    [Theory]
    [InlineData("// TO" + "DO: the other axis")]
    [InlineData("throw new NotImplemented" + "Exception();")]
    public void Code_WithAnUnfinishedMark_IsReportedWithItsLine(string line) =>
        Assert.Equal([$"A.cs(2): {line}"], HouseRules.LeftUnfinished(SourceText.Of("A.cs", $"int a;\n{line}\n")));

    [Theory]
    [MemberData(nameof(DependencyDirectionsTests.ProductAssemblies), MemberType = typeof(DependencyDirectionsTests))]
    public void TypeNames_OfProductAssembly_SayWhatTheTypeIs(string name) =>
        Assert.Empty(HouseRules.NamedForNothing(CompiledAssembly.OfProduct(name)));

    [Fact]
    public void TypeNames_WithAnEmptyWord_AreReported() =>
        Assert.Equal(["A: MaskHelper"], HouseRules.NamedForNothing(new("A", [], ["Mask", "MaskHelper"])));

    [Fact]
    public void Texts_OfTheTree_NameNoMachineAndNoRegistry() => Assert.Empty(RepositoryTree.Texts.SelectMany(HouseRules.TiedToAMachine));

    [Theory]
    [InlineData("cd " + "/home" + "/ann/trabecula", 1)]
    [InlineData(@"type C:" + @"\Users\ann\a.csv", 1)]
    [InlineData("source: https://api.nu" + "get.org/v3/index.json", 1)]
    [InlineData("../shared/data/ct-sts", 0)]
    [InlineData("https://github.com/AIM-Harvard/pyradiomics", 0)]
    public void Texts_WithAMachinePathOrRegistry_AreReported(string line, int reports) =>
        Assert.Equal(reports, HouseRules.TiedToAMachine(SourceText.Of("a.md", line)).Count());
}
