namespace Trabecula.Imaging;

/// <summary>A 3 x 3 matrix, row by row. As direction cosines, column <c>j</c> is the direction of voxel axis <c>j</c> in LPS.</summary>
public readonly record struct Matrix3D(
    double M00, double M01, double M02,
    double M10, double M11, double M12,
    double M20, double M21, double M22)
{
    /// <summary>Voxel axes along the LPS axes.</summary>
    public static Matrix3D Identity { get; } = new(1, 0, 0, 0, 1, 0, 0, 0, 1);

    /// <summary>The entry of a row and a column, each 0 to 2.</summary>
    public double this[int row, int column] => (row * 3 + column) switch
    {
        0 => M00,
        1 => M01,
        2 => M02,
        3 => M10,
        4 => M11,
        5 => M12,
        6 => M20,
        7 => M21,
        8 => M22,
        _ => throw new ArgumentOutOfRangeException(nameof(row)),
    };

    /// <summary>Determinant: 1 or -1 for direction cosines, 0 when an axis is lost.</summary>
    public double Determinant =>
        M00 * (M11 * M22 - M12 * M21) - M01 * (M10 * M22 - M12 * M20) + M02 * (M10 * M21 - M11 * M20);

    /// <summary>The product with a column vector, summed from left to right.</summary>
    public Vector3D Multiply(Vector3D v) => new(
        M00 * v.X + M01 * v.Y + M02 * v.Z,
        M10 * v.X + M11 * v.Y + M12 * v.Z,
        M20 * v.X + M21 * v.Y + M22 * v.Z);

    /// <summary>The matrix with its columns multiplied by the components of <paramref name="scale"/>.</summary>
    public Matrix3D ScaleColumns(Vector3D scale) => new(
        M00 * scale.X, M01 * scale.Y, M02 * scale.Z,
        M10 * scale.X, M11 * scale.Y, M12 * scale.Z,
        M20 * scale.X, M21 * scale.Y, M22 * scale.Z);
}
