using Trabecula.Learning;
using Trabecula.Workbench.Synthesis;

namespace Trabecula.Workbench.Tests.Demos;

/// <summary>A quick stand-in for extracted features: a few statistics of each phantom, with columns of noise.</summary>
internal static class PhantomTable
{
    internal static FeatureTable Of(IReadOnlyList<SyntheticSubject> subjects)
    {
        double[][] rows = new double[subjects.Count][];
        Parallel.For(0, rows.Length, i => rows[i] = Row(subjects[i]));
        string[] names = ["mean", "deviation", "gas", "voxels", "stepX1", "stepX2", "stepX4", "AgeYears", "TScore"];
        string[] columns = [.. names, .. Enumerable.Range(0, rows[0].Length - names.Length).Select(i => $"noise{i}")];
        return new FeatureTable(columns, [.. subjects.Select(s => s.Id)], [.. subjects.Select(s => s.Outcome)], [.. rows.SelectMany(r => r)]);
    }

    private static double[] Row(SyntheticSubject subject)
    {
        VertebraPhantom phantom = VertebraPhantom.Render(subject.Traits, subject.ImageSeed);
        ReadOnlySpan<short> image = phantom.Image.Voxels;
        ReadOnlySpan<byte> mask = ((Trabecula.Imaging.Volume<byte>)phantom.Mask.Labels).Voxels;
        double count = 0, sum = 0, squares = 0, gas = 0;
        double[] steps = new double[3];
        for (int i = 4; i < image.Length; i++)
        {
            if (mask[i] == 0 || mask[i - 4] == 0)
                continue;
            count++;
            sum += image[i];
            squares += (double)image[i] * image[i];
            gas += image[i] < -150 ? 1 : 0;
            for (int s = 0; s < 3; s++)
                steps[s] += Math.Pow(image[i] - image[i - (1 << s)], 2);
        }
        RandomSequence noise = subject.ImageSeed.Derive("noise columns").Open();
        double mean = sum / count;
        return
        [
            mean, Math.Sqrt(squares / count - mean * mean), gas / count, count, .. steps.Select(s => Math.Log(s / count)),
            subject.AgeYears, subject.TScore, .. Enumerable.Range(0, 30).Select(_ => noise.NextGaussian()),
        ];
    }
}
