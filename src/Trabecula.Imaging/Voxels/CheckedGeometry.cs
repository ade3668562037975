namespace Trabecula.Imaging.Voxels;

/// <summary>A geometry from numbers that a file gave: what <see cref="VolumeGeometry"/> would refuse is told in the file's terms.</summary>
internal static class CheckedGeometry
{
    /// <summary>Checks the numbers of a header.</summary>
    /// <param name="path">The file.</param>
    /// <param name="sizes">Voxels along x, y and z as the header gives them.</param>
    /// <param name="spacingMm">Spacing along the voxel axes; positive.</param>
    /// <param name="originMm">LPS point of the first voxel.</param>
    /// <param name="direction">Direction cosines in LPS.</param>
    /// <param name="fields">The header's names of sizes, spacing, origin and directions.</param>
    /// <exception cref="ImagingException">A number that no image can have.</exception>
    public static VolumeGeometry Create(
        string path, ReadOnlySpan<long> sizes, Vector3D spacingMm, Vector3D originMm, Matrix3D direction, GeometryFields fields)
    {
        foreach (long size in sizes)
        {
            if (size is < 1 or > int.MaxValue)
                throw new ImagingException(path, FormattableString.Invariant(
                    $"{fields.Sizes} gives an axis {size} voxels, where 1 to {int.MaxValue} are possible."), Cure.CorrectHeader);
        }
        if (sizes[0] * sizes[1] > long.MaxValue / 8 / sizes[2])
            throw new ImagingException(path, FormattableString.Invariant(
                $"{fields.Sizes} asks for {sizes[0]} x {sizes[1]} x {sizes[2]} voxels, more than any computer holds."), Cure.CorrectHeader);
        for (int axis = 0; axis < 3; axis++)
        {
            if (!(spacingMm[axis] > 0) || !double.IsFinite(spacingMm[axis]))
                throw new ImagingException(path, $"{fields.Spacing} gives a spacing of {spacingMm} mm, " +
                    "where every axis needs a positive, finite number.", Cure.CorrectHeader);
            if (!double.IsFinite(originMm[axis]))
                throw new ImagingException(
                    path, $"{fields.Origin} gives the origin {originMm} mm, where finite numbers are needed.", Cure.CorrectHeader);
        }
        if (!(Math.Abs(direction.Determinant) > 1e-6))
            throw new ImagingException(path, FormattableString.Invariant(
                $"{fields.Directions} gives directions that are not independent: determinant {direction.Determinant:R}, 1 or -1 expected."),
                Cure.CorrectHeader);
        return new(new((int)sizes[0], (int)sizes[1], (int)sizes[2]), spacingMm, originMm, direction);
    }
}

/// <summary>What a format calls the parts of a geometry.</summary>
internal readonly record struct GeometryFields(string Sizes, string Spacing, string Origin, string Directions);
