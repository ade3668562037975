namespace Trabecula.Learning.Sampling;

/// <summary>The value that a made row has in a binary or categorical column, where a point between two rows has no meaning.</summary>
public enum CategoryRule
{
    /// <summary>That of the row that the made one is nearer to: of its base row for a step below one half, else of the partner.</summary>
    FromNearer,

    /// <summary>That of the base row.</summary>
    FromBase,

    /// <summary>The point between, as imbalanced-learn's ADASYN and SMOTE give it: fractions that no subject has. To repeat published work.</summary>
    Interpolated,
}
