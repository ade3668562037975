namespace Trabecula.Learning.Models;

/// <summary>How much a row of each class counts in a forest.</summary>
public enum ForestClassWeight
{
    /// <summary>Each row counts once.</summary>
    None,

    /// <summary>As <see cref="ClassWeight.Balanced"/>, from all training rows.</summary>
    Balanced,

    /// <summary>As <see cref="Balanced"/>, from the rows that each tree drew.</summary>
    BalancedSubsample,
}
