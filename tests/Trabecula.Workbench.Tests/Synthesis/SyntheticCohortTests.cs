using Trabecula.Learning;
using Trabecula.Learning.Evaluation;
using Trabecula.Workbench.Synthesis;
using Xunit;

namespace Trabecula.Workbench.Tests.Synthesis;

public sealed class SyntheticCohortTests
{
    [Fact]
    public void Draw_MoreSubjects_KeepsTheFirstOnes() =>
        Assert.Equal(SyntheticCohort.Draw(50, new Seed(1)), SyntheticCohort.Draw(200, new Seed(1)).Take(50));

    [Fact]
    public void Draw_ManySubjects_HasOutcomesOfItsTrueRisks()
    {
        IReadOnlyList<SyntheticSubject> subjects = SyntheticCohort.Draw(8_000, new Seed(2));
        foreach (IGrouping<int, SyntheticSubject> tenth in subjects.GroupBy(s => (int)(10 * s.TrueRisk)).Where(g => g.Count() > 200))
        {
            double expected = tenth.Average(s => s.TrueRisk), error = Math.Sqrt(expected * (1 - expected) / tenth.Count());
            Assert.Equal(expected, tenth.Average(s => s.Outcome ? 1.0 : 0), 4 * error);
        }
        Assert.InRange(subjects.Average(s => s.TrueRisk), 0.3, 0.42);
        Assert.InRange(Auroc.Of([.. subjects.Select(s => s.Outcome)], [.. subjects.Select(s => s.TrueRisk)]).Value, 0.78, 0.88);
    }

    [Fact]
    public void Draw_ManySubjects_StaysInTheDeclaredRanges() =>
        Assert.All(SyntheticCohort.Draw(2000, new Seed(3)), s =>
        {
            Assert.InRange(s.AgeYears, 55, 92);
            Assert.True(s.TScore <= -2.5);
            Assert.InRange(s.TrueRisk, 0.001, 0.999);
            Assert.InRange(s.Traits.TextureScaleMm, 0.5, 2.6);
        });

    [Fact]
    public void Draw_TwoThousandSubjects_NamesThemInOrder()
    {
        IReadOnlyList<SyntheticSubject> subjects = SyntheticCohort.Draw(2000, new Seed(4));
        Assert.Equal(("S0001", "S2000"), (subjects[0].Id, subjects[^1].Id));
        Assert.Equal(subjects.Select(s => s.Id), subjects.Select(s => s.Id).Order(StringComparer.Ordinal));
    }
}
