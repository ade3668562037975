namespace Trabecula.Learning.Search;

/// <summary>Orders lists of numbers by the first in which they differ; a list that only begins another comes before it.</summary>
internal static class FirstDifference
{
    internal static IComparer<IReadOnlyList<double>> Order { get; } = Comparer<IReadOnlyList<double>>.Create((one, other) =>
    {
        for (int i = 0; i < Math.Min(one.Count, other.Count); i++)
        {
            if (one[i].CompareTo(other[i]) is not 0 and int order)
                return order;
        }
        return one.Count.CompareTo(other.Count);
    });
}
