using Trabecula.Imaging;
using Trabecula.Radiomics.Parameters;

namespace Trabecula.Radiomics.Preprocessing;

/// <summary>Resamples intensities onto a grid by any of SimpleITK's interpolators.</summary>
internal static class ImageResampler
{
    /// <summary>Resamples; points beyond half a voxel from the image's border are 0, and the result has the image's type.</summary>
    /// <exception cref="RadiomicsException">A voxel that is needed is infinite or not a number.</exception>
    public static WorkingImage Resample(IntensitySource source, VolumeGeometry grid, Interpolator interpolator) => interpolator switch
    {
        Interpolator.BSpline => SplineResampler.Resample(source, grid),
        Interpolator.NearestNeighbor => PointResampler.Resample(source, grid, 1, static image => new NearestVoxel(image)),
        Interpolator.Linear => PointResampler.Resample(source, grid, 2, static image => new TrilinearInterpolation(image)),
        Interpolator.Gaussian => PointResampler.Resample(source, grid, GaussianInterpolation.Reach, static image => new GaussianInterpolation(image)),
        Interpolator.LabelGaussian => PointResampler.Resample(source, grid, GaussianInterpolation.Reach, static image => new LabelGaussianInterpolation(image)),
        _ => PointResampler.Resample(source, grid, WindowedSincInterpolation.Radius + 1, image => new WindowedSincInterpolation(image, interpolator)),
    };
}
