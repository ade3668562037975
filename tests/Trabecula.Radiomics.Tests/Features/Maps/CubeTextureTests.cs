using CsCheck;
using Trabecula.Imaging;
using Trabecula.Radiomics.Features;
using Trabecula.Radiomics.Features.Blocks;
using Trabecula.Radiomics.Features.Maps;
using Trabecula.Radiomics.Features.Maps.Cubes;
using Trabecula.Radiomics.Parameters;
using Xunit;

namespace Trabecula.Radiomics.Tests.Features.Maps;

/// <summary>Kernels of feature maps the fast way against the plain one, at every voxel, in the order in which maps are made.</summary>
public sealed class CubeTextureTests
{
    private static readonly FeatureClass[] Textures = [FeatureClass.Glcm, FeatureClass.Glrlm, FeatureClass.Glszm, FeatureClass.Gldm, FeatureClass.Ngtdm];

    private static readonly Gen<(NaiveRegion Region, ExtractionSettings Settings)> Cases =
        from nx in Gen.Int[1, 7]
        from ny in Gen.Int[1, 5]
        from nz in Gen.Int[1, 4]
        from highest in Gen.Int[1, 40]
        from fill in Gen.Double[0.2, 1.3]
        from voxels in Gen.Select(Gen.Double[0, 1], Gen.Double[0, 1]).Array[nx * ny * nz]
        from planar in Gen.Int[-1, 2]
        from alpha in Gen.Int[0, 2]
        select (new NaiveRegion([.. voxels.Select(v => v.Item1 > fill ? 0 : 1 + (int)(v.Item2 * highest))], nx, ny, nz),
            new ExtractionSettings { Force2D = planar >= 0, Force2DDimension = Math.Max(planar, 0), GldmA = alpha });

    [Fact]
    public void Compute_EveryVoxel_EqualsThePlainWay() => Cases.Where(c => c.Region.PresentLevels.Length > 0).Sample(
        c => AtEveryVoxel(c.Region, c.Settings, (levels, kernels, kernel) =>
        {
            TextureOptions options = TextureOptions.Of(c.Settings);
            Assert.True(CubeTexture.Takes(options, kernels.Radius));
            (CubeTexture fast, BlockTexture plain) = (new(options, kernels.Size), new(options, kernels.Size, new(1, 1, 1)));
            foreach (FeatureClass featureClass in Textures)
            {
                var all = new WantedFeatures(new FeatureClassSelection(featureClass, null));
                if (all.NeedsUsedSteps)
                    all = all with { UsedSteps = kernels.UsedSteps(levels, plain.Steps) };
                AssertSame(featureClass, Plain(plain, levels, kernel, all), Fast(fast, levels, kernel, all));
            }
        }),
        iter: 40);

    [Fact]
    public void Compute_FeaturesAlone_HaveTheBitsThatTheyHaveTogether() => Cases.Where(c => c.Region.PresentLevels.Length > 0).Sample(
        c => AtEveryVoxel(c.Region, c.Settings, (levels, kernels, kernel) =>
        {
            var fast = new CubeTexture(TextureOptions.Of(c.Settings), kernels.Size);
            foreach (FeatureClass featureClass in Textures)
            {
                double[] together = Fast(fast, levels, kernel, new WantedFeatures(new FeatureClassSelection(featureClass, null)));
                foreach (string name in FeatureNames.Of(featureClass))
                {
                    var alone = new WantedFeatures(new FeatureClassSelection(featureClass, [name]));
                    int place = Assert.Single(alone.Places);
                    Assert.Equal(together[place], Fast(fast, levels, kernel, alone)[place]);
                }
            }
        }),
        iter: 5);

    [Fact]
    public void Take_KernelThatSlides_EqualsOneReadAnew() => Cases.Where(c => c.Region.PresentLevels.Length > 0).Sample(
        c =>
        {
            var sliding = new CubeLevels();
            AtEveryVoxel(c.Region, c.Settings, (levels, _, kernel) =>
            {
                var anew = new CubeLevels();
                anew.Take(levels, kernel);
                sliding.Take(levels, kernel);
                Assert.Equal((anew.Count, anew.Inside, anew.VoxelCount), (sliding.Count, sliding.Inside, sliding.VoxelCount));
                Assert.Equal(anew.Levels.Take(anew.Count), sliding.Levels.Take(anew.Count));
                Assert.Equal(anew.Masks.Take(anew.Count), sliding.Masks.Take(anew.Count));
                Assert.Equal(anew.Histogram.Take(anew.Count), sliding.Histogram.Take(anew.Count));
            });
        },
        iter: 100);

    private static double[] Fast(CubeTexture texture, LevelBlock levels, VoxelBox kernel, WantedFeatures wanted)
    {
        var cube = new CubeLevels();
        cube.Take(levels, kernel);
        var values = new double[wanted.Computed];
        texture.Compute(cube, wanted, values);
        return values;
    }

    private static double[] Plain(BlockTexture texture, LevelBlock levels, VoxelBox kernel, WantedFeatures wanted)
    {
        var block = new LevelBlock();
        block.Take(levels, kernel);
        var values = new double[wanted.Computed];
        texture.Compute(block, wanted.Class, wanted.UsedSteps, PairFeatures.All, values);
        return values;
    }

    private static void AtEveryVoxel(NaiveRegion region, ExtractionSettings settings, Action<LevelBlock, MapKernels, VoxelBox> check)
    {
        byte[] mask = [.. region.Levels.Select(level => level > 0 ? (byte)1 : (byte)0)];
        VolumeSize size = new(region.Nx, region.Ny, region.Nz);
        var kernels = new MapKernels(mask, size, size, settings);
        var voxels = new double[kernels.Counted.VoxelCount];
        kernels.Counted.Gather([.. region.Levels.Select(level => level - 0.5)], voxels);
        var discretization = new Discretization();
        discretization.Apply(voxels, voxels.Min(), voxels.Max(), Binning.OfWidth(1), "x");
        LevelBlock levels = LevelBlock.Of(kernels.Counted, discretization);
        foreach (int centre in kernels.Centres)
            check(levels, kernels, kernels.Kernel(centre));
    }

    private static void AssertSame(FeatureClass featureClass, double[] expected, double[] actual)
    {
        IReadOnlyList<string> names = FeatureNames.Of(featureClass);
        for (int k = 0; k < names.Count; k++)
        {
            // See BlockTextureTests: roots of what rounding leaves of zero.
            if (names[k] == "Imc2")
                continue;
            double absolute = names[k] == "MCC" ? 1e-6 : 1e-9, e = expected[k], a = actual[k];
            Assert.True(double.IsNaN(e) || double.IsNaN(a) ? double.IsNaN(e) == double.IsNaN(a) : Math.Abs(e - a) <= absolute + 1e-8 * Math.Abs(e),
                FormattableString.Invariant($"{featureClass} {names[k]}: {a:R} instead of {e:R}"));
        }
    }
}
