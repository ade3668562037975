using Trabecula.Imaging;
using Trabecula.Radiomics.Features.FirstOrder;

namespace Trabecula.Radiomics.Diagnostics;

/// <summary>Column values for sizes, vectors and intensities.</summary>
internal static class Columns
{
    public static DiagnosticValue Of(Vector3D v) => DiagnosticValue.Floats(v.X, v.Y, v.Z);

    public static DiagnosticValue Of(VolumeSize s) => DiagnosticValue.Integers(s.X, s.Y, s.Z);

    /// <summary>Mean, minimum and maximum.</summary>
    public static IEnumerable<Diagnostic> Intensities(string prefix, double[] voxels)
    {
        (double minimum, double maximum) = FirstOrderFeatures.Range(voxels);
        (double sum, _) = FirstOrderFeatures.SumAndEnergy(voxels);
        return
        [
            new(prefix + "Mean", DiagnosticValue.Float(sum / voxels.Length)),
            new(prefix + "Minimum", DiagnosticValue.Float(minimum)),
            new(prefix + "Maximum", DiagnosticValue.Float(maximum)),
        ];
    }
}
