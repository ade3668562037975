using Trabecula.Imaging.Voxels;

namespace Trabecula.Imaging.Nifti;

/// <summary>
/// Where a NIfTI header puts the voxels. NIfTI has two transforms in RAS, a rotation (qform) and a free matrix (sform); the choice
/// between them is that of ITK 5.4's NiftiImageIO, which SimpleITK and PyRadiomics read with:
/// an orthogonal sform that is the scanner's own, or is the only one, or agrees with the qform; otherwise the qform.
/// With neither, the voxel axes are the LPS axes and the origin is 0.
/// The spacing is always <c>pixdim</c>, never the length of a matrix column.
/// </summary>
internal static class NiftiOrientation
{
    private const int ScannerAnatomical = 1;

    /// <summary>Spacing, origin and directions in LPS and millimetres.</summary>
    /// <param name="path">The file.</param>
    /// <param name="header">Its header.</param>
    /// <exception cref="ImagingException">A spacing is not finite, or only an sform with skewed or missing axes is given.</exception>
    public static (Vector3D SpacingMm, Vector3D OriginMm, Matrix3D Direction) Of(string path, NiftiHeader header)
    {
        double millimetres = (header.Units & 7) switch { 1 => 1000, 3 => 0.001, _ => 1 };
        double[] grid = GridOf(path, header);
        (Matrix3D direction, Vector3D origin) = Choose(path, header, grid);
        // ITK turns an axis with a negative spacing around.
        var sign = new Vector3D(Math.Sign(grid[0]), Math.Sign(grid[1]), Math.Sign(grid[2]));
        return (
            new(Math.Abs(grid[0] * millimetres), Math.Abs(grid[1] * millimetres), Math.Abs(grid[2] * millimetres)),
            new(origin.X * millimetres, origin.Y * millimetres, origin.Z * millimetres),
            sign == new Vector3D(1, 1, 1) ? direction : direction.ScaleColumns(sign));
    }

    /// <summary>The spacing of the three axes in the file's units, with their signs.</summary>
    /// <exception cref="ImagingException">One is not finite.</exception>
    internal static double[] GridOf(string path, NiftiHeader header)
    {
        // An axis with spacing 0 counts 1, as in the NIfTI reference library. That library takes NaN and infinity for 1 as well;
        // here they are refused, because a size in millimetres that nobody wrote would go into the features unseen.
        double[] grid = new double[3];
        for (int axis = 0; axis < 3; axis++)
        {
            double spacing = header.PixDim[axis + 1];
            if (!double.IsFinite(spacing) && axis < header.Dim[0])
                throw new ImagingException(path, FormattableString.Invariant(
                    $"pixdim[{axis + 1}] gives a spacing of {spacing} mm, where every axis needs a positive, finite number."), Cure.CorrectHeader);
            grid[axis] = spacing == 0 || !double.IsFinite(spacing) ? 1 : spacing;
        }
        return grid;
    }

    /// <summary>Whether the sform is taken, of a header that has one form or both.</summary>
    internal static bool TakesSForm(NiftiHeader header, double[] grid)
    {
        if (header.SFormCode <= 0)
            return false;
        bool hasQForm = header.QFormCode > 0;
        double[] s = header.SForm, q = QFormOf(header, grid);
        return Agree(s, q, 1e-5, 1e-7) || (IsOrthogonal(s) && (!hasQForm || header.SFormCode == ScannerAnatomical
            || (Agree(WithoutScale(s), WithoutScale(q), 1e-4, 1e-4) && Agree(s, q, 1e-4, 1e-4))));
    }

    private static (Matrix3D Direction, Vector3D Origin) Choose(string path, NiftiHeader header, double[] grid)
    {
        bool hasQForm = header.QFormCode > 0, hasSForm = header.SFormCode > 0;
        if (!hasQForm && !hasSForm)
            return (Matrix3D.Identity, default);
        bool takesSForm = TakesSForm(header, grid);
        if (!takesSForm && !hasQForm)
            throw new ImagingException(path, "the sform (srow_x, srow_y, srow_z) is the only orientation, and its axes are skewed " +
                "or missing; a rotation with one spacing for each axis was expected.",
                "Export the image again with a qform, or resample it to orthogonal axes.");
        return ToLps(takesSForm ? header.SForm : QFormOf(header, grid));
    }

