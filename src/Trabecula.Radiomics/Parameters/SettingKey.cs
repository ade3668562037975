using Trabecula.Radiomics.Filters;

namespace Trabecula.Radiomics.Parameters;

/// <summary>A key of PyRadiomics' <c>setting</c> block, as its <c>paramSchema.yaml</c> defines it.</summary>
/// <param name="Name">The key.</param>
/// <param name="Rule">What PyRadiomics allows.</param>
internal sealed record SettingKey(string Name, ValueRule Rule)
{
    /// <summary>Whether null is the key's default or means "none".</summary>
    public bool Nullable { get; init; }

    /// <summary>Where the key has a meaning: an image type's filter or its features read it. The others PyRadiomics reads only from
    /// <c>setting</c>.</summary>
    public bool OverridableByImageType { get; init; }

    private const int MostVoxels = 100, MostLevels = 20;

    /// <summary>The keys of the <c>setting</c> block.</summary>
    public static IReadOnlyDictionary<string, SettingKey> All { get; } = Define().ToDictionary(key => key.Name, StringComparer.Ordinal);

    // The order and ranges are those of paramSchema.yaml, with upper bounds where more would only exhaust the memory.
    private static IEnumerable<SettingKey> Define() =>
    [
        new("minimumROIDimensions", ValueRule.Whole(1, 3)),
        new("minimumROISize", ValueRule.Whole(1, int.MaxValue)) { Nullable = true },
        new("geometryTolerance", ValueRule.Number(0)) { Nullable = true },
        new("correctMask", ValueRule.Boolean),
        new("additionalInfo", ValueRule.Boolean),
        new("label", ValueRule.Whole(1, uint.MaxValue)),
        new("label_channel", ValueRule.Whole(0, int.MaxValue)),
        new("binWidth", ValueRule.Number(0)) { OverridableByImageType = true },
        new("binCount", ValueRule.Whole(1, int.MaxValue)) { Nullable = true, OverridableByImageType = true },
        new("normalize", ValueRule.Boolean),
        new("normalizeScale", ValueRule.Number(0)),
        new("removeOutliers", ValueRule.Number(0)) { Nullable = true },
        new("resampledPixelSpacing", ValueRule.ListOf(ValueRule.Number(0, inclusive: true), 3)) { Nullable = true },
        new("interpolator", ValueRule.InterpolatorName) { Nullable = true },
        new("padDistance", ValueRule.Whole(0, int.MaxValue)),
        new("distances", ValueRule.ListOf(ValueRule.Whole(1, MostVoxels), 1, MostVoxels)) { OverridableByImageType = true },
        new("force2D", ValueRule.Boolean) { OverridableByImageType = true },
        new("force2Ddimension", ValueRule.Whole(0, 2)) { OverridableByImageType = true },
        new("resegmentRange", ValueRule.ListOf(ValueRule.Number(), 1, 2)) { Nullable = true },
        new("resegmentMode", ValueRule.OneOf("absolute", "relative", "sigma")),
        new("resegmentShape", ValueRule.Boolean),
        new("preCrop", ValueRule.Boolean),
        new("sigma", ValueRule.ListOf(ValueRule.Number(0))) { OverridableByImageType = true },
        new("start_level", ValueRule.Whole(0, MostLevels)) { OverridableByImageType = true },
        new("level", ValueRule.Whole(1, MostLevels)) { OverridableByImageType = true },
        new("wavelet", ValueRule.OneOf([.. WaveletFilters.Names])) { OverridableByImageType = true },
        new("gradientUseSpacing", ValueRule.Boolean) { OverridableByImageType = true },
        new("lbp2DRadius", ValueRule.Number(0)) { OverridableByImageType = true },
        new("lbp2DSamples", ValueRule.Whole(1, 62)) { OverridableByImageType = true },
        new("lbp2DMethod", ValueRule.OneOf("default", "ror", "uniform", "var")) { OverridableByImageType = true },
        new("lbp3DLevels", ValueRule.Whole(1, MostLevels)) { OverridableByImageType = true },
        new("lbp3DIcosphereRadius", ValueRule.Number(0)) { OverridableByImageType = true },
        new("lbp3DIcosphereSubdivision", ValueRule.Whole(0, 6)) { OverridableByImageType = true },
        new("voxelArrayShift", ValueRule.Whole()) { OverridableByImageType = true },
        new("symmetricalGLCM", ValueRule.Boolean) { OverridableByImageType = true },
        new("weightingNorm", ValueRule.OneOf("euclidean", "manhattan", "infinity", "no_weighting")) { Nullable = true, OverridableByImageType = true },
        new("gldm_a", ValueRule.Whole(0, int.MaxValue)) { OverridableByImageType = true },
    ];

    /// <summary>The keys of the <c>voxelSetting</c> block.</summary>
    public static IReadOnlyDictionary<string, SettingKey> Voxel { get; } = ((SettingKey[])
    [
        new("kernelRadius", ValueRule.Whole(1, MostVoxels)),
        new("maskedKernel", ValueRule.Boolean),
        new("initValue", ValueRule.AnyNumber),
        new("voxelBatch", ValueRule.Whole(1)),
    ]).ToDictionary(key => key.Name, StringComparer.Ordinal);
}
