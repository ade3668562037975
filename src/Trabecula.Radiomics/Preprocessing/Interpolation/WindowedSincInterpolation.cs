using Trabecula.Imaging;
using Trabecula.Radiomics.Parameters;

namespace Trabecula.Radiomics.Preprocessing;

/// <summary>SimpleITK's windowed sinc interpolations of radius 5; border voxels are repeated beyond the border.</summary>
/// <remarks>Source: Meijering, Niessen, Pluim, Viergever, MICCAI 1999; ITK's WindowedSincInterpolateImageFunction.</remarks>
internal sealed class WindowedSincInterpolation(WorkingImage image, Interpolator window) : IInterpolation
{
    /// <summary>Voxels to each side.</summary>
    public const int Radius = 5;

    private const int Taps = 2 * Radius;

    public double At(Vector3D index)
    {
        VolumeSize size = image.Size;
        Span<double> weights = stackalloc double[3 * Taps];
        Span<int> at = stackalloc int[3 * Taps];
        for (int axis = 0; axis < 3; axis++)
            Weigh(index[axis], size[axis], weights.Slice(axis * Taps, Taps), at.Slice(axis * Taps, Taps));
        double sum = 0;
        for (int k = 2 * Taps; k < 3 * Taps; k++)
        {
            for (int j = Taps; j < 2 * Taps; j++)
            {
                int row = (at[k] * size.Y + at[j]) * size.X;
                for (int i = 0; i < Taps; i++)
                    sum += image.Voxels[row + at[i]] * weights[i] * weights[j] * weights[k];
            }
        }
        return sum;
    }

    private void Weigh(double position, int size, Span<double> weights, Span<int> at)
    {
        int below = (int)Math.Floor(position);
        double distance = position - below, x = distance + Radius;
        for (int i = 0; i < Taps; i++)
        {
            at[i] = Math.Clamp(below + i - (Radius - 1), 0, size - 1);
            x -= 1.0;
            weights[i] = distance == 0 ? (i == Radius - 1 ? 1 : 0) : Window(x) * Sinc(x);
        }
    }

    private double Window(double x) => window switch
    {
        Interpolator.HammingWindowedSinc => 0.54 + 0.46 * Math.Cos(x * (Math.PI / Radius)),
        Interpolator.CosineWindowedSinc => Math.Cos(x * (Math.PI / (2 * Radius))),
        Interpolator.WelchWindowedSinc => 1.0 - x * (1.0 / (Radius * Radius)) * x,
        Interpolator.LanczosWindowedSinc => x == 0 ? 1 : Math.Sin(Math.PI / Radius * x) / (Math.PI / Radius * x),
        Interpolator.BlackmanWindowedSinc => 0.42 + 0.5 * Math.Cos(x * (Math.PI / Radius)) + 0.08 * Math.Cos(x * (2.0 * Math.PI / Radius)),
        _ => throw new InvalidOperationException($"{window} is no windowed sinc."),
    };

    private static double Sinc(double x)
    {
        double px = Math.PI * x;
        return x == 0 ? 1 : Math.Sin(px) / px;
    }
}
