using System.Numerics;

namespace Trabecula.Radiomics.Features.Gldm;

/// <summary>PyRadiomics <c>gldm</c>: 14 features of the dependence matrix (IBSI 3.11).</summary>
internal static class GldmFeatures
{
    public static readonly string[] Names =
    [
        "DependenceEntropy", "DependenceNonUniformity", "DependenceNonUniformityNormalized", "DependenceVariance", "GrayLevelNonUniformity",
        "GrayLevelVariance", "HighGrayLevelEmphasis", "LargeDependenceEmphasis", "LargeDependenceHighGrayLevelEmphasis",
        "LargeDependenceLowGrayLevelEmphasis", "LowGrayLevelEmphasis", "SmallDependenceEmphasis", "SmallDependenceHighGrayLevelEmphasis",
        "SmallDependenceLowGrayLevelEmphasis",
    ];

    /// <summary>Writes the features in the order of <see cref="Names"/>.</summary>
    public static void Compute<T>(LevelGrid<T> grid, Discretization levels, DependenceMatrix dependence, LevelSizeMatrix matrix, Span<double> values)
        where T : unmanaged, IBinaryInteger<T>
    {
        matrix.Clear(levels.Levels);
        dependence.Count(grid, levels.Levels.Length, matrix);
        Write(matrix.Compute(), values);
    }

    /// <summary>Writes the features of a matrix in the order of <see cref="Names"/>.</summary>
    public static void Write(in LevelSizeFeatures f, Span<double> values)
    {
        ReadOnlySpan<double> all =
        [
            f.Entropy, f.SizeNonUniformity, f.SizeNonUniformityNormalized, f.SizeVariance, f.GrayLevelNonUniformity,
            f.GrayLevelVariance, f.HighGrayLevelEmphasis, f.LargeEmphasis, f.LargeHighGrayLevelEmphasis,
            f.LargeLowGrayLevelEmphasis, f.LowGrayLevelEmphasis, f.SmallEmphasis, f.SmallHighGrayLevelEmphasis,
            f.SmallLowGrayLevelEmphasis,
        ];
        all.CopyTo(values);
    }
}