    private static double[] QFormOf(NiftiHeader header, double[] grid) =>
        header.QFormCode > 0 ? FromQuaternion(header, grid) : [grid[0], 0, 0, 0, 0, grid[1], 0, 0, 0, 0, grid[2], 0];

    /// <summary>The rotation of the quaternion, its columns scaled by the spacing. Source: nifti1.h, method 2.</summary>
    internal static double[] FromQuaternion(NiftiHeader header, double[] grid)
    {
        double b = Finite(header.QForm[0]), c = Finite(header.QForm[1]), d = Finite(header.QForm[2]);
        double a = 1 - (b * b + c * c + d * d);
        if (a < 1e-7)
        {
            double norm = 1 / Math.Sqrt(b * b + c * c + d * d);
            (a, b, c, d) = (0, b * norm, c * norm, d * norm);
        }
        else
        {
            a = Math.Sqrt(a);
        }
        double x = grid[0] > 0 ? grid[0] : 1, y = grid[1] > 0 ? grid[1] : 1, z = grid[2] > 0 ? grid[2] : 1;
        if (header.PixDim[0] < 0)
            z = -z;
        double[] matrix =
        [
            (a * a + b * b - c * c - d * d) * x, 2 * (b * c - a * d) * y, 2 * (b * d + a * c) * z, Finite(header.QForm[3]),
            2 * (b * c + a * d) * x, (a * a + c * c - b * b - d * d) * y, 2 * (c * d - a * b) * z, Finite(header.QForm[4]),
            2 * (b * d - a * c) * x, 2 * (c * d + a * b) * y, (a * a + d * d - c * c - b * b) * z, Finite(header.QForm[5]),
        ];
        // The reference library keeps the matrix of NIfTI-1 in 32 bits.
        if (header.Version == 1)
        {
            for (int i = 0; i < matrix.Length; i++)
                matrix[i] = (float)matrix[i];
        }
        return matrix;
    }

    private static bool Agree(double[] s, double[] q, double rotationTolerance, double offsetTolerance)
    {
        double offset = 0;
        for (int row = 0; row < 3; row++)
        {
            for (int column = 0; column < 3; column++)
            {
                if (!(Math.Abs(s[4 * row + column] - q[4 * row + column]) <= rotationTolerance))
                    return false;
            }
            offset += Math.Abs(s[4 * row + 3] - q[4 * row + 3]);
        }
        return offset <= offsetTolerance;
    }

    /// <summary>Whether the axes of a matrix of three rows of four stand at right angles.</summary>
    internal static bool IsOrthogonal(double[] matrix)
    {
        double[] m = WithoutScale(matrix);
        for (int row = 0; row < 3; row++)
        {
            for (int other = 0; other < 3; other++)
            {
                double product = m[4 * row] * m[4 * other] + m[4 * row + 1] * m[4 * other + 1] + m[4 * row + 2] * m[4 * other + 2];
                if (!(Math.Abs(product - (row == other ? 1 : 0)) <= 1e-4))
                    return false;
            }
        }
        return true;
    }

    private static double[] WithoutScale(double[] matrix)
    {
        double[] m = [.. matrix];
        for (int column = 0; column < 3; column++)
        {
            double length = Math.Sqrt(m[column] * m[column] + m[4 + column] * m[4 + column] + m[8 + column] * m[8 + column]);
            for (int row = 0; row < 3; row++)
                m[4 * row + column] /= length;
        }
        return m;
    }

    /// <summary>RAS to LPS: x and y change their sign.</summary>
    private static (Matrix3D Direction, Vector3D Origin) ToLps(double[] matrix)
    {
        double[] m = WithoutScale(matrix);
        return (new(-m[0], -m[1], -m[2], -m[4], -m[5], -m[6], m[8], m[9], m[10]), new(-m[3], -m[7], m[11]));
    }

    private static double Finite(double value) => double.IsFinite(value) ? value : 0;
}
