using Trabecula.Learning.SampleSizes;
using Trabecula.Learning.Statistics;
using Xunit;

namespace Trabecula.Learning.Tests.SampleSizes;

/// <summary>
/// R's pmsampsize turns C into R2cs by a logistic regression on a million drawn subjects, with the seed 123456. Its draw, made again here
/// number by number, gives its sizes to the last subject; what it differs by from ours is the error of that one draw.
/// </summary>
public sealed class PmsampsizeDrawTests
{
    private const int Subjects = 1_000_000;
    private const double Prevalence = .119;

    private static readonly Lazy<double[]> s_normals = new(() => [.. RNormals(123456).Take(Subjects)]);

    [Fact]
    public void Normals_OfSeed123456_AreRs() =>
        Assert.All(s_normals.Value.Take(3).Zip([0.83373317, -0.27604777, -0.35500184]), pair => Assert.Equal(pair.Second, pair.First, 1e-8));

    [Theory]
    [InlineData(25, .75, .0860, 2490, 2474)]
    [InlineData(25, .85, .1783, 1133, 1128)]
    [InlineData(25, .927, .2860, 806, 806)]
    [InlineData(1223, .85, .1783, 55394, 55178)]
    public void Development_OfCStatistic_IsPmsampsizeWithoutItsDraw(int parameters, double c, double rounded, int pmsampsize, int exact)
    {
        double drawn = DrawnR2(c);
        // pmsampsize goes on with four decimals.
        Assert.Equal(rounded, Math.Round(drawn, 4), 1e-12);
        Assert.Equal(pmsampsize, new PredictionModelDevelopment(Prevalence, parameters) { R2CoxSnell = rounded }.Calculate().Subjects);
        var design = new PredictionModelDevelopment(Prevalence, parameters) { CStatistic = c };
        Assert.Equal(exact, design.Calculate().Subjects);
        Assert.InRange(Math.Abs(drawn - design.R2) / DrawError(c), 0, 2.5);
    }

    /// <summary>
    /// R2cs of the fit. Their code gives the first share to the class of mean 0 and calls it no event; the two classes being of one spread, exchanging
    /// them changes nothing but signs.
    /// </summary>
    private static double DrawnR2(double c)
    {
        const int first = (int)(Prevalence * Subjects);
        double distance = Math.Sqrt(2) * Distributions.NormalQuantile(c);
        double[] x = [.. s_normals.Value.Select((z, i) => i < first ? z : z + distance)];
        double slope = distance, intercept = Math.Log((1 - Prevalence) / Prevalence) - distance * distance / 2;
        // Newton's steps from the true line.
        for (int step = 0; step < 3; step++)
        {
            double g0 = 0, g1 = 0, h00 = 0, h01 = 0, h11 = 0;
            for (int i = 0; i < x.Length; i++)
            {
                double risk = 1 / (1 + Math.Exp(-intercept - slope * x[i])), weight = risk * (1 - risk), residual = (i < first ? 0 : 1) - risk;
                (g0, g1) = (g0 + residual, g1 + residual * x[i]);
                (h00, h01, h11) = (h00 + weight, h01 + weight * x[i], h11 + weight * x[i] * x[i]);
            }
            double determinant = h00 * h11 - h01 * h01;
            intercept += (h11 * g0 - h01 * g1) / determinant;
            slope += (h00 * g1 - h01 * g0) / determinant;
        }
        double gain = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double risk = 1 / (1 + Math.Exp(-intercept - slope * x[i]));
            gain += i < first ? Math.Log((1 - risk) / Prevalence) : Math.Log(risk / (1 - Prevalence));
        }
        return 1 - Math.Exp(-2 * gain / Subjects);
    }

    /// <summary>Standard error of the Cox-Snell R squared of a million subjects, of both classes as many as expected.</summary>
    private static double DrawError(double c)
    {
        double distance = Math.Sqrt(2) * Distributions.NormalQuantile(c), logit = Math.Log(Prevalence / (1 - Prevalence));
        double Gain(double x, bool isEvent)
        {
            double risk = 1 / (1 + Math.Exp(-logit + distance * distance / 2 - distance * x));
            return isEvent ? Math.Log(risk / Prevalence) : Math.Log((1 - risk) / (1 - Prevalence));
        }
        double Variance(bool isEvent)
        {
            double shift = isEvent ? distance : 0, mean = Integral.OfNormal(x => Gain(x + shift, isEvent));
            return Integral.OfNormal(x => (Gain(x + shift, isEvent) - mean) * (Gain(x + shift, isEvent) - mean));
        }
        double deviation = Math.Sqrt((Prevalence * Variance(true) + (1 - Prevalence) * Variance(false)) / Subjects);
        return 2 * deviation * (1 - CoxSnellR2.FromCStatistic(c, Prevalence));
    }

    /// <summary>R's <c>rnorm</c> after <c>set.seed</c>: inversion of two uniform numbers each.</summary>
    private static IEnumerable<double> RNormals(uint seed)
    {
        const double large = 134217728;
        var twister = new MersenneTwister(seed);
        while (true)
        {
            double high = (int)(large * twister.Next());
            yield return Distributions.NormalQuantile((high + twister.Next()) / large);
        }
    }

    /// <summary>MT19937 (Matsumoto and Nishimura, ACM Trans. Model. Comput. Simul. 8 (1998) 3) with R's scrambling of the seed.</summary>
    private sealed class MersenneTwister
    {
        private const int Length = 624, Shift = 397;
        private readonly uint[] _state = new uint[Length];
        private int _at = Length;

        internal MersenneTwister(uint seed)
        {
            // Fifty steps, and one for the place in the state, come before the state.
            for (int i = 0; i < 51; i++)
                seed = 69069 * seed + 1;
            for (int i = 0; i < Length; i++)
                _state[i] = seed = 69069 * seed + 1;
        }

        internal double Next()
        {
            if (_at == Length)
            {
                for (int i = 0; i < Length; i++)
                {
                    uint y = (_state[i] & 0x80000000) | (_state[(i + 1) % Length] & 0x7fffffff);
                    _state[i] = _state[(i + Shift) % Length] ^ (y >> 1) ^ ((y & 1) * 0x9908b0df);
                }
                _at = 0;
            }
            uint bits = _state[_at++];
            bits ^= bits >> 11;
            bits ^= (bits << 7) & 0x9d2c5680;
            bits ^= (bits << 15) & 0xefc60000;
            bits ^= bits >> 18;
            return bits * 2.3283064365386963e-10;
        }
    }
}
