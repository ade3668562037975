namespace Trabecula.Imaging.Agreement;

/// <summary>Distances from the places of one set to the nearest place of another, in ascending order, each with a weight.</summary>
/// <param name="Millimetres">Ascending distances.</param>
/// <param name="Weights">The area, or 1, of each place.</param>
internal sealed record DirectedDistances(double[] Millimetres, double[] Weights)
{
    /// <summary>Total weight.</summary>
    public double Weight { get; } = Weights.Sum();

    /// <summary>Weighted mean; NaN without places.</summary>
    public double Mean
    {
        get
        {
            double sum = 0;
            for (int i = 0; i < Millimetres.Length; i++)
                sum += Millimetres[i] * Weights[i];
            return sum / Weight;
        }
    }

    /// <summary>The longest; NaN without places.</summary>
    public double Maximum => Millimetres.Length == 0 ? double.NaN : Millimetres[^1];

    /// <summary>Looks up the distances of the places.</summary>
    /// <param name="squared">Squared distance of every place of the grid to the other set.</param>
    /// <param name="weights">The weight of every place; 0 for those that are not in this set.</param>
    public static DirectedDistances Of(ReadOnlySpan<double> squared, ReadOnlySpan<double> weights)
    {
        var (distances, kept) = (new List<double>(), new List<double>());
        for (int i = 0; i < squared.Length; i++)
        {
            if (weights[i] <= 0)
                continue;
            distances.Add(Math.Sqrt(squared[i]));
            kept.Add(weights[i]);
        }
        double[] sorted = [.. distances], sortedWeights = [.. kept];
        Array.Sort(sorted, sortedWeights);
        return new DirectedDistances(sorted, sortedWeights);
    }

    /// <summary>Weight of the places at most so far away.</summary>
    public double WeightWithin(double millimetres)
    {
        double sum = 0;
        for (int i = 0; i < Millimetres.Length && Millimetres[i] <= millimetres; i++)
            sum += Weights[i];
        return sum;
    }

    /// <summary>The distance within which lies a share of the weight.</summary>
    public double Percentile(double share)
    {
        double sum = 0;
        for (int i = 0; i < Millimetres.Length; i++)
        {
            sum += Weights[i];
            if (sum / Weight >= share)
                return Millimetres[i];
        }
        return Maximum;
    }
}
