using Trabecula.Learning;
using Trabecula.Learning.Models;
using Trabecula.Learning.Preparation;
using Trabecula.Learning.Search;
using Trabecula.Learning.Selection;
using Trabecula.Learning.Splitting;
using Trabecula.Workbench.Studies;
using Xunit;

namespace Trabecula.Workbench.Tests.Studies;

public sealed class WorkingSetTests
{
    private static readonly StudyDesign s_design = new()
    {
        Preparation = new PreparationSteps([new StandardScaler(), new UnivariateScreening()]),
        Models = [new CandidateModel("lr", [new Configuration("a", new LogisticRegression()), new Configuration("b", new LogisticRegression { C = 2 })])],
    };

    [Fact]
    public void Of_ADesign_CountsTheRowsThatARunHolds()
    {
        FeatureTable table = Table(1000);
        SplitSizes sizes = s_design.Split.SizesOf(table, new Seed(1));
        Assert.Equal(new SplitSizes(1, 1000, 700, 700, 300), sizes);
        Assert.Equal(1000 + 1000 + 5 * 700 + 2 * 700, WorkingSet.Of(table, s_design, sizes, 5, 1).Rows);
        Assert.Equal(1000 + 1000 + 5 * 700 + 4 * 700, WorkingSet.Of(table, s_design, sizes, 5, 2).Rows);
        // Without selection the prepared folds are as wide as the table.
        Assert.Equal(1000 + 1000 + 10 * 700 + 7 * 700, WorkingSet.Of(table, s_design with { Preparation = new PreparationSteps([new StandardScaler()]) }, sizes, 5, 1).Rows);
        // One configuration is searched in no fold.
        Assert.Equal(1000 + 1000 + 2 * 700, WorkingSet.Of(table, s_design with { Models = [new CandidateModel("lr", [new Configuration("a", new LogisticRegression())])] }, sizes, 5, 1).Rows);
    }

    [Fact]
    public void SizesOf_EverySplitter_AreThoseOfItsSplits()
    {
        FeatureTable table = Table(60);
        foreach (Splitter splitter in (Splitter[])[new StratifiedHoldOut(), new StratifiedKFold(), new RepeatedStratifiedKFold { NSplits = 3, NRepeats = 4 }, new BootstrapSplit { NRepeats = 7 }])
        {
            IReadOnlyList<HoldOutSplit> splits = splitter.Split(table, new Seed(3));
            Assert.Equal(
                new SplitSizes(splits.Count, splits.Sum(split => split.Training.Table.RowCount + split.HeldOut.RowCount), splits.Max(split => split.Training.Table.RowCount),
                    splits.Min(split => split.Training.Table.Subjects.Distinct().Count()), splits.Min(split => split.HeldOut.RowCount)),
                splitter.SizesOf(table, new Seed(3)));
        }
    }

    [Fact]
    public void Problem_MoreThanThereIs_NamesColumnsBytesAndCures()
    {
        var set = new WorkingSet(1000, 50_000, 2, 20_000);
        Assert.Null(set.Problem(32L << 30, 3, 5, 2));
        Assert.Equal(
            "The study needs about 19.4 GiB of memory, and 16.0 GiB are available: 1000 subjects with 50000 predictors by 2 readers are 762.9 MiB, and a run with 3 splits, " +
            "5 folds and 2 jobs holds them 20.0 times. Leave features out (predictors.radiomic.columns or exclude), take fewer splits, run with --jobs 1, or use a machine with more memory.",
            set.Problem(16L << 30, 3, 5, 2));
        Assert.Null(WorkingSet.ProblemOfFile(1 << 20, 8 << 20));
        Assert.Equal("its 1.0 MiB need about 8.0 MiB of memory to be read, and 7.0 MiB are available.", WorkingSet.ProblemOfFile(1 << 20, 7 << 20));
    }

    private static FeatureTable Table(int rows) => new(
        ["a"], [.. Enumerable.Range(0, rows).Select(i => $"S{i}")], [.. Enumerable.Range(0, rows).Select(i => i % 10 == 0)], [.. Enumerable.Range(0, rows).Select(i => (double)i)]);
}
