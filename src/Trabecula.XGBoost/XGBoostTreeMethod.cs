namespace Trabecula.XGBoost;

/// <summary>How XGBoost looks for thresholds: its <c>tree_method</c>.</summary>
public enum XGBoostTreeMethod
{
    /// <summary>Between the bins of a histogram of each column.</summary>
    Hist,

    /// <summary>Between all neighbouring values; slow for many rows.</summary>
    Exact,
}
