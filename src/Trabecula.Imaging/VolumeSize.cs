namespace Trabecula.Imaging;

/// <summary>Number of voxels along x, y and z. In memory x runs fastest: <c>index = (z * Y + y) * X + x</c>.</summary>
public readonly record struct VolumeSize(int X, int Y, int Z)
{
    /// <summary>Number of voxels in all.</summary>
    public long Count => (long)X * Y * Z;

    /// <summary>Number of voxels along an axis: 0 is x, 1 is y, 2 is z.</summary>
    public int this[int axis] => axis switch { 0 => X, 1 => Y, 2 => Z, _ => throw new ArgumentOutOfRangeException(nameof(axis)) };

    /// <summary>As in <c>(512, 512, 120)</c>, the way SimpleITK prints it.</summary>
    public override string ToString() => FormattableString.Invariant($"({X}, {Y}, {Z})");
}
