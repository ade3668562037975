using System.Text.Json;
using CsCheck;
using Trabecula.Learning.Evaluation;
using Xunit;

namespace Trabecula.Learning.Tests.Evaluation;

public sealed class RocCurveTests
{
    [Fact]
    public void Of_ReferenceVectors_EqualsScikitLearn()
    {
        foreach (JsonElement item in ReferenceData.Golden("metrics.json").GetProperty("vectors").GetProperty("cases").EnumerateArray())
        {
            bool[] outcomes = [.. item.GetProperty("y").EnumerateArray().Select(y => y.GetInt32() == 1)];
            IReadOnlyList<RocPoint> points = RocCurve.Of(outcomes, ReferenceData.Doubles(item.GetProperty("p"))).Points;
            JsonElement expected = item.GetProperty("metrics").GetProperty("roc");
            Assert.Equal(ReferenceData.Doubles(expected.GetProperty("fpr")), points.Select(p => p.FalsePositiveRate));
            Assert.Equal(ReferenceData.Doubles(expected.GetProperty("tpr")), points.Select(p => p.TruePositiveRate));
            Assert.Equal(ReferenceData.Doubles(expected.GetProperty("thresholds")), points.Select(p => p.Threshold));
        }
    }

    [Fact]
    public void Of_ScoresWithTies_RisesFromZeroToOneAndHoldsTheAuroc() =>
        Gen.Select(Gen.Bool, Gen.Int[0, 5]).Array[0, 40].Sample(rows =>
        {
            bool[] outcomes = [true, true, false, false, .. rows.Select(r => r.Item1)];
            double[] scores = [1, 2, 2, 3, .. rows.Select(r => (double)r.Item2)];
            IReadOnlyList<RocPoint> points = RocCurve.Of(outcomes, scores).Points;
            Assert.Equal(new RocPoint(double.PositiveInfinity, 0, 0), points[0]);
            Assert.Equal((1, 1), (points[^1].FalsePositiveRate, points[^1].TruePositiveRate));
            double area = 0;
            foreach ((RocPoint a, RocPoint b) in points.Zip(points.Skip(1)))
            {
                Assert.True(b.FalsePositiveRate >= a.FalsePositiveRate && b.TruePositiveRate >= a.TruePositiveRate && b.Threshold < a.Threshold);
                area += (b.FalsePositiveRate - a.FalsePositiveRate) * (a.TruePositiveRate + b.TruePositiveRate) / 2;
            }
            Assert.Equal(Auroc.Of(outcomes, scores).Value, area, 1e-12);
        });

    [Fact]
    public void Points_CastToAWritableList_CannotBeChanged() => Assert.Throws<NotSupportedException>(() =>
        ((IList<RocPoint>)RocCurve.Of([true, false], [1, 2]).Points)[0] = new RocPoint(0, 0, 1));

    [Fact]
    public void Of_OneClass_IsRefused() => Assert.Throws<LearningException>(() => RocCurve.Of([false, false], [1, 2]));
}
