using Trabecula.Radiomics.Parameters;

namespace Trabecula.Workbench;

/// <summary>What a misspelt word was meant to be: the same rule for options as for the keys of files.</summary>
public static class Spelling
{
    /// <summary>The known word with the least edits, case not counted, or null where none is near.</summary>
    public static string? Nearest(string word, IEnumerable<string> known) => NearestName.Of(word, known);
}
