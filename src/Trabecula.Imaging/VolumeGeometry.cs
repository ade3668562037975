namespace Trabecula.Imaging;

/// <summary>
/// Where a volume's voxels lie in the patient: size, spacing, origin and direction cosines.
/// Physical space is LPS (x to the left, y to posterior, z to superior) in millimetres, as in DICOM and ITK.
/// A point is <c>OriginMm + Direction * (SpacingMm * index)</c>.
/// </summary>
public sealed record VolumeGeometry
{
    /// <summary>Checks and keeps a geometry.</summary>
    /// <exception cref="ArgumentException">
    /// An axis without voxels, a spacing that is not positive and finite, an origin that is not finite, or singular directions.
    /// </exception>
    public VolumeGeometry(VolumeSize size, Vector3D spacingMm, Vector3D originMm, Matrix3D direction)
    {
        if (size.X < 1 || size.Y < 1 || size.Z < 1)
            throw new ArgumentException($"Size {size}: every axis needs at least one voxel.", nameof(size));
        for (int axis = 0; axis < 3; axis++)
        {
            if (!(spacingMm[axis] > 0) || !double.IsFinite(spacingMm[axis]))
                throw new ArgumentException($"Spacing {spacingMm} mm: every axis needs a positive, finite spacing.", nameof(spacingMm));
            if (!double.IsFinite(originMm[axis]))
                throw new ArgumentException($"Origin {originMm} mm: every coordinate must be finite.", nameof(originMm));
        }
        if (!(Math.Abs(direction.Determinant) > 1e-6))
            throw new ArgumentException(
                FormattableString.Invariant($"Direction cosines are singular (determinant {direction.Determinant:R}): an axis is lost."),
                nameof(direction));
        (Size, SpacingMm, OriginMm, Direction) = (size, spacingMm, originMm, direction);
    }

    /// <summary>Voxels along x, y and z.</summary>
    public VolumeSize Size { get; }

    /// <summary>Distance between voxel centres along each voxel axis, in millimetres.</summary>
    public Vector3D SpacingMm { get; }

    /// <summary>Centre of the first voxel in LPS, in millimetres.</summary>
    public Vector3D OriginMm { get; }

    /// <summary>Direction cosines: column <c>j</c> is the direction of voxel axis <c>j</c> in LPS.</summary>
    public Matrix3D Direction { get; }

    /// <summary>The volume of a voxel in cubic millimetres.</summary>
    public double VoxelVolumeMm3 => SpacingMm.X * SpacingMm.Y * SpacingMm.Z * Math.Abs(Direction.Determinant);

    /// <summary>What tells another grid from this one: sizes, or a corner that lies elsewhere by more than 1 % of the smallest spacing; null where they are the same.</summary>
    public string? DifferenceTo(VolumeGeometry other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (Size != other.Size)
            return $"{Size} and {other.Size} voxels";
        double tolerance = 0.01 * Math.Min(SpacingMm.X, Math.Min(SpacingMm.Y, SpacingMm.Z));
        foreach (Vector3D corner in (Vector3D[])[new(0, 0, 0), new(Size.X, 0, 0), new(0, Size.Y, 0), new(0, 0, Size.Z)])
        {
            Vector3D a = IndexToPoint(corner), b = other.IndexToPoint(corner);
            if (!(Math.Abs(a.X - b.X) <= tolerance && Math.Abs(a.Y - b.Y) <= tolerance && Math.Abs(a.Z - b.Z) <= tolerance))
                return $"voxel {corner} lies at {a} mm and at {b} mm";
        }
        return null;
    }

    /// <summary>The LPS point in millimetres of a voxel index, which may be fractional.</summary>
    public Vector3D IndexToPoint(Vector3D index)
    {
        // The origin is added last, as in ITK: the last digit depends on it.
        Vector3D offset = Direction.ScaleColumns(SpacingMm).Multiply(index);
        return new(offset.X + OriginMm.X, offset.Y + OriginMm.Y, offset.Z + OriginMm.Z);
    }

    /// <summary>The voxel index, which may be fractional, of an LPS point in millimetres.</summary>
    public Vector3D PointToIndex(Vector3D point)
    {
        Matrix3D m = Direction.ScaleColumns(SpacingMm);
        double x = point.X - OriginMm.X, y = point.Y - OriginMm.Y, z = point.Z - OriginMm.Z, determinant = m.Determinant;
        return new(
            (x * (m.M11 * m.M22 - m.M12 * m.M21) - m.M01 * (y * m.M22 - m.M12 * z) + m.M02 * (y * m.M21 - m.M11 * z)) / determinant,
            (m.M00 * (y * m.M22 - m.M12 * z) - x * (m.M10 * m.M22 - m.M12 * m.M20) + m.M02 * (m.M10 * z - y * m.M20)) / determinant,
            (m.M00 * (m.M11 * z - y * m.M21) - m.M01 * (m.M10 * z - y * m.M20) + x * (m.M10 * m.M21 - m.M11 * m.M20)) / determinant);
    }
}
