using Trabecula.Imaging;
using Trabecula.Radiomics.Parameters;
using Xunit;

namespace Trabecula.Radiomics.Tests.Features;

/// <summary>Images of one case shared out among threads: order, faults and cancellation are those of one thread.</summary>
public sealed class SharedImagesTests
{
    private const string Settings =
        "imageType: {Original: {}, LoG: {sigma: [1.0, 2.0, 500]}, Wavelet: {}, Square: {}, Gradient: {}}\nfeatureClass: {firstorder: [Mean], glcm: [Contrast], ngtdm: [Busyness]}\n";

    [Fact]
    public void Extract_ManyTimes_GivesTheSameNamesValuesAndWarnings()
    {
        FeatureVector first = Extract(Settings, CancellationToken.None);
        Assert.Equal(3 * 13, first.Features.Count);
        Assert.Equal(
            ["original", "log-sigma-1-0-mm-3D", "log-sigma-2-0-mm-3D", "wavelet-LLH"], first.Features.Select(f => f.Name.Split('_')[0]).Distinct().Take(4));
        Assert.Contains("sigma 500", Assert.Single(first.Warnings), StringComparison.Ordinal);
        for (int run = 0; run < 10; run++)
        {
            FeatureVector again = Extract(Settings, CancellationToken.None);
            Assert.Equal(first.Features, again.Features);
            Assert.Equal(first.Warnings, again.Warnings);
        }
    }

    [Fact]
    public void Extract_SeveralImagesFail_NamesTheFirst()
    {
        const string settings = "imageType: {Original: {}, Gradient: {}, Square: {binWidth: 1.0e-6}, Exponential: {binWidth: 1.0e-6}}\nfeatureClass: {firstorder: []}\n";
        for (int run = 0; run < 10; run++)
            Assert.Contains("'square'", Assert.Throws<RadiomicsException>(() => Extract(settings, CancellationToken.None)).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Extract_Cancelled_Stops()
    {
        using var stop = new CancellationTokenSource();
        LoadedCase loaded = Load(Settings);
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => loaded.Extract(1, stop.Token));
    }

    private static FeatureVector Extract(string settings, CancellationToken cancellationToken) => Load(settings).Extract(1, cancellationToken);

    private static LoadedCase Load(string settings)
    {
        VolumeGeometry grid = new(new(24, 22, 20), new(1, 1, 1), default, Matrix3D.Identity);
        short[] voxels = [.. Enumerable.Range(0, 24 * 22 * 20).Select(i => (short)(i * 7919 % 251))];
        byte[] mask = [.. Enumerable.Range(0, voxels.Length).Select(i => i % 24 is >= 3 and <= 19 && i / 24 % 22 is >= 3 and <= 18 && i / 528 is >= 3 and <= 16 ? (byte)1 : (byte)0)];
        return new FeatureExtractor(ParameterFile.Parse(settings, "p.yaml")).Load(Volume.Create(grid, voxels), new Mask(Volume.Create(grid, mask)));
    }
}
