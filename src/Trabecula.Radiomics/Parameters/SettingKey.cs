namespace Trabecula.Radiomics.Parameters;

/// <summary>A key of PyRadiomics' <c>setting</c> block, as its <c>paramSchema.yaml</c> defines it.</summary>
/// <param name="Name">The key.</param>
/// <param name="Rule">What PyRadiomics allows.</param>
internal sealed record SettingKey(string Name, ValueRule Rule)
{
    /// <summary>Whether null is the key's default or means "none".</summary>
    public bool Nullable { get; init; }

    /// <summary>Values (as Python prints them) that this version computes; null where it computes all.</summary>
    public IReadOnlyList<string>? Computed { get; init; }

    /// <summary>Where the key has a meaning: an image type's filter or its features read it. The others PyRadiomics reads only from
    /// <c>setting</c>.</summary>
    public bool OverridableByImageType { get; init; }

    /// <summary>All keys.</summary>
    public static IReadOnlyDictionary<string, SettingKey> All { get; } = Define().ToDictionary(key => key.Name, StringComparer.Ordinal);

    // The order and ranges are those of paramSchema.yaml; a key with Computed stands here only to tell "not yet" from "misspelt".
    private static IEnumerable<SettingKey> Define() =>
    [
        new("minimumROIDimensions", ValueRule.Whole(1, 3)),
        new("minimumROISize", ValueRule.Whole(1, int.MaxValue)) { Nullable = true },
        new("geometryTolerance", ValueRule.Number(0)) { Nullable = true },
        new("correctMask", ValueRule.Boolean),
        new("additionalInfo", ValueRule.Boolean),
        new("label", ValueRule.Whole(1, uint.MaxValue)),
        new("label_channel", ValueRule.Whole(0)) { Computed = ["0"] },
        new("binWidth", ValueRule.Number(0)) { OverridableByImageType = true },
        new("binCount", ValueRule.Whole(1)) { Nullable = true, Computed = ["None"], OverridableByImageType = true },
        new("normalize", ValueRule.Boolean),
        new("normalizeScale", ValueRule.Number(0)),
        new("removeOutliers", ValueRule.Number(0)) { Nullable = true },
        new("resampledPixelSpacing", ValueRule.ListOf(ValueRule.Number(0, inclusive: true), 3)) { Nullable = true },
        new("interpolator", ValueRule.Interpolator) { Computed = ["sitkBSpline", "3"] },
        new("padDistance", ValueRule.Whole(0, int.MaxValue)),
        new("distances", ValueRule.ListOf(ValueRule.Whole(1))) { Computed = ["[1]"], OverridableByImageType = true },
        new("force2D", ValueRule.Boolean) { Computed = ["False"], OverridableByImageType = true },
        new("force2Ddimension", ValueRule.Whole(0, 2)) { Computed = ["0"], OverridableByImageType = true },
        new("resegmentRange", ValueRule.ListOf(ValueRule.Number())) { Nullable = true, Computed = ["None"] },
        new("resegmentMode", ValueRule.OneOf("absolute", "relative", "sigma")) { Computed = ["absolute"] },
        new("resegmentShape", ValueRule.Boolean) { Computed = ["False"] },
        new("preCrop", ValueRule.Boolean) { Computed = ["False"] },
        new("sigma", ValueRule.ListOf(ValueRule.Number(0))) { OverridableByImageType = true },
        new("start_level", ValueRule.Whole(0)) { Computed = ["0"], OverridableByImageType = true },
        new("level", ValueRule.Whole(1)) { Computed = ["1"], OverridableByImageType = true },
        new("wavelet", ValueRule.OneOf(WaveletNames())) { Computed = ["coif1"], OverridableByImageType = true },
        new("gradientUseSpacing", ValueRule.Boolean) { Computed = ["True"], OverridableByImageType = true },
        new("lbp2DRadius", ValueRule.Number(0)) { Computed = ["1", "1.0"], OverridableByImageType = true },
        new("lbp2DSamples", ValueRule.Whole(1)) { Computed = ["8"], OverridableByImageType = true },
        new("lbp2DMethod", ValueRule.OneOf("default", "ror", "uniform", "var")) { Computed = ["uniform"], OverridableByImageType = true },
        new("lbp3DLevels", ValueRule.Whole(1)) { Computed = ["2"], OverridableByImageType = true },
        new("lbp3DIcosphereRadius", ValueRule.Number(0)) { Computed = ["1", "1.0"], OverridableByImageType = true },
        new("lbp3DIcosphereSubdivision", ValueRule.Whole(0)) { Computed = ["1"], OverridableByImageType = true },
        new("voxelArrayShift", ValueRule.Whole()) { Computed = ["0"], OverridableByImageType = true },
        new("symmetricalGLCM", ValueRule.Boolean) { Computed = ["True"], OverridableByImageType = true },
        new("weightingNorm", ValueRule.OneOf("euclidean", "manhattan", "infinity", "no_weighting"))
            { Nullable = true, Computed = ["None"], OverridableByImageType = true },
        new("gldm_a", ValueRule.Whole(0)) { Computed = ["0"], OverridableByImageType = true },
    ];

    // PyWavelets' wavelist().
    private static string[] WaveletNames()
    {
        string[] splines = "1.1 1.3 1.5 2.2 2.4 2.6 2.8 3.1 3.3 3.5 3.7 3.9 4.4 5.5 6.8".Split(' ');
        return
        [
            .. Numbered("coif", 1, 17), .. Numbered("db", 1, 38), .. Numbered("sym", 2, 20), "haar", "dmey",
            .. splines.Select(s => "bior" + s), .. splines.Select(s => "rbio" + s),
            .. Numbered("gaus", 1, 8), .. Numbered("cgau", 1, 8), "mexh", "morl", "cmor", "fbsp", "shan",
        ];
    }

    private static IEnumerable<string> Numbered(string family, int first, int last) =>
        Enumerable.Range(first, last - first + 1).Select(number => $"{family}{number}");
}
