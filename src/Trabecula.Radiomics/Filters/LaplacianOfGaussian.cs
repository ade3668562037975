using System.Buffers;
using Trabecula.Imaging;
using Trabecula.Radiomics.Preprocessing;

namespace Trabecula.Radiomics.Filters;

/// <summary>
/// Laplacian of Gaussian, normalised across scales, as ITK's LaplacianRecursiveGaussianImageFilter computes it: for each axis a
/// second-derivative pass along it and smoothing passes along the other two in ascending order, every pass stored in single
/// precision, then the three results divided by the squared spacing and summed in single precision.
/// </summary>
internal static class LaplacianOfGaussian
{
    /// <summary>The shortest axis that the recursive filter can run along.</summary>
    public const int ShortestAxis = 4;

    /// <summary>Whether PyRadiomics computes this sigma on an image: n >= ⌈σ/spacing⌉ + 1 on every axis.</summary>
    public static bool Fits(VolumeGeometry image, double sigmaMm)
    {
        for (int axis = 0; axis < 3; axis++)
        {
            if (!(image.Size[axis] >= Math.Ceiling(sigmaMm / image.SpacingMm[axis]) + 1)) return false;
        }
        return true;
    }

    /// <summary>Filters an image; values within a box are returned.</summary>
    /// <param name="image">The image, at least 4 voxels along each axis.</param>
    /// <param name="box">The voxels wanted.</param>
    /// <param name="sigmaMm">Standard deviation of the Gaussian in millimetres, above 0.</param>
    public static WorkingImage Apply(WorkingImage image, VoxelBox box, double sigmaMm)
    {
        VolumeSize size = image.Size;
        if (Math.Min(Math.Min(size.X, size.Y), size.Z) < ShortestAxis)
            throw new ArgumentException($"A size of {size} voxels is too small.", nameof(image));
        // Fresh memory of this size costs more than the arithmetic on it.
        float[] derivative = ArrayPool<float>.Shared.Rent(image.Voxels.Length);
        float[] smoothed = ArrayPool<float>.Shared.Rent(image.Voxels.Length);
        float[] total = ArrayPool<float>.Shared.Rent(box.Count);
        try
        {
            Array.Clear(total, 0, box.Count);
            var passes = new RecursivePasses(size, box);
            Vector3D spacing = image.Geometry.SpacingMm;
            for (int derived = 0; derived < 3; derived++)
            {
                (int first, int second) = derived switch { 0 => (1, 2), 1 => (0, 2), _ => (0, 1) };
                passes.Filter(image.Voxels, derivative, derived, RecursiveGaussian.SecondDerivative(sigmaMm, spacing[derived]));
                passes.Filter(derivative, smoothed, first, derived, RecursiveGaussian.Smoothing(sigmaMm, spacing[first]));
                passes.Accumulate(smoothed, total, second, RecursiveGaussian.Smoothing(sigmaMm, spacing[second]), 1.0 / (spacing[derived] * spacing[derived]));
            }
            var voxels = GC.AllocateUninitializedArray<double>(box.Count);
            for (int i = 0; i < voxels.Length; i++) voxels[i] = total[i];
            return new WorkingImage(box.GeometryIn(image.Geometry), VoxelType.Float32, voxels);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(derivative);
            ArrayPool<float>.Shared.Return(smoothed);
            ArrayPool<float>.Shared.Return(total);
        }
    }
}
