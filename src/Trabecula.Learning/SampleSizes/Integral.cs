namespace Trabecula.Learning.SampleSizes;

/// <summary>Expectations over the normal distribution.</summary>
internal static class Integral
{
    private const int Steps = 2_000;
    private const double Reach = 10;

    /// <summary>
    /// E f(Z). The trapezoid rule, whose error falls faster than any power of the step where a function and its derivatives vanish
    /// at both ends, as they do times the normal density.
    /// </summary>
    internal static double OfNormal(Func<double, double> function)
    {
        const double step = 2 * Reach / Steps;
        double sum = 0;
        for (int i = 0; i <= Steps; i++)
        {
            double x = -Reach + i * step;
            sum += function(x) * Math.Exp(-x * x / 2);
        }
        return sum * step / Math.Sqrt(2 * Math.PI);
    }
}
