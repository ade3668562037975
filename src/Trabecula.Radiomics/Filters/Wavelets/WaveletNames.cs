using Trabecula.Radiomics.Parameters;

namespace Trabecula.Radiomics.Filters;

/// <summary>PyRadiomics' names of the subbands.</summary>
internal static class WaveletNames
{
    /// <summary>Array axes (0 is z) that are filtered, in their order, x first: all three, or the two within the planes of <c>force2D</c>.</summary>
    public static int[] Axes(ExtractionSettings settings) =>
        settings.Force2D ? [.. Enumerable.Range(0, 3).Reverse().Where(axis => axis != settings.Force2DDimension)] : [2, 1, 0];

    /// <summary>The detail subbands of one level in their order; a letter for each axis, L low-pass, H high-pass, the first axis first.</summary>
    public static IEnumerable<string> Details(int axes) => Enumerable.Range(1, (1 << axes) - 1)
        .Select(bits => string.Concat(Enumerable.Range(0, axes).Select(axis => (bits >> (axes - 1 - axis) & 1) == 0 ? 'L' : 'H')));

    /// <summary>The beginning of a level's names: levels above the first carry their number, counted from the first level given.</summary>
    public static string Prefix(int level) => level == 1 ? "wavelet-" : FormattableString.Invariant($"wavelet{level}-");

    /// <summary>All images of an image type; the approximation of the last level comes last.</summary>
    public static IEnumerable<string> Of(WaveletImageType type)
    {
        int axes = Axes(type.Settings).Length;
        for (int level = 1; level <= type.Levels; level++)
        {
            foreach (string letters in Details(axes))
                yield return Prefix(level) + letters;
        }
        yield return Prefix(type.Levels) + new string('L', axes);
    }
}
