using System.Numerics;
using System.Runtime.InteropServices;
using Trabecula.Imaging;
using Trabecula.Radiomics.Parameters;

namespace Trabecula.Radiomics.Preprocessing;

/// <summary>
/// PyRadiomics' <c>normalize</c>: (x - mean) / SD over all voxels of the file, clipped to ± k standard deviations
/// (<c>removeOutliers</c>), times <c>normalizeScale</c>; in this order and in double precision for every input type.
/// </summary>
/// <param name="Shift">Added first: minus the mean.</param>
/// <param name="Scale">Multiplied second: 1 / SD, as ITK computes it.</param>
/// <param name="Limit">Clipped third; null clips nothing.</param>
/// <param name="Factor">Multiplied last.</param>
internal readonly record struct IntensityNormalization(double Shift, double Scale, double? Limit, double Factor)
{
    /// <summary>The normalisation that the settings ask for, or null.</summary>
    /// <exception cref="RadiomicsException">All voxels are equal, or one is infinite or not a number.</exception>
    public static IntensityNormalization? From(ExtractionSettings settings, IntensityStatistics statistics, VolumeGeometry geometry)
    {
        if (!settings.Normalize) return null;
        if (statistics.FirstNonFinite >= 0)
            throw NonFinite(ExtractionStage.Normalization, geometry, statistics.FirstNonFinite);
        double deviation = statistics.Minimum == statistics.Maximum ? 0 : statistics.StandardDeviation;
        if (!(deviation > 0) || !double.IsFinite(deviation))
        {
            string found = statistics.Minimum == statistics.Maximum
                ? FormattableString.Invariant($"its voxels do not vary (all are {statistics.Minimum:R})")
                : FormattableString.Invariant($"its standard deviation is {deviation:R} (voxels from {statistics.Minimum:R} to {statistics.Maximum:R})");
            throw new RadiomicsException(
                ExtractionStage.Normalization, $"The image cannot be normalised: {found}.",
                "Check that the right file was given, or set 'normalize: false'.");
        }
        return new(-statistics.Mean, 1.0 / deviation, settings.RemoveOutliers, settings.NormalizeScale);
    }

    /// <summary>Normalises values in place.</summary>
    public void Apply(Span<double> values)
    {
        double limit = Limit ?? double.PositiveInfinity, shift = Shift, scale = Scale, factor = Factor;
        Vector<double> upper = new(limit), lower = new(-limit);
        Span<Vector<double>> vectors = MemoryMarshal.Cast<double, Vector<double>>(values);
        for (int i = 0; i < vectors.Length; i++)
        {
            Vector<double> value = (vectors[i] + new Vector<double>(shift)) * scale;
            vectors[i] = Vector.Max(Vector.Min(value, upper), lower) * factor;
        }
        for (int i = vectors.Length * Vector<double>.Count; i < values.Length; i++)
            values[i] = Math.Max(Math.Min((values[i] + shift) * scale, limit), -limit) * factor;
    }

    /// <summary>The refusal of a voxel that is infinite or not a number.</summary>
    public static RadiomicsException NonFinite(ExtractionStage stage, VolumeGeometry geometry, long index)
    {
        long x = index % geometry.Size.X, y = index / geometry.Size.X % geometry.Size.Y, z = index / geometry.Size.X / geometry.Size.Y;
        return new(stage,
            FormattableString.Invariant($"The image has a voxel that is infinite or not a number at index ({x}, {y}, {z}), counted from 0."),
            "Replace such voxels (for CT by -1024 outside the body) before extraction.");
    }
}
