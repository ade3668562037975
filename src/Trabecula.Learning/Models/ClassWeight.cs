namespace Trabecula.Learning.Models;

/// <summary>How much a row of each class counts in a fit.</summary>
public enum ClassWeight
{
    /// <summary>Each row counts once.</summary>
    None,

    /// <summary>Rows count <c>n / (2 n_k)</c>, n_k being the rows of their class, so that both classes weigh the same: scikit-learn's <c>balanced</c>.</summary>
    Balanced,
}

/// <summary>What a row of each class counts.</summary>
/// <param name="Control">A row without the event.</param>
/// <param name="Case">A row with the event.</param>
internal readonly record struct ClassWeights(double Control, double Case)
{
    internal static ClassWeights Of(ClassWeight choice, int controls, int cases) => choice == ClassWeight.Balanced
        ? new ClassWeights((controls + cases) / (2.0 * controls), (controls + cases) / (2.0 * cases))
        : new ClassWeights(1, 1);
}
