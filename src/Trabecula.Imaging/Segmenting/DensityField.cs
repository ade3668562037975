using System.Numerics;

namespace Trabecula.Imaging.Segmenting;

/// <summary>Density at any point, between the voxels by their eight neighbours and beyond the image as at its border.</summary>
internal sealed class DensityField
{
    // Below fat and above cortex, differences say nothing of where bone ends: gas, contrast and metal must not draw the surface.
    private const double Lowest = -50, Highest = 300;

    // A step of density falls most in the middle of the reach; a thin shell, blurred by the scanner, where the reach begins. Cortex is in between.
    private const double OfThinShell = 0.5;

    private readonly double[] _values;
    private readonly VolumeGeometry _geometry;
    private readonly double _reach;
    private readonly Matrix3D _toIndex;
    private readonly Vector3D _offset;

    public DensityField(Volume image)
    {
        _geometry = image.Geometry;
        _values = image.Accept(new Values());
        _offset = _geometry.PointToIndex(default);
        Vector3D x = Column(new(1, 0, 0)), y = Column(new(0, 1, 0)), z = Column(new(0, 0, 1));
        _toIndex = new(x.X, y.X, z.X, x.Y, y.Y, z.Y, x.Z, y.Z, z.Z);
        // The fall is measured over what a scanner resolves.
        _reach = Math.Max(1.0, 0.5 * Math.Max(_geometry.SpacingMm.X, Math.Max(_geometry.SpacingMm.Y, _geometry.SpacingMm.Z)));

        Vector3D Column(Vector3D point) => _geometry.PointToIndex(point) is var at ? new(at.X - _offset.X, at.Y - _offset.Y, at.Z - _offset.Z) : default;
    }

    /// <summary>How much density falls outwards at a distance from a centre, in Hounsfield units; null where the image ends.</summary>
    /// <param name="centre">LPS point.</param>
    /// <param name="direction">LPS direction of length 1.</param>
    /// <param name="distance">Millimetres from the centre.</param>
    /// <param name="reachMm">Half of the way over which the fall is measured; null for what a scanner resolves, shifted for cortex.</param>
    public double? FallAlong(Vector3D centre, Vector3D direction, double distance, double? reachMm = null)
    {
        (double reach, double middle) = reachMm is { } wide ? (wide, distance) : (_reach, distance + OfThinShell * _reach);
        Vector3D outer = IndexAlong(centre, direction, middle + reach);
        return Holds(outer) ? At(IndexAlong(centre, direction, middle - reach)) - At(outer) : null;
    }

    private Vector3D IndexAlong(Vector3D centre, Vector3D direction, double mm)
    {
        Vector3D turned = _toIndex.Multiply(new(centre.X + mm * direction.X, centre.Y + mm * direction.Y, centre.Z + mm * direction.Z));
        return new(turned.X + _offset.X, turned.Y + _offset.Y, turned.Z + _offset.Z);
    }

    private bool Holds(Vector3D index)
    {
        VolumeSize size = _geometry.Size;
        return index.X >= -0.5 && index.Y >= -0.5 && index.Z >= -0.5 && index.X <= size.X - 0.5 && index.Y <= size.Y - 0.5 && index.Z <= size.Z - 0.5;
    }

    private double At(Vector3D index)
    {
        VolumeSize size = _geometry.Size;
        double x = Math.Clamp(index.X, 0, size.X - 1), y = Math.Clamp(index.Y, 0, size.Y - 1), z = Math.Clamp(index.Z, 0, size.Z - 1);
        int i = Math.Min((int)x, Math.Max(size.X - 2, 0)), j = Math.Min((int)y, Math.Max(size.Y - 2, 0)), k = Math.Min((int)z, Math.Max(size.Z - 2, 0));
        (x, y, z) = (x - i, y - j, z - k);
        int right = size.X > 1 ? 1 : 0, back = size.Y > 1 ? size.X : 0, up = size.Z > 1 ? size.X * size.Y : 0, at = (k * size.Y + j) * size.X + i;
        return (1 - z) * Plane(at) + z * Plane(at + up);

        double Plane(int start) => (1 - y) * ((1 - x) * _values[start] + x * _values[start + right]) + y * ((1 - x) * _values[start + back] + x * _values[start + back + right]);
    }

    private readonly struct Values : IVolumeOperation<double[]>
    {
        public double[] Run<T>(Volume<T> volume) where T : unmanaged, INumber<T>
        {
            var values = new double[volume.Voxels.Length];
            for (int i = 0; i < values.Length; i++)
                values[i] = double.CreateChecked(volume.Voxels[i]) is var value && double.IsNaN(value) ? Lowest : Math.Clamp(value, Lowest, Highest);
            return values;
        }
    }
}
