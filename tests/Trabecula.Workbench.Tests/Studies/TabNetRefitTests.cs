using Trabecula.Learning;
using Trabecula.Learning.Models;
using Trabecula.Learning.Search;
using Trabecula.Learning.Splitting;
using Trabecula.Workbench.Studies;
using Xunit;

namespace Trabecula.Workbench.Tests.Studies;

public sealed class TabNetRefitTests
{
    [Fact]
    public void Of_ARefitFails_WarnsAndLeavesThePictureOutButNothingElse()
    {
        RandomSequence random = new Seed(4).Open();
        double[] values = [.. Enumerable.Range(0, 240).Select(_ => random.NextGaussian())];
        var table = new FeatureTable(["a", "b", "c"], [.. Enumerable.Range(0, 80).Select(i => $"S{i}")], [.. Enumerable.Range(0, 80).Select(i => values[3 * i] > 0)], values);
        var model = new TabNet { MaxEpochs = 2 };
        StudyResult result = StudyExecution.Run(table, new StudyDesign
        {
            Models = [new CandidateModel("first", [new Configuration("fixed", model)]), new CandidateModel("second", [new Configuration("fixed", model)])],
            Interprets = false,
        }, 1, cancellationToken: TestContext.Current.CancellationToken);
        SplitResult split = result.Splits[0];
        // Rows of one class, on which no refit can succeed.
        FeatureTable oneClass = split.Final.Resampled.Table;
        oneClass = new FeatureTable(oneClass.Schema, oneClass.Subjects, [.. oneClass.Outcomes.Select(_ => true)], Enumerable.Range(0, oneClass.RowCount).SelectMany(row => oneClass.Row(row).ToArray()).ToArray());
        FinalFit failing = split.Final with { Resampled = WholeCohort.Of(oneClass) };
        var warnings = new List<string>();
        Assert.Empty(TabNetInterpretation.Of(split.Searches, failing, split.HeldOut, new Seed(1), 1, warnings, null, TestContext.Current.CancellationToken));
        Assert.Equal(2, warnings.Count);
        Assert.StartsWith("first is not pictured: fitted with another seed, the chosen configuration failed.", warnings[0], StringComparison.Ordinal);
        Assert.Contains("both classes are needed", warnings[0], StringComparison.Ordinal);
        // The same fit with its own rows has its picture and no warning.
        Assert.Equal(2, TabNetInterpretation.Of(split.Searches, split.Final, split.HeldOut, new Seed(1), 1, warnings, null, TestContext.Current.CancellationToken).Count);
        Assert.Equal(2, warnings.Count);
    }
}
