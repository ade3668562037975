using System.Globalization;
using Trabecula.Imaging;
using Trabecula.Imaging.Masks;
using Trabecula.Imaging.Measuring;

namespace Trabecula.Workbench.Measuring;

/// <summary>A measured body with its neighbours along the spine, where the mask labels them.</summary>
internal sealed class MeasuredBody(MaskSegment region, VoxelSet body, BodyMeasurement measurement)
{
    // Middles of adjoining lumbar bodies are 30 to 45 mm apart; with one left out, 60 and more.
    private const double NearestMm = 15, FurthestMm = 55;

    /// <summary>Its label and name in the mask.</summary>
    public MaskSegment Region { get; } = region;

    /// <summary>Its voxels.</summary>
    public VoxelSet Body { get; } = body;

    /// <summary>What was measured of it alone.</summary>
    public BodyMeasurement Measurement { get; } = measurement;

    /// <summary>Its name, or its number as text.</summary>
    public string Name => Region.Name.Length > 0 ? Region.Name : Region.Label.ToString(CultureInfo.InvariantCulture);

    /// <summary>Whether the scan may cut it off.</summary>
    public bool TouchesBorder { get; } = body.TouchesBorder();

    /// <summary>The adjoining body above.</summary>
    public MeasuredBody? Above { get; private set; }

    /// <summary>The adjoining body below.</summary>
    public MeasuredBody? Below { get; private set; }

    /// <summary>From the upper endplate of the one above to the lower endplate of the one below, in degrees; positive in kyphosis. NaN without both.</summary>
    public double SegmentalCobbDegrees => Above is null || Below is null ? double.NaN : Above.Measurement.Frame.UpperDegrees - Below.Measurement.Frame.LowerDegrees;

    /// <summary>By which share a height is less than the mean of the neighbours'; NaN without one.</summary>
    public double Reduction(Func<BodyMeasurement, double> height)
    {
        MeasuredBody[] neighbours = [.. new[] { Above, Below }.OfType<MeasuredBody>()];
        return neighbours.Length == 0 ? double.NaN : 1 - height(Measurement) / neighbours.Average(each => height(each.Measurement));
    }

    /// <summary>Finds the neighbours among bodies, by how far their middles are apart.</summary>
    public static void Connect(IReadOnlyList<MeasuredBody> bodies)
    {
        MeasuredBody[] upwards = [.. bodies.OrderBy(body => body.Measurement.Frame.CentreMm.Z)];
        for (int i = 1; i < upwards.Length; i++)
        {
            Vector3D a = upwards[i - 1].Measurement.Frame.CentreMm, b = upwards[i].Measurement.Frame.CentreMm;
            double apart = Math.Sqrt((a.X - b.X) * (a.X - b.X) + (a.Y - b.Y) * (a.Y - b.Y) + (a.Z - b.Z) * (a.Z - b.Z));
            if (apart is >= NearestMm and <= FurthestMm)
                (upwards[i - 1].Above, upwards[i].Below) = (upwards[i], upwards[i - 1]);
        }
    }
}
