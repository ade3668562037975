using Trabecula.Imaging;
using Trabecula.Learning;
using Trabecula.Workbench.Synthesis;
using Xunit;

namespace Trabecula.Workbench.Tests.Synthesis;

public sealed class VertebraPhantomTests
{
    private static readonly VertebraTraits Typical = new(1.2, 115, 25, 0.2, 40, Cleft: false);

    [Fact]
    public void Render_SameSeed_GivesTheSameVoxels()
    {
        VertebraPhantom first = VertebraPhantom.Render(Typical, new Seed(1)), second = VertebraPhantom.Render(Typical, new Seed(1));
        Assert.Equal(first.Image.Voxels, second.Image.Voxels);
        Assert.Equal(Labels(first), Labels(second));
        Assert.NotEqual(first.Image.Voxels.ToArray(), VertebraPhantom.Render(Typical, new Seed(2)).Image.Voxels.ToArray());
    }

    [Fact]
    public void Render_Typical_HasVolumeOfItsTraits()
    {
        double cubicMm = Labels(VertebraPhantom.Render(Typical, new Seed(3))).Count(l => l == 1) * 0.78 * 0.78 * 3;
        // Between the ellipsoid and the box of the same axes, less the wedge.
        Assert.InRange(cubicMm, 0.6 * 40 * 30 * 25 * 0.9, 40 * 30 * 25 * 0.9);
    }

    [Fact]
    public void Render_EveryCornerOfTheTraits_KeepsTheBodyOffTheBorder()
    {
        VolumeSize size = VertebraPhantom.Size;
        for (int corner = 0; corner < 8; corner++)
        {
            var traits = new VertebraTraits(1.2, 115, (corner & 1) == 0 ? 22 : 28, (corner & 2) == 0 ? 0.1 : 0.4, (corner & 4) == 0 ? 37 : 43, false);
            for (int seed = 0; seed < 5; seed++)
            {
                byte[] labels = Labels(VertebraPhantom.Render(traits, new Seed((ulong)seed)));
                Assert.DoesNotContain(Enumerable.Range(0, labels.Length), i => labels[i] != 0 &&
                    (i % size.X == 0 || i % size.X == size.X - 1 || i / size.X % size.Y == 0 || i / size.X % size.Y == size.Y - 1 ||
                     i / (size.X * size.Y) == 0 || i / (size.X * size.Y) == size.Z - 1));
            }
        }
    }

    [Fact]
    public void Render_CleftOrNot_ShowsGasOnlyWithIt()
    {
        Assert.True(GasInside(VertebraPhantom.Render(Typical with { Cleft = true }, new Seed(4))) > 100);
        Assert.Equal(0, GasInside(VertebraPhantom.Render(Typical, new Seed(4))));
    }

    [Fact]
    public void Render_CoarserTexture_HasSmallerStepsBetweenNeighbours()
    {
        double[] steps = [.. ((double[])[0.6, 1.2, 2.4]).Select(scale => StepBetweenNeighbours(VertebraPhantom.Render(Typical with { TextureScaleMm = scale }, new Seed(5))))];
        Assert.True(steps[0] > steps[1] * 1.05 && steps[1] > steps[2] * 1.05, string.Join(", ", steps));
    }

    [Fact]
    public void CorrelatedNoise_AnyScale_HasVarianceOne()
    {
        foreach (double sigma in (double[])[0, 0.5, 1.2, 2.5])
        {
            double[] squares = [.. Enumerable.Range(0, 20).Select(i =>
                CorrelatedNoise.Draw(new Seed((ulong)i).Open(), VertebraPhantom.Size, VertebraPhantom.SpacingMm, sigma).Average(v => v * v))];
            Assert.Equal(1, squares.Average(), 0.05);
        }
    }

    private static byte[] Labels(VertebraPhantom phantom) => ((Volume<byte>)phantom.Mask.Labels).Voxels.ToArray();

    private static int GasInside(VertebraPhantom phantom)
    {
        byte[] labels = Labels(phantom);
        short[] image = phantom.Image.Voxels.ToArray();
        return Enumerable.Range(0, labels.Length).Count(i => labels[i] == 1 && image[i] < -200);
    }

    private static double StepBetweenNeighbours(VertebraPhantom phantom)
    {
        byte[] labels = Labels(phantom);
        short[] image = phantom.Image.Voxels.ToArray();
        return Enumerable.Range(1, labels.Length - 1).Where(i => labels[i] == 1 && labels[i - 1] == 1).Average(i => Math.Abs(image[i] - image[i - 1]));
    }
}
