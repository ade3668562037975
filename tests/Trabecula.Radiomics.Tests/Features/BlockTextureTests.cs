using CsCheck;
using Trabecula.Imaging;
using Trabecula.Radiomics.Features;
using Trabecula.Radiomics.Features.Blocks;
using Trabecula.Radiomics.Parameters;
using Xunit;

namespace Trabecula.Radiomics.Tests.Features;

/// <summary>The textures of any options against the fast ones of the default options, and by what must not change them.</summary>
public sealed class BlockTextureTests
{
    private static readonly FeatureClass[] Textures = [FeatureClass.Glcm, FeatureClass.Glrlm, FeatureClass.Glszm, FeatureClass.Gldm, FeatureClass.Ngtdm];

    private static readonly Gen<NaiveRegion> Regions =
        from nx in Gen.Int[1, 9]
        from ny in Gen.Int[1, 7]
        from nz in Gen.Int[1, 5]
        from highest in Gen.Int[1, 20]
        from fill in Gen.Double[0.3, 1.3]
        from voxels in Gen.Select(Gen.Double[0, 1], Gen.Double[0, 1]).Array[nx * ny * nz]
        select Make(nx, ny, nz, highest, fill, voxels);

    private static readonly Gen<ExtractionSettings> Options =
        from distances in Gen.Int[1, 3]
        from planar in Gen.Int[-1, 2]
        from norm in Gen.Int[-1, 3]
        from alpha in Gen.Int[0, 2]
        select new ExtractionSettings
        {
            Distances = [.. Enumerable.Range(1, distances)],
            Force2D = planar >= 0,
            Force2DDimension = Math.Max(planar, 0),
            WeightingNorm = norm < 0 ? null : (WeightingNorm)norm,
            GldmA = alpha,
        };

    [Fact]
    public void Compute_DefaultOptions_EqualsTheFastFeatures() => Regions.Sample(
        region =>
        {
            Dictionary<string, double> fast = NaiveAgainstFastTests.Fast(region), any = Compute(region, new ExtractionSettings(), new(1, 1, 1));
            Assert.Equal(fast.Keys.Order(), any.Keys.Order());
            AssertSame(fast, any);
        },
        iter: 150);

    [Fact]
    public void Compute_FlippedAxis_GivesTheSame() => Gen.Select(Regions, Options, Gen.Int[0, 2]).Sample(
        (region, options, axis) => AssertSame(
            Compute(region, options, new(1.5, 0.8, 2)), Compute(Map(region, (axis, n) => axis == n), options, new(1.5, 0.8, 2))),
        iter: 60);

    [Fact]
    public void Compute_QuarterTurnAboutZ_GivesTheSame() => Gen.Select(Regions, Options).Sample(
        (region, options) =>
        {
            var turned = new NaiveRegion([.. Enumerable.Range(0, region.Levels.Length).Select(i =>
            {
                int x = i % region.Ny, y = i / region.Ny % region.Nx, z = i / region.Ny / region.Nx;
                return region.Levels[(z * region.Ny + (region.Ny - 1 - x)) * region.Nx + y];
            })], region.Ny, region.Nx, region.Nz);
            // The planes' axis turns with the region.
            ExtractionSettings with = options.Force2DDimension == 0 ? options : options with { Force2DDimension = 3 - options.Force2DDimension };
            AssertSame(Compute(region, options, new(1.5, 0.8, 2)), Compute(turned, with, new(0.8, 1.5, 2)));
        },
        iter: 60);

    [Fact]
    public void Compute_OneDirectionWithAnyNorm_HasTheSameProbabilities()
    {
        // One direction only: the weighted sum of one matrix is that matrix, whatever its weight.
        var line = new NaiveRegion([1, 2, 2, 3, 1, 1, 4], 7, 1, 1);
        foreach (WeightingNorm norm in Enum.GetValues<WeightingNorm>())
        {
            Dictionary<string, double> plain = Compute(line, new ExtractionSettings(), new(2, 1, 1));
            AssertSame(plain.Where(f => f.Key.StartsWith("glcm_", StringComparison.Ordinal) || f.Key.EndsWith("Emphasis", StringComparison.Ordinal)).ToDictionary(),
                Compute(line, new ExtractionSettings { WeightingNorm = norm }, new(2, 1, 1)));
        }
    }

