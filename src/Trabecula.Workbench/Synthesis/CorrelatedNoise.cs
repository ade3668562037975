using Trabecula.Imaging;
using Trabecula.Learning;

namespace Trabecula.Workbench.Synthesis;

/// <summary>Gaussian noise with a correlation length, of mean 0 and variance 1.</summary>
internal static class CorrelatedNoise
{
    /// <summary>White noise smoothed by a Gaussian along each axis, then scaled back to variance 1.</summary>
    /// <param name="random">Where the noise comes from.</param>
    /// <param name="size">Voxels along each axis.</param>
    /// <param name="spacingMm">Distance of voxels, in millimetres.</param>
    /// <param name="sigmaMm">Standard deviation of the smoothing, in millimetres; 0 leaves the noise white.</param>
    internal static double[] Draw(RandomSequence random, VolumeSize size, Vector3D spacingMm, double sigmaMm)
    {
        var field = new double[size.Count];
        for (int i = 0; i < field.Length; i++)
            field[i] = random.NextGaussian();
        double gain = 1;
        for (int axis = 0; axis < 3; axis++)
            gain *= Smooth(field, size, axis, sigmaMm / spacingMm[axis]);
        // A kernel multiplies the variance of white noise by its sum of squares, and the axes multiply.
        double scale = 1 / Math.Sqrt(gain);
        for (int i = 0; i < field.Length; i++)
            field[i] *= scale;
        return field;
    }

    /// <summary>Smooths along one axis, the ends joined, by a Gaussian cut at four standard deviations.</summary>
    /// <returns>The sum of squares of the kernel.</returns>
    internal static double Smooth(double[] field, VolumeSize size, int axis, double sigma)
    {
        double[] kernel = Kernel(sigma, size[axis]);
        int radius = kernel.Length / 2, length = size[axis];
        int stride = axis switch { 0 => 1, 1 => size.X, _ => size.X * size.Y };
        var line = new double[length + 2 * radius];
        for (int start = 0; start < field.Length; start++)
        {
            if (start / stride % length != 0)
                continue;
            for (int i = 0; i < line.Length; i++)
                line[i] = field[start + (i - radius + length) % length * stride];
            for (int i = 0; i < length; i++)
            {
                double sum = 0;
                for (int k = 0; k < kernel.Length; k++)
                    sum += kernel[k] * line[i + k];
                field[start + i * stride] = sum;
            }
        }
        double squares = 0;
        foreach (double weight in kernel)
            squares += weight * weight;
        return squares;
    }

    // Not longer than the axis: a wrapped kernel would meet itself and its gain would no longer be the sum of squares.
    private static double[] Kernel(double sigma, int length)
    {
        int radius = Math.Min((int)Math.Ceiling(4 * sigma), (length - 1) / 2);
        var kernel = new double[2 * radius + 1];
        double sum = 0;
        for (int i = -radius; i <= radius; i++)
            sum += kernel[i + radius] = i == 0 ? 1 : Math.Exp(-0.5 * i * i / (sigma * sigma));
        for (int i = 0; i < kernel.Length; i++)
            kernel[i] /= sum;
        return kernel;
    }
}
