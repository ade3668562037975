namespace Trabecula.Workbench.Studies.Plans.Shapes;

/// <summary>Alternatives in a sentence.</summary>
internal static class WordList
{
    /// <summary><c>a, b or c</c>.</summary>
    public static string Or(IReadOnlyList<string> words) =>
        words.Count < 2 ? string.Concat(words) : $"{string.Join(", ", words.Take(words.Count - 1))} or {words[^1]}";
}
