using System.Numerics;

namespace Trabecula.Radiomics.Features.Glrlm;

/// <summary>
/// PyRadiomics <c>glrlm</c>: 16 features of the run-length matrix, each computed per direction and averaged (IBSI 3.7, "averaged over 3-D
/// directions").
/// </summary>
internal static class GlrlmFeatures
{
    public static readonly string[] Names =
    [
        "GrayLevelNonUniformity", "GrayLevelNonUniformityNormalized", "GrayLevelVariance", "HighGrayLevelRunEmphasis", "LongRunEmphasis",
        "LongRunHighGrayLevelEmphasis", "LongRunLowGrayLevelEmphasis", "LowGrayLevelRunEmphasis", "RunEntropy", "RunLengthNonUniformity",
        "RunLengthNonUniformityNormalized", "RunPercentage", "RunVariance", "ShortRunEmphasis", "ShortRunHighGrayLevelEmphasis",
        "ShortRunLowGrayLevelEmphasis",
    ];

    /// <summary>Writes the features in the order of <see cref="Names"/>; all NaN where no direction can hold a run of two.</summary>
    public static void Compute<T>(LevelGrid<T> grid, Discretization levels, RunLengthMatrix runs, LevelSizeMatrix matrix, Span<double> values)
        where T : unmanaged, IBinaryInteger<T>
    {
        values.Clear();
        Span<double> ofDirection = stackalloc double[Names.Length];
        foreach (RegionGrid.Direction direction in grid.Region.RunDirections)
        {
            matrix.Clear(levels.Levels);
            runs.Count(grid, levels, direction, matrix);
            Write(matrix.Compute(), ofDirection);
            for (int k = 0; k < values.Length; k++)
                values[k] += ofDirection[k];
        }
        for (int k = 0; k < values.Length; k++)
            values[k] /= grid.Region.RunDirections.Length;
    }

    /// <summary>Writes the features of a matrix in the order of <see cref="Names"/>.</summary>
    public static void Write(in LevelSizeFeatures f, Span<double> values)
    {
        ReadOnlySpan<double> all =
        [
            f.GrayLevelNonUniformity, f.GrayLevelNonUniformityNormalized, f.GrayLevelVariance, f.HighGrayLevelEmphasis, f.LargeEmphasis,
            f.LargeHighGrayLevelEmphasis, f.LargeLowGrayLevelEmphasis, f.LowGrayLevelEmphasis, f.Entropy, f.SizeNonUniformity,
            f.SizeNonUniformityNormalized, f.Percentage, f.SizeVariance, f.SmallEmphasis, f.SmallHighGrayLevelEmphasis,
            f.SmallLowGrayLevelEmphasis,
        ];
        all.CopyTo(values);
    }
}
