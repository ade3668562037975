namespace Trabecula.Imaging;

/// <summary>Three numbers along x, y and z: a point or spacing in millimetres, or a continuous voxel index.</summary>
public readonly record struct Vector3D(double X, double Y, double Z)
{
    /// <summary>The component of an axis: 0 is x, 1 is y, 2 is z.</summary>
    public double this[int axis] => axis switch { 0 => X, 1 => Y, 2 => Z, _ => throw new ArgumentOutOfRangeException(nameof(axis)) };

    /// <summary>As in <c>(0.78, 0.78, 3)</c>, with the shortest digits that read back to the same number; zero has no sign.</summary>
    public override string ToString() => FormattableString.Invariant($"({X + 0.0:R}, {Y + 0.0:R}, {Z + 0.0:R})");
}
