using CsCheck;
using Trabecula.Imaging;
using Trabecula.Radiomics.Features;
using Trabecula.Radiomics.Filters;
using Trabecula.Radiomics.Parameters;
using Trabecula.Radiomics.Preprocessing;
using Xunit;

namespace Trabecula.Radiomics.Tests.Features;

/// <summary>The fast features against the naive ones, on random regions: ragged, with gaps, thin, of few or many levels.</summary>
public sealed class NaiveAgainstFastTests
{
    private static readonly Gen<NaiveRegion> Regions =
        from nx in Gen.Int[1, 40]
        from ny in Gen.Int[1, 7]
        from nz in Gen.Int[1, 6]
        from highest in Gen.Int[1, 60]
        from fill in Gen.Double[0.05, 1.2]
        from smooth in Gen.Bool
        from voxels in Gen.Select(Gen.Double[0, 1], Gen.Double[0, 1]).Array[nx * ny * nz]
        select Make(nx, ny, nz, highest, fill, smooth, voxels);

    private static readonly (FeatureClass Class, string Generic, string Named)[] Synonyms =
    [
        .. Pairs(FeatureClass.Glrlm, "ShortRunEmphasis", "LongRunEmphasis", "RunLengthNonUniformity", "RunPercentage", "RunVariance", "RunEntropy",
            "LowGrayLevelRunEmphasis", "HighGrayLevelRunEmphasis", "ShortRunLowGrayLevelEmphasis", "ShortRunHighGrayLevelEmphasis",
            "LongRunLowGrayLevelEmphasis", "LongRunHighGrayLevelEmphasis"),
        .. Pairs(FeatureClass.Glszm, "SmallAreaEmphasis", "LargeAreaEmphasis", "SizeZoneNonUniformity", "ZonePercentage", "ZoneVariance", "ZoneEntropy",
            "LowGrayLevelZoneEmphasis", "HighGrayLevelZoneEmphasis", "SmallAreaLowGrayLevelEmphasis", "SmallAreaHighGrayLevelEmphasis",
            "LargeAreaLowGrayLevelEmphasis", "LargeAreaHighGrayLevelEmphasis"),
        .. Pairs(FeatureClass.Gldm, "SmallDependenceEmphasis", "LargeDependenceEmphasis", "DependenceNonUniformity", "", "DependenceVariance",
            "DependenceEntropy", "LowGrayLevelEmphasis", "HighGrayLevelEmphasis", "SmallDependenceLowGrayLevelEmphasis",
            "SmallDependenceHighGrayLevelEmphasis", "LargeDependenceLowGrayLevelEmphasis", "LargeDependenceHighGrayLevelEmphasis"),
    ];

    /// <summary>Too long for runs to be counted in a byte, or with too many levels.</summary>
    private static readonly Gen<NaiveRegion> WideRegions =
        from nx in Gen.Int[250, 300]
        from highest in Gen.OneOf(Gen.Int[1, 3], Gen.Int[256, 320])
        from voxels in Gen.Select(Gen.Double[0, 1], Gen.Double[0, 1]).Array[nx * 4]
        select Make(nx, 2, 2, highest, 1.1, false, voxels);

    [Fact]
    public void Textures_RandomRegions_EqualTheirDefinitions() => Regions.Sample(Check, iter: 150, threads: 1);

    [Fact]
    public void Textures_WideRegions_EqualTheirDefinitions() => WideRegions.Sample(Check, iter: 6, threads: 1);

    /// <summary>Fewer pairs than cells: another eigenvalue is near the wanted one, and an iteration that stops early takes it for it.</summary>
    [Fact]
    public void Textures_FewPairsOfManyLevels_EqualTheirDefinitions() => Check(new NaiveRegion(
        [
            1, 15, 8, 12, 0, 20, 24, 37, 40, 0, 40, 0, 7, 19, 12, 27, 20, 24, 28, 32, 0, 51,
            0, 5, 10, 0, 16, 27, 24, 28, 0, 36, 49, 2, 4, 19, 12, 16, 0, 24, 28, 0, 36, 40,
            1, 0, 0, 12, 16, 20, 24, 0, 32, 0, 40, 2, 15, 13, 12, 16, 20, 27, 28, 38, 36, 46,
            1, 4, 9, 0, 0, 24, 31, 28, 0, 0, 0, 1, 5, 9, 12, 16, 20, 24, 28, 35, 0, 40,
        ],
        11, 2, 4));

    [Fact]
    public void Textures_OneLevelOnALineOf300_HasOneRunOf300()
    {
        var line = new NaiveRegion([.. Enumerable.Repeat(1, 300)], 300, 1, 1);
        Assert.Equal(90000, Fast(line)["glrlm_LongRunEmphasis"]);
    }

    private static void Check(NaiveRegion region)
    {
        Dictionary<string, double> fast = Fast(region);
        Dictionary<string, double> naive = Naive(region);
        Assert.Equal(naive.Keys.Order(), fast.Keys.Order());
        foreach ((string name, double expected) in naive)
        {
            double actual = fast[name];
            double absolute = name == "glcm_MCC" ? 1e-7 : 1e-9;
            Assert.True(
                name == "glcm_Imc2" ? IsImc2(region, actual)
                    : double.IsNaN(expected) ? double.IsNaN(actual) : Math.Abs(actual - expected) <= absolute + 1e-9 * Math.Abs(expected),
                $"{name}: {actual:R} instead of {expected:R} in {region.Nx} x {region.Ny} x {region.Nz}: {string.Join(' ', region.Levels)}");
        }
    }

