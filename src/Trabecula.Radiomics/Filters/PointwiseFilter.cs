using Trabecula.Imaging;
using Trabecula.Radiomics.Parameters;
using Trabecula.Radiomics.Preprocessing;

namespace Trabecula.Radiomics.Filters;

/// <summary>PyRadiomics' Square, SquareRoot, Logarithm and Exponential, in double precision whatever the image's type.</summary>
internal static class PointwiseFilter
{
    /// <summary>The image's name.</summary>
    public static string NameOf(PointwiseFunction function) => function switch
    {
        PointwiseFunction.Square => "square",
        PointwiseFunction.SquareRoot => "squareroot",
        PointwiseFunction.Logarithm => "logarithm",
        PointwiseFunction.Exponential => "exponential",
        _ => throw new ArgumentOutOfRangeException(nameof(function)),
    };

    /// <summary>Filters a region's box.</summary>
    /// <param name="image">The box.</param>
    /// <param name="function">Which function.</param>
    /// <param name="largest">The largest magnitude in the extent that filters see.</param>
    /// <exception cref="RadiomicsException">All voxels of the extent are 0, and the scale is not defined.</exception>
    public static WorkingImage Apply(WorkingImage image, PointwiseFunction function, double largest)
    {
        if (largest == 0 && function != PointwiseFunction.SquareRoot)
        {
            throw new RadiomicsException(ExtractionStage.Filtering,
                $"Image type {function} scales by the largest magnitude of the image, and every voxel is 0.",
                "Check the image, or leave this image type out.");
        }
        var voxels = new double[image.Voxels.Length];
        double root = 1 / Math.Sqrt(largest), perLog = largest / Math.Log(largest + 1), perUnit = Math.Log(largest) / largest;
        for (int i = 0; i < voxels.Length; i++)
        {
            double x = image.Voxels[i];
            voxels[i] = function switch
            {
                PointwiseFunction.Square => root * x * (root * x),
                PointwiseFunction.SquareRoot => x > 0 ? Math.Sqrt(x * largest) : -Math.Sqrt(-x * largest),
                PointwiseFunction.Logarithm => (x > 0 ? Math.Log(x + 1) : -Math.Log(-(x - 1))) * perLog,
                _ => Math.Exp(perUnit * x),
            };
        }
        return new WorkingImage(image.Geometry, VoxelType.Float64, voxels);
    }
}