    [Fact]
    public void Compute_AsymmetricMatrix_HasTheCentreInItsRows()
    {
        // Steps of +x pair each voxel with the one after it: (1,2), (2,2), (2,3).
        Dictionary<string, double> values = Compute(new NaiveRegion([1, 2, 2, 3], 4, 1, 1), new ExtractionSettings { SymmetricalGlcm = false }, new(1, 1, 1));
        Assert.Equal((1 + 2 + 2) / 3.0, values["glcm_JointAverage"], 1e-12);
        Assert.Equal((2 + 4 + 6) / 3.0, values["glcm_Autocorrelation"], 1e-12);
    }

    private static Dictionary<string, double> Compute(NaiveRegion region, ExtractionSettings settings, Vector3D spacing)
    {
        byte[] mask = [.. region.Levels.Select(l => l > 0 ? (byte)1 : (byte)0)];
        var grid = new RegionGrid(mask, region.Nx, region.Ny, region.Nz);
        var voxels = new double[grid.VoxelCount];
        grid.Gather([.. region.Levels.Select(l => l - 0.5)], voxels);
        var levels = new Discretization();
        levels.Apply(voxels, voxels.Min(), voxels.Max(), Binning.OfWidth(1), "x");
        var texture = new BlockTexture(TextureOptions.Of(settings), new(region.Nx, region.Ny, region.Nz), spacing);
        var block = LevelBlock.Of(grid, levels);
        var output = new Dictionary<string, double>();
        foreach (FeatureClass featureClass in Textures)
        {
            var values = new double[FeatureNames.Of(featureClass).Count];
            texture.Compute(block, featureClass, null, PairFeatures.All, values);
            for (int k = 0; k < values.Length; k++)
                output[$"{FeatureNames.NameOf(featureClass)}_{FeatureNames.Of(featureClass)[k]}"] = values[k];
        }
        return output;
    }

    private static void AssertSame(Dictionary<string, double> expected, Dictionary<string, double> actual)
    {
        foreach ((string name, double e) in expected)
        {
            double a = actual[name];
            // In a direction with independent levels rounding decides between the root of nearly nothing and no value, which is left out of the mean.
            if (name == "glcm_Imc2")
                continue;
            // The root of what rounding leaves of zero.
            double absolute = name == "glcm_MCC" ? 1e-6 : 1e-9;
            Assert.True(double.IsNaN(e) || double.IsNaN(a) ? double.IsNaN(e) == double.IsNaN(a) : Math.Abs(e - a) <= absolute + 1e-8 * Math.Abs(e),
                FormattableString.Invariant($"{name}: {a:R} instead of {e:R}"));
        }
    }

    private static NaiveRegion Map(NaiveRegion region, Func<int, int, bool> flips)
    {
        int axis = Enumerable.Range(0, 3).First(n => flips(n, n));
        return new NaiveRegion([.. Enumerable.Range(0, region.Levels.Length).Select(i =>
        {
            int x = i % region.Nx, y = i / region.Nx % region.Ny, z = i / region.Nx / region.Ny;
            return region.Levels[((axis == 2 ? region.Nz - 1 - z : z) * region.Ny + (axis == 1 ? region.Ny - 1 - y : y)) * region.Nx + (axis == 0 ? region.Nx - 1 - x : x)];
        })], region.Nx, region.Ny, region.Nz);
    }

    private static NaiveRegion Make(int nx, int ny, int nz, int highest, double fill, (double Level, double Inside)[] voxels)
    {
        int[] levels = [.. voxels.Select(v => v.Inside > fill ? 0 : 1 + (int)(v.Level * (highest - 0.001)))];
        levels[0] = 1;
        levels[^1] = Math.Max(1, levels[^1]);
        return new NaiveRegion(levels, nx, ny, nz);
    }
}
