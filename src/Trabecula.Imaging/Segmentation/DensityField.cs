using System.Numerics;

namespace Trabecula.Imaging.Segmentation;

/// <summary>Density at any point, between the voxels by their eight neighbours and beyond the image as at its border.</summary>
internal sealed class DensityField
{
    // Below fat and above cortex, differences say nothing of where bone ends: gas, contrast and metal must not draw the surface.
    private const double Lowest = -50, Highest = 400;

    private readonly double[] _values;
    private readonly VolumeGeometry _geometry;
    private readonly double _reach;

    public DensityField(Volume image)
    {
        _geometry = image.Geometry;
        _values = image.Accept(new Values());
        // The fall is measured over what a scanner resolves.
        _reach = Math.Max(1.0, 0.5 * Math.Max(_geometry.SpacingMm.X, Math.Max(_geometry.SpacingMm.Y, _geometry.SpacingMm.Z)));
    }

    public VolumeGeometry Geometry => _geometry;

    /// <summary>How much density falls outwards at a distance from a centre, in Hounsfield units.</summary>
    public double FallAlong(Vector3D centre, Vector3D direction, double distance)
    {
        return At(Along(distance - _reach)) - At(Along(distance + _reach));

        Vector3D Along(double mm) => new(centre.X + mm * direction.X, centre.Y + mm * direction.Y, centre.Z + mm * direction.Z);
    }

    private double At(Vector3D point)
    {
        Vector3D index = _geometry.PointToIndex(point);
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
