namespace Trabecula.Learning.Preparation;

/// <summary>What a sum of squared deviations is divided by.</summary>
public enum DeviationDivisor
{
    /// <summary>n - 1: the sample's estimate for the population, as in R and SPSS.</summary>
    NMinusOne,

    /// <summary>n: the deviation of the rows themselves, as in scikit-learn.</summary>
    N,
}

/// <summary>The divisor as a number.</summary>
internal static class DeviationDivisors
{
    internal static int Of(this DeviationDivisor divisor, int rows) => divisor == DeviationDivisor.N ? rows : Math.Max(1, rows - 1);
}
