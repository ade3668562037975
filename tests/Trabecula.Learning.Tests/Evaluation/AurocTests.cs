using System.Text.Json;
using CsCheck;
using Trabecula.Learning.Evaluation;
using Xunit;

namespace Trabecula.Learning.Tests.Evaluation;

public sealed class AurocTests
{
    private static readonly double[] F20Scores =
        [.02, .05, .08, .10, .12, .15, .18, .20, .25, .28, .30, .35, .40, .45, .50, .55, .62, .70, .80, .90];

    private static readonly bool[] F20Outcomes =
        [.. "00001000100101011011".Select(c => c == '1')];

    private static readonly Gen<(bool[] Outcomes, double[] Scores)> WithTies =
        Gen.Select(Gen.Bool, Gen.Int[0, 6]).Array[0, 40].Select(rows =>
            ((bool[])[true, true, false, false, .. rows.Select(r => r.Item1)], (double[])[2, 3, 2, 4, .. rows.Select(r => (double)r.Item2)]));

    [Fact]
    public void Of_F20_EqualsPRoc()
    {
        Auroc auroc = Auroc.Of(F20Outcomes, F20Scores);
        Assert.Equal(0.7916666666666666, auroc.Value, 1e-15);
        Assert.Equal(0.011273448773448772, auroc.Variance, 1e-15);
        Assert.Equal(0.5835645541583883, auroc.Lower, 1e-12);
        Assert.Equal(0.999768779174945, auroc.Upper, 1e-12);
        Assert.Equal((8, 12), (auroc.Cases, auroc.Controls));
    }

    [Fact]
    public void Of_ReferenceVectors_EqualPRoc()
    {
        int compared = 0;
        foreach (JsonElement item in ReferenceData.Golden("metrics.json").GetProperty("vectors").GetProperty("cases").EnumerateArray())
        {
            bool[] outcomes = [.. item.GetProperty("y").EnumerateArray().Select(y => y.GetInt32() == 1)];
            foreach ((string scores, string metrics) in (ReadOnlySpan<(string, string)>)[("p", "metrics"), ("p2", "metrics2")])
            {
                if (item.GetProperty(scores).ValueKind != JsonValueKind.Array)
                    continue;
                JsonElement expected = item.GetProperty(metrics), deLong = expected.GetProperty("delong");
                Auroc auroc = Auroc.Of(outcomes, ReferenceData.Doubles(item.GetProperty(scores)));
                Assert.Equal(expected.GetProperty("auc").GetDouble(), auroc.Value, 1e-12);
                Assert.Equal(deLong.GetProperty("variance").GetDouble(), auroc.Variance, 1e-12);
                Assert.Equal(deLong.GetProperty("ciLow").GetDouble(), auroc.Lower, 1e-10);
                Assert.Equal(deLong.GetProperty("ciHigh").GetDouble(), auroc.Upper, 1e-10);
                compared++;
            }
        }
        Assert.Equal(9, compared);
    }

    [Fact]
    public void Of_ScoresWithTies_EqualsCountingPairs() => WithTies.Sample(data =>
    {
        (double value, double variance) = ByPairs(data.Outcomes, data.Scores);
        Auroc auroc = Auroc.Of(data.Outcomes, data.Scores);
        Assert.Equal(value, auroc.Value, 1e-12);
        Assert.Equal(variance, auroc.Variance, 1e-12);
    });

    [Fact]
    public void Of_MonotoneMapOfScores_ChangesNothing() => WithTies.Sample(data =>
        Assert.Equal(Auroc.Of(data.Outcomes, data.Scores), Auroc.Of(data.Outcomes, [.. data.Scores.Select(s => Math.Exp(s) - 40)])));

    [Fact]
    public void Of_ScoresReversed_IsTheComplement() => WithTies.Sample(data =>
        Assert.Equal(1 - Auroc.Of(data.Outcomes, data.Scores).Value, Auroc.Of(data.Outcomes, [.. data.Scores.Select(s => -s)]).Value, 1e-12));

    [Fact]
    public void Of_FullySeparated_IsOneWithVarianceZero()
    {
        Auroc auroc = Auroc.Of([true, true, false, false], [4, 3, 2, 1]);
        Assert.Equal((1, 0, 1, 1), (auroc.Value, auroc.Variance, auroc.Lower, auroc.Upper));
    }

    [Fact]
    public void Of_OneClass_IsRefused() => Assert.StartsWith(
        "All 3 outcomes are 1", Assert.Throws<LearningException>(() => Auroc.Of([true, true, true], [1, 2, 3])).Message, StringComparison.Ordinal);

    [Fact]
    public void Of_OneCase_IsRefused() => Assert.StartsWith(
        "1 cases and 2 controls", Assert.Throws<LearningException>(() => Auroc.Of([true, false, false], [1, 2, 3])).Message, StringComparison.Ordinal);

    [Fact]
    public void Of_ScoreNaN_IsRefused() => Assert.Throws<ArgumentException>(() => Auroc.Of([true, false], [1, double.NaN]));

    private static (double Value, double Variance) ByPairs(bool[] outcomes, double[] scores)
    {
        double[] cases = [.. scores.Where((_, i) => outcomes[i])], controls = [.. scores.Where((_, i) => !outcomes[i])];
        double[] v10 = [.. cases.Select(x => controls.Average(y => Kernel(x, y)))], v01 = [.. controls.Select(y => cases.Average(x => Kernel(x, y)))];
        double area = v10.Average();
        double s10 = v10.Sum(v => (v - area) * (v - area)) / (cases.Length - 1), s01 = v01.Sum(v => (v - area) * (v - area)) / (controls.Length - 1);
        return (area, s10 / cases.Length + s01 / controls.Length);
        static double Kernel(double x, double y) => x > y ? 1 : x == y ? 0.5 : 0;
    }
}
