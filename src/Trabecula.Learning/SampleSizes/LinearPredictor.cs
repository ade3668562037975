using MathNet.Numerics;
using MathNet.Numerics.RootFinding;
using Trabecula.Learning.Models;

namespace Trabecula.Learning.SampleSizes;

/// <summary>A normal distribution of the logit of the true risk.</summary>
/// <param name="Mean">Its mean.</param>
/// <param name="Deviation">Its standard deviation.</param>
internal readonly record struct LinearPredictor(double Mean, double Deviation)
{
    private const double Accuracy = 1e-9;
    private const int Steps = 2_000;
    private const double Reach = 8;

    /// <summary>The distribution with a mean risk and a C statistic.</summary>
    /// <exception cref="LearningException">They are so extreme that no such distribution can be computed.</exception>
    internal static LinearPredictor Of(double prevalence, double cStatistic)
    {
        try
        {
            double deviation = Brent.FindRoot(
                d => OfDeviation(prevalence, d).CStatistic() - cStatistic, 0.01, 20, Accuracy, 200);
            return OfDeviation(prevalence, deviation);
        }
        catch (NonConvergenceException)
        {
            throw new LearningException(
                FormattableString.Invariant($"No distribution of risks was found with a prevalence of {prevalence} and a C statistic of {cStatistic}."),
                "Assume values that a model can have: a prevalence of 0.001 to 0.999, a C statistic of 0.51 to 0.99.");
        }
    }

    /// <summary>Variance of the calibration slope times the number of subjects, where the slope is 1 and the intercept 0.</summary>
    internal double SlopeVariance
    {
        get
        {
            LinearPredictor self = this;
            double a = Integral.OfNormal(x => self.Weight(x));
            double ab = Integral.OfNormal(x => self.Weight(x) * self.At(x));
            double b = Integral.OfNormal(x => self.Weight(x) * self.At(x) * self.At(x));
            return a / (a * b - ab * ab);
        }
    }

    private static LinearPredictor OfDeviation(double prevalence, double deviation)
    {
        double mean = Brent.FindRoot(
            m => Integral.OfNormal(x => LogisticLoss.Sigmoid(m + deviation * x)) - prevalence, -40 * (1 + deviation), 40 * (1 + deviation), Accuracy, 200);
        return new LinearPredictor(mean, deviation);
    }

    /// <summary>The probability that an event has a higher risk than a non-event.</summary>
    private double CStatistic()
    {
        double events = 0, others = 0, concordant = 0;
        for (int i = 0; i <= Steps; i++)
        {
            double x = -Reach + i * (2 * Reach / Steps), density = Math.Exp(-x * x / 2), risk = LogisticLoss.Sigmoid(At(x));
            concordant += density * risk * (others + density * (1 - risk) / 2);
            events += density * risk;
            others += density * (1 - risk);
        }
        return concordant / (events * others);
    }

    private double At(double x) => Mean + Deviation * x;

    private double Weight(double x)
    {
        double risk = LogisticLoss.Sigmoid(At(x));
        return risk * (1 - risk);
    }
}