    /// <summary>
    /// Imc2 is the root of a difference of entropies. Where levels are independent along a direction the entropies cancel, rounding of 1e-15
    /// shows as 1e-8, and its sign decides whether the direction has a root of nearly nothing or none, which leaves it out of the mean.
    /// </summary>
    private static bool IsImc2(NaiveRegion region, double actual)
    {
        double[] directions = [.. NaiveMatrices.Glcm(region).Select(m => NaiveFormulas.Glcm(m, region.PresentLevels)["Imc2"])];
        double[] decided = [.. directions.Where(value => value > 1e-6)];
        return Enumerable.Range(decided.Length, directions.Length - decided.Length + 1)
            .Any(count => count == 0 ? double.IsNaN(actual) || actual < 1e-6 : Math.Abs(actual - decided.Sum() / count) <= 1e-6);
    }

    private static NaiveRegion Make(int nx, int ny, int nz, int highest, double fill, bool smooth, (double Level, double Inside)[] voxels)
    {
        int[] levels = [.. voxels.Select((v, i) => v.Inside > fill ? 0 : 1 + (int)((smooth ? 0.8 * (i % nx) / nx + 0.2 * v.Level : v.Level) * (highest - 0.001)))];
        // The box is tight in an extraction: one voxel at either end keeps it so.
        levels[0] = 1;
        levels[^1] = Math.Max(1, levels[^1]);
        return new NaiveRegion(levels, nx, ny, nz);
    }

    /// <summary>Levels as intensities in the middle of bins of width 1.</summary>
    internal static Dictionary<string, double> Fast(NaiveRegion region)
    {
        byte[] mask = [.. region.Levels.Select(l => l > 0 ? (byte)1 : (byte)0)];
        var grid = new RegionGrid(mask, region.Nx, region.Ny, region.Nz);
        double[] box = [.. region.Levels.Select(l => l - 0.5)];
        var output = new List<FeatureValue>();
        var features = new ImageFeatures(grid, new(1, 1, 1));
        var image = new WorkingImage(new(new(region.Nx, region.Ny, region.Nz), new(1, 1, 1), default, Matrix3D.Identity), VoxelType.Float64, box);
        features.Take(new FilteredImage("x", image), new ExtractionSettings { BinWidth = 1 });
        foreach (FeatureClass texture in (FeatureClass[])[FeatureClass.Glcm, FeatureClass.Glrlm, FeatureClass.Glszm, FeatureClass.Gldm, FeatureClass.Ngtdm])
            features.Compute(new FeatureClassSelection(texture, null), output);
        return output.ToDictionary(f => f.Name[2..], f => f.Value);
    }

    private static Dictionary<string, double> Naive(NaiveRegion region)
    {
        // Bins start at the lowest level present: PyRadiomics counts levels from there.
        int shift = region.PresentLevels[0] - 1;
        region = new NaiveRegion([.. region.Levels.Select(l => l > 0 ? l - shift : 0)], region.Nx, region.Ny, region.Nz);
        var values = new Dictionary<string, double>();
        Average("glcm", [.. NaiveMatrices.Glcm(region).Select(m => NaiveFormulas.Glcm(m, region.PresentLevels))],
            NaiveFormulas.Glcm(new double[region.PresentLevels[^1] + 1, region.PresentLevels[^1] + 1], region.PresentLevels).Keys, values);
        Dictionary<string, double>[] runs = [.. NaiveMatrices.Glrlm(region).Select(NaiveFormulas.LevelSize)];
        var sizes = NaiveFormulas.LevelSize(NaiveMatrices.Glszm(region));
        var dependences = NaiveFormulas.LevelSize(NaiveMatrices.Gldm(region));
        foreach ((FeatureClass featureClass, string generic, string named) in Synonyms)
        {
            values[$"{FeatureNames.NameOf(featureClass)}_{named}"] = featureClass switch
            {
                FeatureClass.Glrlm => runs.Length == 0 ? double.NaN : runs.Average(r => r[generic]),
                FeatureClass.Glszm => sizes[generic],
                _ => dependences[generic],
            };
        }
        foreach ((string name, double value) in NaiveFormulas.Ngtdm(NaiveMatrices.Ngtdm(region)))
            values["ngtdm_" + name] = value;
        return values;
    }

    private static void Average(string prefix, Dictionary<string, double>[] directions, IEnumerable<string> names, Dictionary<string, double> values)
    {
        foreach (string name in names)
        {
            double[] defined = [.. directions.Select(d => d[name]).Where(v => !double.IsNaN(v))];
            values[$"{prefix}_{name}"] = defined.Length == 0 ? double.NaN : defined.Average();
        }
    }

    private static IEnumerable<(FeatureClass, string, string)> Pairs(FeatureClass featureClass, params string[] names)
    {
        string[] generic =
        [
            "SmallEmphasis", "LargeEmphasis", "SizeNonUniformity", "Percentage", "SizeVariance", "Entropy", "LowGrayLevelEmphasis", "HighGrayLevelEmphasis",
            "SmallLowGrayLevelEmphasis", "SmallHighGrayLevelEmphasis", "LargeLowGrayLevelEmphasis", "LargeHighGrayLevelEmphasis",
        ];
        for (int k = 0; k < generic.Length; k++)
        {
            if (names[k].Length > 0)
                yield return (featureClass, generic[k], names[k]);
        }
        yield return (featureClass, "SizeNonUniformityNormalized", names[2] + "Normalized");
        yield return (featureClass, "GrayLevelNonUniformity", "GrayLevelNonUniformity");
        yield return (featureClass, "GrayLevelVariance", "GrayLevelVariance");
        if (featureClass != FeatureClass.Gldm)
            yield return (featureClass, "GrayLevelNonUniformityNormalized", "GrayLevelNonUniformityNormalized");
    }
}
