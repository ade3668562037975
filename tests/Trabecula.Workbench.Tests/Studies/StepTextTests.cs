using Trabecula.Learning.Selection;
using Trabecula.Workbench.Studies;
using Xunit;

namespace Trabecula.Workbench.Tests.Studies;

/// <summary>The words of a methods paragraph, which tells what was done and no more.</summary>
public sealed class StepTextTests
{
    [Theory]
    [InlineData(MrmrScheme.Fcq, "mRMR (scheme FCQ, features 20, correlation floor 0.001, tie tolerance 0)")]
    [InlineData(MrmrScheme.Rfcq, "mRMR (scheme rfcq, features 20, correlation floor 0.001, forest trees 100, forest depth 5, tie tolerance 0)")]
    [InlineData(MrmrScheme.Mid, "mRMR (scheme MID, features 20, state width 1, state divisor n minus one, tie tolerance 0)")]
    [InlineData(MrmrScheme.Miq, "mRMR (scheme MIQ, features 20, state width 1, state divisor n minus one, quotient floor 0.001, quotient offset 0, tie tolerance 0)")]
    public void Of_Mrmr_NamesTheOptionsOfItsSchemeAlone(MrmrScheme scheme, string text) => Assert.Equal(text, StepText.Of(new Mrmr { Scheme = scheme }));
}
