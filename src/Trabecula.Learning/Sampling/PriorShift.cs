namespace Trabecula.Learning.Sampling;

/// <summary>
/// Takes back what resampling does to a risk: a model fitted on rows of which a share <c>π_s</c> are events gives risks for a population
/// with this share, not for that of the cohort, <c>π</c>.
/// </summary>
/// <remarks>
/// Definition: <c>logit p' = logit p - logit π_s + logit π</c>, computed on odds, so that 0 and 1 stay what they are. Exact if
/// resampling changed the shares of the classes and nothing within a class, which holds for random over- and undersampling, and for
/// ADASYN, SMOTE and Tomek links only nearly; the order of risks stays.
/// Source: Elkan, IJCAI 2001, theorem 2.
/// </remarks>
public static class PriorShift
{
    /// <summary>The risk in a population with another share of events.</summary>
    /// <param name="risk">From 0 to 1.</param>
    /// <param name="from">Share of events among the rows that the model was fitted on, above 0 and below 1.</param>
    /// <param name="to">Share of events in the population, above 0 and below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static double Correct(double risk, double from, double to)
    {
        if (!(risk >= 0 && risk <= 1))
            throw new ArgumentOutOfRangeException(nameof(risk), risk, "A risk is from 0 to 1.");
        RequireShare(from, nameof(from));
        RequireShare(to, nameof(to));
        double events = risk * (to / from);
        double others = (1 - risk) * ((1 - to) / (1 - from));
        return events / (events + others);
    }

    private static void RequireShare(double share, string name)
    {
        if (!(share > 0 && share < 1))
            throw new ArgumentOutOfRangeException(name, share, "A share of events is above 0 and below 1.");
    }
}
