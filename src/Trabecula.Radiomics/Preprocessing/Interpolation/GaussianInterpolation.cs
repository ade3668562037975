using Trabecula.Imaging;

namespace Trabecula.Radiomics.Preprocessing;

/// <summary>
/// <c>sitkGaussian</c>: each voxel weighs as much as a Gaussian of 0.8 voxels about the point has within it, up to 4 standard deviations.
/// </summary>
internal sealed class GaussianInterpolation(WorkingImage image) : IInterpolation
{
    /// <summary>Voxels that both Gaussian interpolations reach at most.</summary>
    public const int Reach = 5;

    private const double Sigma = 0.8, Cutoff = 4 * Sigma;

    public double At(Vector3D index)
    {
        VolumeSize size = image.Size;
        Span<double> weights = stackalloc double[3 * GaussianWeights.Room];
        (int x0, int x1) = GaussianWeights.Fill(index.X, size.X, Sigma, Cutoff, weights);
        (int y0, int y1) = GaussianWeights.Fill(index.Y, size.Y, Sigma, Cutoff, weights[GaussianWeights.Room..]);
        (int z0, int z1) = GaussianWeights.Fill(index.Z, size.Z, Sigma, Cutoff, weights[(2 * GaussianWeights.Room)..]);
        double sum = 0, total = 0;
        for (int z = z0; z < z1; z++)
        {
            for (int y = y0; y < y1; y++)
            {
                for (int x = x0; x < x1; x++)
                {
                    double w = weights[x - x0] * weights[GaussianWeights.Room + y - y0] * weights[2 * GaussianWeights.Room + z - z0];
                    sum += image.Voxels[(z * size.Y + y) * size.X + x] * w;
                    total += w;
                }
            }
        }
        return sum / total;
    }
}

/// <summary><c>sitkLabelGaussian</c>: the value that most weight stands for, of a Gaussian of one voxel up to one standard deviation.</summary>
internal sealed class LabelGaussianInterpolation(WorkingImage image) : IInterpolation
{
    public double At(Vector3D index)
    {
        VolumeSize size = image.Size;
        Span<double> weights = stackalloc double[3 * GaussianWeights.Room];
        (int x0, int x1) = GaussianWeights.Fill(index.X, size.X, 1, 1, weights);
        (int y0, int y1) = GaussianWeights.Fill(index.Y, size.Y, 1, 1, weights[GaussianWeights.Room..]);
        (int z0, int z1) = GaussianWeights.Fill(index.Z, size.Z, 1, 1, weights[(2 * GaussianWeights.Room)..]);
        var weightOf = new Dictionary<double, double>();
        double best = 0, value = 0;
        for (int z = z0; z < z1; z++)
        {
            for (int y = y0; y < y1; y++)
            {
                for (int x = x0; x < x1; x++)
                {
                    double voxel = image.Voxels[(z * size.Y + y) * size.X + x];
                    double w = weights[x - x0] * weights[GaussianWeights.Room + y - y0] * weights[2 * GaussianWeights.Room + z - z0];
                    w = weightOf[voxel] = weightOf.GetValueOrDefault(voxel) + w;
                    if (w > best)
                        (best, value) = (w, voxel);
                }
            }
        }
        return value;
    }
}

/// <summary>How much of a Gaussian about a point lies within each voxel of a line.</summary>
internal static class GaussianWeights
{
    /// <summary>Weights of one line at most.</summary>
    public const int Room = 12;

    /// <summary>Fills the weights of the voxels from the first to before the end.</summary>
    /// <param name="position">The point, as a continuous index.</param>
    /// <param name="size">Voxels of the line.</param>
    /// <param name="sigma">Standard deviation in voxels.</param>
    /// <param name="cutoff">How far to look, in voxels.</param>
    /// <param name="weights">Receives the weights.</param>
    public static (int First, int End) Fill(double position, int size, double sigma, double cutoff, Span<double> weights)
    {
        int first = Math.Max(0, (int)Math.Floor(position + 0.5 - cutoff)), end = Math.Min(size, (int)Math.Ceiling(position + 0.5 + cutoff));
        double scale = 1.0 / (Math.Sqrt(2) * sigma), t = (-0.5 - position + first) * scale, last = Erf(t);
        for (int i = first; i < end; i++)
        {
            t += scale;
            double now = Erf(t);
            weights[i - first] = now - last;
            last = now;
        }
        return (first, end);
    }

    /// <summary>The error function: 2/√π · exp(-x²) · Σ 2^n x^(2n+1) / (2n+1)!!, whose terms all have the same sign.</summary>
    internal static double Erf(double x)
    {
        if (Math.Abs(x) > 6)
            return Math.Sign(x);
        double term = x, sum = x;
        for (int n = 1; Math.Abs(term) > 1e-17 * Math.Abs(sum); n++)
        {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }
}
