namespace Trabecula.Imaging.Segmentation;

/// <summary>
/// A vertebral body of usual shape: between a cylinder and a box, level to level, tilted in the sagittal plane. Millimetres from its centre,
/// in LPS.
/// </summary>
/// <param name="CentreMm">Its centre.</param>
/// <param name="HalfMm">Half of width (left-right), depth (front-back) and height.</param>
/// <param name="TiltRadians">Turn about the left-right axis: positive where the front is lower.</param>
internal sealed record BodyTemplate(Vector3D CentreMm, Vector3D HalfMm, double TiltRadians)
{
    private const double InPlane = 2.6, AcrossPlanes = 8;

    /// <summary>From the template's own axes to LPS.</summary>
    public Vector3D Turned(Vector3D own)
    {
        (double sine, double cosine) = Math.SinCos(TiltRadians);
        return new(own.X, own.Y * cosine - own.Z * sine, own.Y * sine + own.Z * cosine);
    }

    /// <summary>From LPS to the template's own axes.</summary>
    public Vector3D TurnedBack(Vector3D lps)
    {
        (double sine, double cosine) = Math.SinCos(TiltRadians);
        return new(lps.X, lps.Y * cosine + lps.Z * sine, lps.Z * cosine - lps.Y * sine);
    }

    /// <summary>1 on the template's surface, less within; homogeneous of degree 1.</summary>
    public double Norm(Vector3D own)
    {
        double plane = Math.Pow(Math.Abs(own.X / HalfMm.X), InPlane) + Math.Pow(Math.Abs(own.Y / HalfMm.Y), InPlane);
        return Math.Pow(Math.Pow(plane, AcrossPlanes / InPlane) + Math.Pow(Math.Abs(own.Z / HalfMm.Z), AcrossPlanes), 1 / AcrossPlanes);
    }
}
