namespace Trabecula.Imaging.Segmenting;

/// <summary>A vertebral body of usual shape, between a cylinder and a box, anywhere in the patient. Millimetres in LPS.</summary>
/// <param name="CentreMm">Its centre.</param>
/// <param name="HalfMm">Half of width (left-right), depth (front-back) and height.</param>
/// <param name="Up">Normal of its endplates, of length 1, upwards.</param>
internal sealed record BodyTemplate(Vector3D CentreMm, Vector3D HalfMm, Vector3D Up)
{
    private const double InPlane = 2.6, AcrossPlanes = 8;

    private readonly Vector3D _across = Unit(new(1 - Up.X * Up.X, -Up.X * Up.Y, -Up.X * Up.Z));

    /// <summary>A template whose endplates are tilted in the sagittal plane: positive where the front is lower.</summary>
    public static BodyTemplate Tilted(Vector3D centreMm, Vector3D halfMm, double radians) =>
        new(centreMm, halfMm, new(0, -Math.Sin(radians), Math.Cos(radians)));

    /// <summary>From the template's own axes (left, back, up) to LPS.</summary>
    public Vector3D Turned(Vector3D own)
    {
        Vector3D back = Back;
        return new(
            own.X * _across.X + own.Y * back.X + own.Z * Up.X,
            own.X * _across.Y + own.Y * back.Y + own.Z * Up.Y,
            own.X * _across.Z + own.Y * back.Z + own.Z * Up.Z);
    }

    /// <summary>From LPS to the template's own axes.</summary>
    public Vector3D TurnedBack(Vector3D lps) => new(Dot(lps, _across), Dot(lps, Back), Dot(lps, Up));

    /// <summary>1 on the template's surface, less within; homogeneous of degree 1.</summary>
    public double Norm(Vector3D own)
    {
        double plane = Math.Pow(Math.Abs(own.X / HalfMm.X), InPlane) + Math.Pow(Math.Abs(own.Y / HalfMm.Y), InPlane);
        return Math.Pow(Math.Pow(plane, AcrossPlanes / InPlane) + Math.Pow(Math.Abs(own.Z / HalfMm.Z), AcrossPlanes), 1 / AcrossPlanes);
    }

    internal static Vector3D Unit(Vector3D v)
    {
        double length = Math.Sqrt(Dot(v, v));
        return new(v.X / length, v.Y / length, v.Z / length);
    }

    private Vector3D Back => new(Up.Y * _across.Z - Up.Z * _across.Y, Up.Z * _across.X - Up.X * _across.Z, Up.X * _across.Y - Up.Y * _across.X);

    private static double Dot(Vector3D a, Vector3D b) => a.X * b.X + a.Y * b.Y + a.Z * b.Z;
}
