namespace Trabecula.Learning.Statistics;

/// <summary>What a test of two groups looks for.</summary>
public enum Alternative
{
    /// <summary>A difference in either direction.</summary>
    TwoSided,

    /// <summary>The first group is smaller.</summary>
    Less,

    /// <summary>The first group is larger.</summary>
    Greater,
}
