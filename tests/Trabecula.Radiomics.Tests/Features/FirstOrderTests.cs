using CsCheck;
using Trabecula.Radiomics.Features;
using Trabecula.Radiomics.Features.FirstOrder;
using Xunit;

namespace Trabecula.Radiomics.Tests.Features;

public sealed class FirstOrderTests
{
    /// <summary>Values with ties, outliers that crowd the rest into one bucket, and constant stretches.</summary>
    private static readonly Gen<double[]> Samples =
        from n in Gen.Int[1, 3000]
        from shape in Gen.Int[0, 3]
        from values in Gen.Double[0, 1].Array[n]
        select values.Select((v, i) => shape switch
        {
            0 => v,
            1 => Math.Floor(v * 5),
            2 => i == 0 ? 1e9 : v,
            _ => Math.Pow(v, 30) * (i % 2 == 0 ? 1 : -1e4),
        }).ToArray();

    [Fact]
    public void Percentiles_RandomValues_EqualThoseOfSortedValues() => Samples.Sample(
        values =>
        {
            double[] fractions = [0.1, 0.25, 0.5, 0.75, 0.9], percentiles = new double[5];
            OrderStatistics.Percentiles(values, values.Min(), values.Max(), fractions, percentiles);
            double[] sorted = [.. values.Order()];
            for (int k = 0; k < fractions.Length; k++)
            {
                double at = (values.Length - 1) * fractions[k];
                double low = sorted[(int)at], high = sorted[Math.Min((int)at + 1, values.Length - 1)];
                Assert.Equal(low + (high - low) * (at - (int)at), percentiles[k], 1e-12 * Math.Max(1, Math.Abs(high)));
            }
        },
        iter: 300, threads: 1);

    /// <summary>numpy.arange's edges: with a width of 0.1, dividing and flooring puts 0.3 and 0.6 one level off.</summary>
    [Fact]
    public void Discretization_WidthOfATenth_CountsNumPysEdges()
    {
        double[] values = [-0.3, 0, 0.3, 0.6];
        var levels = new Discretization();
        levels.Apply(values, -0.3, 0.6, Binning.OfWidth(0.1), "original");
        Assert.Equal([1, 4, 6, 10], levels.Ranks.ToArray().Select(r => levels.Levels[r - 1]));
    }

    [Fact]
    public void Discretization_NegativeMinimum_StartsAtAMultipleOfTheWidth()
    {
        double[] values = [-26, -25, -1, 0, 24, 25];
        var levels = new Discretization();
        levels.Apply(values, -26, 25, Binning.OfWidth(25), "original");
        Assert.Equal([1, 2, 2, 3, 3, 4], levels.Ranks.ToArray().Select(r => levels.Levels[r - 1]));
    }

    [Fact]
    public void Discretization_WidthFarTooSmall_NamesWidthAndCure()
    {
        RadiomicsException error = Assert.Throws<RadiomicsException>(
            () => new Discretization().Apply([0, 1e6], 0, 1e6, Binning.OfWidth(0.25), "original"));
        Assert.Contains("0.25", error.Problem, StringComparison.Ordinal);
        Assert.Contains("binWidth", error.Cure, StringComparison.Ordinal);
    }
}
