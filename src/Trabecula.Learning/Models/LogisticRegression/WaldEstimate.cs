namespace Trabecula.Learning.Models;

/// <summary>A coefficient of a logistic regression without a penalty, with Wald's test and interval.</summary>
/// <param name="Name">The column; <c>(intercept)</c> for the intercept.</param>
/// <param name="Estimate">Change of the log odds per unit.</param>
/// <param name="StandardError">From the observed information.</param>
/// <param name="P">Two-sided P of <see cref="Z"/> under the standard normal distribution.</param>
/// <param name="Lower">Lower end of the interval of the estimate.</param>
/// <param name="Upper">Its upper end.</param>
/// <remarks>
/// P and interval hold for columns that were chosen before the outcomes were seen; after a selection they are too small and too narrow.
/// </remarks>
public sealed record WaldEstimate(string Name, double Estimate, double StandardError, double P, double Lower, double Upper)
{
    /// <summary>Estimate over standard error.</summary>
    public double Z => Estimate / StandardError;

    /// <summary>The odds ratio per unit.</summary>
    public double OddsRatio => Math.Exp(Estimate);

    /// <summary>Lower end of the interval of the odds ratio.</summary>
    public double OddsRatioLower => Math.Exp(Lower);

    /// <summary>Upper end of the interval of the odds ratio.</summary>
    public double OddsRatioUpper => Math.Exp(Upper);
}
