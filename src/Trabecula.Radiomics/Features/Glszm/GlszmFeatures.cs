using System.Numerics;

namespace Trabecula.Radiomics.Features.Glszm;

/// <summary>PyRadiomics <c>glszm</c>: 16 features of the size-zone matrix (IBSI 3.8).</summary>
internal static class GlszmFeatures
{
    public static readonly string[] Names =
    [
        "GrayLevelNonUniformity", "GrayLevelNonUniformityNormalized", "GrayLevelVariance", "HighGrayLevelZoneEmphasis", "LargeAreaEmphasis",
        "LargeAreaHighGrayLevelEmphasis", "LargeAreaLowGrayLevelEmphasis", "LowGrayLevelZoneEmphasis", "SizeZoneNonUniformity",
        "SizeZoneNonUniformityNormalized", "SmallAreaEmphasis", "SmallAreaHighGrayLevelEmphasis", "SmallAreaLowGrayLevelEmphasis",
        "ZoneEntropy", "ZonePercentage", "ZoneVariance",
    ];

    /// <summary>Writes the features in the order of <see cref="Names"/>.</summary>
    public static void Compute<T>(LevelGrid<T> grid, Discretization levels, SizeZoneMatrix zones, LevelSizeMatrix matrix, Span<double> values)
        where T : unmanaged, IBinaryInteger<T>
    {
        matrix.Clear(levels.Levels);
        zones.Count(grid, levels, matrix);
        Write(matrix.Compute(), values);
    }

    /// <summary>Writes the features of a matrix in the order of <see cref="Names"/>.</summary>
    public static void Write(in LevelSizeFeatures f, Span<double> values)
    {
        ReadOnlySpan<double> all =
        [
            f.GrayLevelNonUniformity, f.GrayLevelNonUniformityNormalized, f.GrayLevelVariance, f.HighGrayLevelEmphasis, f.LargeEmphasis,
            f.LargeHighGrayLevelEmphasis, f.LargeLowGrayLevelEmphasis, f.LowGrayLevelEmphasis, f.SizeNonUniformity,
            f.SizeNonUniformityNormalized, f.SmallEmphasis, f.SmallHighGrayLevelEmphasis, f.SmallLowGrayLevelEmphasis,
            f.Entropy, f.Percentage, f.SizeVariance,
        ];
        all.CopyTo(values);
    }
}
