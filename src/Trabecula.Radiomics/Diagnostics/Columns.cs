using Trabecula.Imaging;

namespace Trabecula.Radiomics.Diagnostics;

/// <summary>Column values for sizes, vectors and intensities.</summary>
internal static class Columns
{
    public static DiagnosticValue Of(Vector3D v) => DiagnosticValue.Floats(v.X, v.Y, v.Z);

    public static DiagnosticValue Of(VolumeSize s) => DiagnosticValue.Integers(s.X, s.Y, s.Z);

    /// <summary>Mean, minimum and maximum.</summary>
    public static IEnumerable<Diagnostic> Intensities(string prefix, double[] voxels)
    {
        double sum = 0, minimum = double.PositiveInfinity, maximum = double.NegativeInfinity;
        foreach (double value in voxels)
        {
            sum += value;
            minimum = Math.Min(minimum, value);
            maximum = Math.Max(maximum, value);
        }
        return
        [
            new(prefix + "Mean", DiagnosticValue.Float(sum / voxels.Length)),
            new(prefix + "Minimum", DiagnosticValue.Float(minimum)),
            new(prefix + "Maximum", DiagnosticValue.Float(maximum)),
        ];
    }
}
