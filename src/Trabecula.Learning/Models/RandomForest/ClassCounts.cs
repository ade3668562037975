namespace Trabecula.Learning.Models;

/// <summary>Numbers of rows of either class, each row as often as it was drawn; both in one number, so that one addition adds both.</summary>
internal readonly record struct ClassCounts(ulong Packed)
{
    private const int ControlShift = 32;

    internal ClassCounts(int controls, int cases)
        : this(((ulong)controls << ControlShift) | (uint)cases)
    {
    }

    internal int Controls => (int)(Packed >> ControlShift);

    internal int Cases => (int)(uint)Packed;

    internal bool IsPure => Controls == 0 || Cases == 0;

    public static ClassCounts operator +(ClassCounts a, ClassCounts b) => new(a.Packed + b.Packed);

    public static ClassCounts operator -(ClassCounts a, ClassCounts b) => new(a.Packed - b.Packed);

    /// <summary>One row, drawn some times.</summary>
    internal static ClassCounts OfRow(bool isCase, int times) => isCase ? new(0, times) : new(times, 0);

    /// <summary>Weight of the rows.</summary>
    internal double Weight(ClassWeights weights) => Controls * weights.Control + Cases * weights.Case;

    /// <summary>Share of the cases in the weight of the rows.</summary>
    internal double CaseShare(ClassWeights weights) => Cases * weights.Case / Weight(weights);

    /// <summary>
    /// Half of Gini's impurity times the weight of the rows: <c>w₀ w₁ / (w₀ + w₁)</c>, as Gini's impurity of two classes is <c>2 p₀ p₁</c>.
    /// </summary>
    internal double HalfGini(ClassWeights weights)
    {
        double controls = Controls * weights.Control, cases = Cases * weights.Case;
        return controls * cases / (controls + cases);
    }
}
