namespace Trabecula.Learning;

/// <summary>Names in a message, so many that it is still read to its end.</summary>
internal static class Listing
{
    internal const int Shown = 10;

    /// <summary>The first of them, and how many more there are.</summary>
    internal static string Of(IReadOnlyCollection<string> names, string separator = ", ") => string.Join(separator, names.Take(Shown)) + Rest(names.Count);

    /// <summary>How many more there are than are shown.</summary>
    internal static string Rest(int count) => count > Shown ? $" and {count - Shown} more" : "";
}
